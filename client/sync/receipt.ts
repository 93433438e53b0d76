/**
 * What counts as an acknowledgement: a text signed by the district's key that names our device, our event and its hash. Anything
 * less, from whomever it came, leaves the event unsent. (S4)
 */
import type { Receipt } from '../../shared/api.ts'
import { ReceiptBody } from '../../shared/api.ts'
import type { DeviceId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import { eventHash } from '../../shared/sync/chain.ts'
import type { LogDb } from '../log/db.ts'
import { writeFact } from '../log/db.ts'
import type { EventRow, Outcome } from '../log/rows.ts'
import { isSignedBy } from './signature.ts'

export type Proof =
  | { readonly kind: 'proven'; readonly epoch: string; readonly at: Instant; readonly outcomes: readonly Outcome[] }
  | { readonly kind: 'unproven'; readonly why: 'signature' | 'shape' | 'device' }

const bytes = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))

async function isSigned(receipt: Receipt, keys: readonly string[]): Promise<boolean> {
  const text = new TextEncoder().encode(receipt.body)
  for (const raw of keys) {
    try {
      if (await isSignedBy(bytes(raw), bytes(receipt.signature), text)) return true
    } catch {
      // Not base64: not a signature of the district either.
    }
  }
  return false
}

/** Reads a receipt for the rows offered. Results that do not name one of them by place, id and hash are not ours and left out. */
export async function proofOf(receipt: Receipt, keys: readonly string[], device: DeviceId, offered: readonly EventRow[]): Promise<Proof> {
  if (!(await isSigned(receipt, keys))) return { kind: 'unproven', why: 'signature' }
  const body = readBody(receipt.body)
  if (!body) return { kind: 'unproven', why: 'shape' }
  if (body.device !== device) return { kind: 'unproven', why: 'device' }
  const outcomes = body.results.flatMap((result): Outcome[] => {
    const row = offered[result.index]
    if (!row || result.id !== row.id || result.hash !== eventHash(row.event)) return []
    return [{ id: row.id, outcome: result.outcome, seq: result.seq, reason: result.reason }]
  })
  return { kind: 'proven', epoch: body.epoch, at: body.at, outcomes }
}

function readBody(text: string): ReceiptBody | undefined {
  try {
    const body = ReceiptBody.safeParse(JSON.parse(text))
    return body.success ? body.data : undefined
  } catch {
    return undefined
  }
}

/** Keeps the receipt and what it proves in one transaction: confirmed, or set aside with the district's reason. */
export async function keepReceipt(db: LogDb, receipt: Receipt, proof: Proof & { kind: 'proven' }, now: Instant): Promise<void> {
  await db.transaction('rw', db.events, db.receipts, db.meta, async () => {
    const row = await db.receipts.add({ at: now, ...receipt })
    await noteEpoch(db, proof.epoch)
    for (const outcome of proof.outcomes) {
      await db.events
        .where('id')
        .equals(outcome.id)
        .modify((event) => settle(event, outcome, row))
    }
    if (proof.outcomes.some((outcome) => outcome.outcome !== 'quarantined')) await writeFact(db, 'lastConfirmedAt', now)
  })
}

/**
 * A receipt proves something of one history of the district. When it is not the one this device knows, a backup was put back in between,
 * and one of the two has forgotten something: the next page, of whichever epoch, then has everything offered again. (S8)
 */
async function noteEpoch(db: LogDb, epoch: string): Promise<void> {
  const known = await db.meta.get('epoch')
  if (!known) await db.meta.put({ name: 'epoch', value: epoch })
  else if (known.value !== epoch) await db.meta.put({ name: 'epoch', value: '' })
}

function settle(event: { -readonly [K in keyof EventRow]: EventRow[K] }, outcome: Outcome, receipt: number): void {
  delete event.outbox
  event.receipt = receipt
  if (outcome.seq !== null) event.seq = outcome.seq
  if (outcome.outcome === 'quarantined') event.attention = outcome.reason ?? 'malformed'
  else delete event.attention
}
