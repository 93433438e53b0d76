/** The way back: receipts that another device brought for what it carried. They prove as much as if the server had given them here. (S4, S14) */
import type { Receipt } from '../../../shared/api/sync.ts'
import { openFile, ReturnContent, returnFile } from '../../../shared/relay/parcel.ts'
import type { EventId } from '../../../shared/ids.ts'
import type { Instant } from '../../../shared/time.ts'
import type { LogDb } from '../../log/db.ts'
import { readFact } from '../../log/db.ts'
import { keepReceipt, provenOfOwn } from '../receipt.ts'
import { compressed, uncompressed } from './seal.ts'

/** A file of receipts, for the device that recorded what they are for. */
export const receiptsFile = async (receipts: readonly Receipt[]): Promise<Uint8Array<ArrayBuffer>> =>
  returnFile(await compressed(JSON.stringify({ receipts })))

export type Returned =
  | { readonly kind: 'settled'; readonly ids: readonly EventId[] }
  /** Receipts of the district, and none is for something that waits here. */
  | { readonly kind: 'nothingOfOurs' }
  /** Not signed by the district this device knows, or changed on the way. */
  | { readonly kind: 'unproven' }
  | { readonly kind: 'notReceipts' }

/** Keeps the receipts of a file that are for this device's own events. */
export async function keepReturned(db: LogDb, bytes: Uint8Array, now: Instant): Promise<Returned> {
  const file = openFile(bytes, new Uint8Array(0))
  if (file.kind !== 'receipts') return { kind: 'notReceipts' }
  const content = ReturnContent.safeParse(parsed(await uncompressed(file.content)))
  const [device, keys] = await Promise.all([readFact(db, 'device'), readFact(db, 'receiptKeys')])
  if (!content.success || !device) return { kind: 'unproven' }
  const settled: EventId[] = []
  let isOurs = true
  for (const receipt of content.data.receipts) {
    const proof = await provenOfOwn(db, receipt, keys ?? [], device)
    if (proof.kind === 'unproven') {
      if (proof.why !== 'device') return { kind: 'unproven' }
      isOurs = false
      continue
    }
    if (proof.outcomes.length === 0) continue
    await keepReceipt(db, receipt, proof, now)
    settled.push(...proof.outcomes.map((outcome) => outcome.id))
  }
  if (settled.length > 0 || (isOurs && content.data.receipts.length > 0)) return { kind: 'settled', ids: settled }
  return { kind: 'nothingOfOurs' }
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}
