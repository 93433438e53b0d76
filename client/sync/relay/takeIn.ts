/** Carrying for others: a parcel is kept here, sealed, until the server has taken it; then its receipts are, for the way back. (S14) */
import { type RelayRefusal, RELAY_REFUSALS, RelayReply } from '../../../shared/api/relay.ts'
import { openBundle } from '../../../shared/relay/bundle.ts'
import { openFile } from '../../../shared/relay/parcel.ts'
import { nameOfParcel } from '../../../shared/relay/pieces.ts'
import type { Instant } from '../../../shared/time.ts'
import type { LogDb } from '../../log/db.ts'
import { readFact } from '../../log/db.ts'
import type { ParcelRow } from '../../log/rows.ts'
import { fromBase64, toBase64 } from '../base64.ts'
import type { api } from '../http.ts'
import { isSigned } from '../receipt.ts'
import { isDueAgain } from './offerAgain.ts'

export type TakenIn =
  | { readonly kind: 'kept'; readonly id: string }
  | { readonly kind: 'refused'; readonly why: RelayRefusal | 'receipts' | 'noKeys' }

/**
 * Keeps a parcel. What is not one, or is sealed for another district, is refused before anything is sent. A device that has just been signed
 * in may not have the district's keys yet: then `meetServer` is asked to bring them.
 */
export async function takeIn(db: LogDb, bytes: Uint8Array, now: Instant, meetServer?: () => Promise<void>): Promise<TakenIn> {
  const keys = (await readFact(db, 'relay')) ?? (await meetServer?.().then(() => readFact(db, 'relay')))
  if (!keys) return { kind: 'refused', why: 'noKeys' }
  // A locked tablet hands over a bundle: each of its parcels is sealed for the same district.
  const [first = bytes] = openBundle(bytes) ?? []
  const file = openFile(first, fromBase64(keys.serverKey))
  if (file.kind !== 'parcel') return { kind: 'refused', why: file.kind }
  const id = nameOfParcel(bytes)
  // In one transaction: read twice by a camera, it may be taken between the question and the answer.
  await db.transaction('rw', db.parcels, async () => {
    const known = await db.parcels.get(id)
    if (known?.state !== 'taken') await db.parcels.put({ id, at: now, state: 'waiting', bytes: toBase64(bytes) })
  })
  return { kind: 'kept', id }
}

const isRelayRefusal = (code: string): code is RelayRefusal => RELAY_REFUSALS.some((each) => each === code)

/** Refusals of one parcel; after any other the rest would fare no better: there is no network, no standing, or the server asks to wait. */
const OF_ONE_PARCEL: ReadonlySet<number> = new Set([400, 413, 422, 500])

/**
 * Brings the parcels that wait to the server; gives how many got an answer. One that cannot be brought now waits on, and the next round tries
 * again. Only receipts that the district signed take a parcel's bytes from here. (S4)
 */
export async function sendParcels(db: LogDb, send: typeof api, now: Instant): Promise<number> {
  let settled = 0
  for (const { id, at, bytes } of await parcelsToBring(db, now)) {
    const reply = await send(RelayReply, 'POST', '/api/sync/relay', { parcel: bytes })
    if (reply.kind === 'ok') {
      if (!(await isProven(db, reply.value))) continue
      await db.parcels.put({ id, at, state: 'taken', reply: reply.value })
    } else if (reply.kind === 'refused' && isRelayRefusal(reply.code)) {
      await db.parcels.put({ id, at, state: 'refused', why: reply.code, bytes, triedAt: now })
    } else if (reply.kind === 'refused' && OF_ONE_PARCEL.has(reply.status)) continue
    else return settled
    settled++
  }
  return settled
}

/** How many parcels of other devices are here that no receipt has answered. */
export const parcelsHeld = async (db: LogDb): Promise<number> => (await unanswered(db)).length

async function parcelsToBring(db: LogDb, now: Instant): Promise<readonly Unanswered[]> {
  return (await unanswered(db)).filter((row) => row.state === 'waiting' || isDueAgain(row.triedAt, now))
}

type Unanswered = ParcelRow & { readonly state: 'waiting' | 'refused'; readonly bytes: string }

async function unanswered(db: LogDb): Promise<readonly Unanswered[]> {
  const rows = await db.parcels.where('state').anyOf('waiting', 'refused').toArray()
  return rows.filter((row): row is Unanswered => row.state !== 'taken' && row.bytes !== undefined)
}

async function isProven(db: LogDb, { receipts }: RelayReply): Promise<boolean> {
  const keys = (await readFact(db, 'receiptKeys')) ?? []
  const proven = await Promise.all(receipts.map((receipt) => isSigned(receipt, keys)))
  return proven.length > 0 && !proven.includes(false)
}
