/** What waits in lockers, handed to another device to carry, and the receipts that it brings back. Nothing is opened by it. (S9, S14) */
import { bundleFile, MOST_BUNDLE_BYTES, MOST_BUNDLED } from '../../shared/relay/bundle.ts'
import { openFile, ReturnContent } from '../../shared/relay/parcel.ts'
import type { Receipt } from '../../shared/api/sync.ts'
import { uncompressed } from '../sync/relay/seal.ts'
import { settle } from './sendSealed.ts'
import type { Stores } from './stores.ts'
import { withStore } from './stores.ts'

export type Bundled =
  | { readonly kind: 'parcel'; readonly bytes: Uint8Array<ArrayBuffer>; readonly events: number }
  | { readonly kind: 'nothing' }
export type BroughtBack = { readonly kind: 'settled'; readonly count: number } | { readonly kind: 'nothingOfOurs' | 'notReceipts' }

/** The oldest of what waits, locker by locker, as far as one bundle goes. Nothing changes here. */
export async function bundleOfWaiting(stores: Stores): Promise<Bundled> {
  const parcels: Uint8Array[] = []
  let bytes = 0
  for (const { id } of await stores.lockers.all()) {
    const rows = await withStore(stores, id, (db) => db.events.orderBy('outbox').limit(MOST_BUNDLED).toArray())
    for (const { parcel } of rows) {
      if (!parcel || parcels.length === MOST_BUNDLED || bytes + parcel.length > MOST_BUNDLE_BYTES) continue
      parcels.push(parcel)
      bytes += parcel.length + 4
    }
  }
  return parcels.length === 0 ? { kind: 'nothing' } : { kind: 'parcel', bytes: bundleFile(parcels), events: parcels.length }
}

/** Keeps the receipts of a file that are for what waits in any locker. */
export async function keepBroughtBack(stores: Stores, bytes: Uint8Array): Promise<BroughtBack> {
  const receipts = await receiptsIn(bytes)
  if (!receipts) return { kind: 'notReceipts' }
  let count = 0
  for (const { id } of await stores.lockers.all())
    count += await withStore(stores, id, async (db) => settle(db, await db.events.orderBy('outbox').toArray(), { receipts }, stores.now()))
  return count === 0 ? { kind: 'nothingOfOurs' } : { kind: 'settled', count }
}

async function receiptsIn(bytes: Uint8Array): Promise<readonly Receipt[] | undefined> {
  const file = openFile(bytes, new Uint8Array(0))
  if (file.kind !== 'receipts') return undefined
  try {
    return ReturnContent.safeParse(JSON.parse((await uncompressed(file.content)) ?? '')).data?.receipts
  } catch {
    return undefined
  }
}
