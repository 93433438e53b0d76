/**
 * Sends what lies in lockers that nobody has open: the events as they were sealed for the district when they were recorded. Whoever holds the
 * tablet can do this, and so can its worker; nobody reads anything by it. An event leaves its outbox by a receipt and by nothing else. (S4, S9)
 */
import type { Receipt, ReceiptBody } from '../../shared/api/sync.ts'
import { SealedReply } from '../../shared/api/lockers.ts'
import { as, type DeviceId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import { DAY, instant } from '../../shared/time.ts'
import type { LogDb } from '../log/db.ts'
import { readFact, writeFact } from '../log/db.ts'
import type { EventRow, VerifiedBackup } from '../log/rows.ts'
import { toBase64 } from '../sync/base64.ts'
import { estimate } from '../sync/clock.ts'
import { isInBackup } from '../sync/forget.ts'
import type { api } from '../sync/http.ts'
import { reofferAfterRestore } from '../sync/pull.ts'
import { keepReceipt, provenOfOwn } from '../sync/receipt.ts'
import { shredAll } from './shred.ts'
import type { Stores } from './stores.ts'
import { withStore } from './stores.ts'

const AT_ONCE = 100
const KEPT_DAYS = 30

export type SentSealed =
  | { readonly kind: 'done'; readonly revoked: boolean }
  /** No network, or an answer that proves nothing: it waits. */
  | { readonly kind: 'later' }

/**
 * Sends what waits in every locker but the open one, `open`, which alone knows what the district has in its backups, and what time it is there:
 * without one only an empty locker goes, and the district is asked of which history it is, since nobody comes who would tell. (S8)
 */
export async function sendSealed(stores: Stores, send: typeof api, open?: LogDb): Promise<SentSealed> {
  const closed = (await stores.lockers.all()).filter(({ id }) => id !== open?.name)
  if (closed.length === 0) return { kind: 'done', revoked: false }
  const heard = open ? await heardBy(open) : await ask(send)
  if (!heard) return { kind: 'later' }
  const now = open && (await districtTime(open, stores.now()))
  let { revoked } = heard
  for (const locker of closed) {
    await withStore(stores, locker.id, (db) => learn(db, heard))
    const sent = await withStore(stores, locker.id, (db) => empty(db, send, stores.now()))
    if (sent.kind === 'later') return sent
    revoked ||= sent.revoked
    if (locker.wrap === null && (await withStore(stores, locker.id, (db) => isSpent(db, now)))) {
      await withStore(stores, locker.id, (db) => db.delete())
      await stores.lockers.remove(locker.id)
    }
  }
  if (revoked) await shredAll(stores)
  return { kind: 'done', revoked }
}

/** How many entries wait in lockers. */
export async function waitingInLockers(stores: Stores): Promise<number> {
  let waiting = 0
  for (const { id } of await stores.lockers.all()) waiting += await withStore(stores, id, (db) => db.events.orderBy('outbox').count())
  return waiting
}

/** What there is to know of the district besides receipts. */
interface Heard {
  readonly epoch: string | undefined
  readonly verified?: VerifiedBackup | undefined
  readonly revoked: boolean
}

/** What the open store has heard of backups and of the district's history. */
async function heardBy(open: LogDb): Promise<Heard> {
  const [verified, epoch] = await Promise.all([readFact(open, 'verified'), open.meta.get('epoch')])
  return { epoch: typeof epoch?.value === 'string' ? epoch.value : undefined, verified, revoked: false }
}

/** The same from the district itself, as far as it tells a tablet that nobody has open; undefined when nothing is heard. */
async function ask(send: typeof api): Promise<Heard | undefined> {
  const reply = await send(SealedReply, 'POST', '/api/sync/sealed', { parcels: [] })
  return reply.kind === 'ok' ? { epoch: reply.value.epoch, revoked: reply.value.revoked } : undefined
}

/** Tells a locker; after a restore everything in it is offered again. (S8) */
async function learn(db: LogDb, { epoch, verified }: Heard): Promise<void> {
  await db.transaction('rw', db.events, db.meta, async () => {
    if (verified) await writeFact(db, 'verified', verified)
    // Empty while the open store is itself in doubt.
    if (epoch) await reofferAfterRestore(db, { epoch })
  })
}

async function empty(db: LogDb, send: typeof api, now: Instant): Promise<SentSealed> {
  let revoked = false
  for (;;) {
    const rows = await db.events
      .orderBy('outbox')
      .filter((row) => row.parcel !== undefined)
      .limit(AT_ONCE)
      .toArray()
    if (rows.length === 0) return { kind: 'done', revoked }
    const parcels = rows.flatMap(({ parcel }) => (parcel ? [toBase64(parcel)] : []))
    const reply = await send(SealedReply, 'POST', '/api/sync/sealed', { parcels })
    if (reply.kind !== 'ok') return { kind: 'later' }
    revoked ||= reply.value.revoked
    const settled = (await settle(db, rows, reply.value, now)) + (await setAside(db, rows, reply.value.refused))
    // Whatever answered, it proved nothing.
    if (settled === 0) return { kind: 'later' }
  }
}

/** Keeps those receipts that are for some rows of a locker; gives how many entries they settle. */
export async function settle(
  db: LogDb,
  rows: readonly EventRow[],
  { receipts }: { readonly receipts: readonly Receipt[] },
  now: Instant,
): Promise<number> {
  const keys = (await readFact(db, 'receiptKeys')) ?? []
  // A device that met a copy of itself records under another name; its receipts name the device.
  const devices = new Set(rows.map(({ device }) => as<DeviceId>(device.split('.')[0] ?? device)))
  let settled = 0
  for (const receipt of receipts)
    for (const device of devices) {
      const proof = await provenOfOwn(db, receipt, keys, device)
      if (proof.kind !== 'proven' || proof.outcomes.length === 0) continue
      await keepReceipt(db, receipt, proof, now)
      settled += proof.outcomes.length
    }
  return settled
}

/** A parcel that the district cannot open was changed here, on the disk. It is not offered again, and is not thrown away. */
async function setAside(db: LogDb, rows: readonly EventRow[], refused: readonly number[]): Promise<number> {
  const ids = refused.flatMap((place) => rows[place]?.id ?? [])
  return db.events
    .where('id')
    .anyOf(ids)
    .modify((row: { -readonly [K in keyof EventRow]: EventRow[K] }) => {
      delete row.outbox
      row.attention = 'malformed'
    })
}

async function districtTime(db: LogDb, now: Instant): Promise<Instant> {
  const { offset } = estimate((await readFact(db, 'clock')) ?? [], now)
  return instant(now + (offset ?? 0))
}

/** Whether a locker that nobody can open holds nothing any more that only it has, `now` by the district's clock, as its receipts are; undefined when that is not known. (S8) */
async function isSpent(db: LogDb, now: Instant | undefined): Promise<boolean> {
  const [verified, epoch] = await Promise.all([readFact(db, 'verified'), db.meta.get('epoch')])
  const signedAt = new Map((await db.receipts.toArray()).map(({ row, body }) => [row, (JSON.parse(body) as ReceiptBody).at]))
  const needed = await db.events
    .filter((row) => {
      if (now === undefined || row.outbox !== undefined || row.attention !== undefined || !isInBackup(row, verified, epoch?.value))
        return true
      return now - (signedAt.get(row.receipt) ?? now) < KEPT_DAYS * DAY
    })
    .count()
  return needed === 0
}
