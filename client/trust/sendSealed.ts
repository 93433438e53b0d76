/**
 * Sends what lies in lockers that nobody has open: the events as they were sealed for the district when they were recorded, and parcels of other
 * devices. Whoever holds the tablet can do this, and so can its worker; nobody reads anything by it. An event leaves its outbox by a receipt and
 * by nothing else: what the district cannot open stays, and is pushed as usual when its person opens the locker. (S4, S9, S14)
 */
import type { Receipt } from '../../shared/api/sync.ts'
import { SealedReply } from '../../shared/api/lockers.ts'
import { as, type DeviceId } from '../../shared/ids.ts'
import { baseOf } from '../../shared/sync/deviceNames.ts'
import type { Instant } from '../../shared/time.ts'
import type { LogDb } from '../log/db.ts'
import { readFact, writeFact } from '../log/db.ts'
import type { EventRow, VerifiedBackup } from '../log/rows.ts'
import { toBase64 } from '../sync/base64.ts'
import type { api } from '../sync/http.ts'
import type { Pace } from '../sync/pace.ts'
import { freshPace } from '../sync/pace.ts'
import { reofferAfterRestore } from '../sync/pull.ts'
import { keepReceipt, provenOfOwn } from '../sync/receipt.ts'
import { isDueAgain } from '../sync/relay/offerAgain.ts'
import { parcelsHeld, sendParcels } from '../sync/relay/takeIn.ts'
import type { Way } from '../sync/way.ts'
import { isBlock, openWay } from '../sync/way.ts'
import { waitAgain } from './setAsideBefore.ts'
import { shredAll } from './shred.ts'
import { districtTime, isSpent } from './spent.ts'
import type { Stores } from './stores.ts'
import { withStore } from './stores.ts'

const AT_ONCE = 100
/** So that a request with them stays below a mebibyte. */
const MOST_BYTES = 600_000

export type SentSealed =
  | { readonly kind: 'done'; readonly revoked: boolean }
  /** No network, or an answer that proves nothing: something waits. */
  | { readonly kind: 'later' }

/**
 * Sends what waits in every locker but the open one, `open`, which alone knows what the district has in its backups, and what time it is there:
 * without one only an empty locker goes, and the district is asked of which history it is, since nobody comes who would tell. (S8)
 * @param pace how much goes at once, kept from run to run: what stands between may let only some of it through (S13)
 */
export async function sendSealed(stores: Stores, send: typeof api, open?: LogDb, pace = freshPace()): Promise<SentSealed> {
  const closed = (await stores.lockers.all()).filter(({ id }) => id !== open?.name)
  if (closed.length === 0) return { kind: 'done', revoked: false }
  for (const { id } of closed) await withStore(stores, id, waitAgain)
  const heard = open ? await heardBy(open) : await ask(send)
  if (!heard) return { kind: 'later' }
  const now = open && (await districtTime(open, stores.now()))
  let { revoked } = heard
  let isLeft = false
  const way = openWay(pace)
  for (const locker of closed) {
    await withStore(stores, locker.id, (db) => learn(db, heard))
    const sent = await withStore(stores, locker.id, (db) => empty(db, { send, now: stores.now, pace, way }))
    if (sent.kind === 'unheard') return { kind: 'later' }
    revoked ||= sent.revoked
    await withStore(stores, locker.id, (db) => sendParcels(db, send, stores.now()))
    const carried = await withStore(stores, locker.id, (db) => db.parcels.where('state').equals('waiting').count())
    isLeft ||= sent.kind === 'unproven' || carried > 0
    if (locker.wrap === null && (await withStore(stores, locker.id, (db) => isSpent(db, now)))) {
      await withStore(stores, locker.id, (db) => db.delete())
      await stores.lockers.remove(locker.id)
    }
  }
  if (revoked) await shredAll(stores)
  return (isLeft || way.stubborn.size > 0) && !revoked ? { kind: 'later' } : { kind: 'done', revoked }
}

/** How many entries wait in lockers; how many of them the district said it cannot open; and how many parcels of other devices wait there. */
export interface Waiting {
  readonly waiting: number
  readonly unopened: number
  readonly carried: number
}

/** What waits in the lockers of this device. */
export async function lookIntoLockers(stores: Stores): Promise<Waiting> {
  let [waiting, unopened, carried] = [0, 0, 0]
  for (const { id } of await stores.lockers.all())
    await withStore(stores, id, async (db) => {
      waiting += await db.events.orderBy('outbox').count()
      unopened += await db.events
        .orderBy('outbox')
        .filter((row) => row.unopenedAt !== undefined)
        .count()
      carried += await parcelsHeld(db)
    })
  return { waiting, unopened, carried }
}

/** How many entries wait in lockers. */
export const waitingInLockers = async (stores: Stores): Promise<number> => (await lookIntoLockers(stores)).waiting

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

type Emptied = { readonly kind: 'done' | 'unproven'; readonly revoked: boolean } | { readonly kind: 'unheard' }

interface Sending {
  readonly send: typeof api
  readonly now: () => Instant
  readonly pace: Pace
  readonly way: Way
}

async function empty(db: LogDb, { send, now, pace, way }: Sending): Promise<Emptied> {
  let revoked = false
  for (;;) {
    const begun = now()
    const due = await db.events
      .orderBy('outbox')
      .filter((row) => row.parcel !== undefined && isDueAgain(row.unopenedAt, begun) && !way.stubborn.has(row.id))
      .limit(Math.min(AT_ONCE, pace.most))
      .toArray()
    if (due.length === 0) return { kind: 'done', revoked }
    const rows = fitting(due)
    const parcels = rows.flatMap(({ parcel }) => (parcel ? [toBase64(parcel)] : []))
    const reply = await send(SealedReply, 'POST', '/api/sync/sealed', { parcels })
    if (reply.kind !== 'ok') {
      if (reply.kind === 'offline') way.unanswered(rows.length, now() - begun)
      if (!isBlock(reply) || !way.blocked(rows.map(({ id }) => id))) return { kind: 'unheard' }
      continue
    }
    way.answered(rows.length, now() - begun)
    revoked ||= reply.value.revoked
    const settled = (await settle(db, rows, reply.value, begun)) + (await noteUnopened(db, rows, reply.value.refused, begun))
    // Whatever answered, it proved nothing.
    if (settled === 0) return { kind: 'unproven', revoked }
  }
}

/** As many as fit into one request; at least one. */
function fitting(rows: readonly EventRow[]): readonly EventRow[] {
  let bytes = 0
  return rows.filter(({ parcel }, i) => (bytes += parcel?.length ?? 0) <= MOST_BYTES || i === 0)
}

/** Keeps those receipts that are for some rows of a locker; gives how many entries they settle. */
export async function settle(
  db: LogDb,
  rows: readonly EventRow[],
  { receipts }: { readonly receipts: readonly Receipt[] },
  now: Instant,
): Promise<number> {
  const keys = (await readFact(db, 'receiptKeys')) ?? []
  // A device that met a copy of itself records under another name; its receipts name the device, and what the browser was before sends in its name.
  const relay = await readFact(db, 'relay')
  const devices = new Set([...rows.map(({ device }) => as<DeviceId>(baseOf(device))), ...(relay ? [relay.device] : [])])
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

/**
 * Notes what the district says it cannot open: a parcel was changed here, on the disk, or the server was put back without its keys. Nobody signed
 * for that, so it stays in its outbox, and is offered again rarely. (S4, S9)
 */
function noteUnopened(db: LogDb, rows: readonly EventRow[], refused: readonly number[], now: Instant): Promise<number> {
  const ids = refused.flatMap((place) => rows[place]?.id ?? [])
  return db.events
    .where('id')
    .anyOf(ids)
    .filter((row) => row.outbox !== undefined)
    .modify((row: { -readonly [K in keyof EventRow]: EventRow[K] }) => {
      row.unopenedAt = now
    })
}
