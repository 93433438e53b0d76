/**
 * What counts as an acknowledgement: a text signed by the district's key that names our device, our event and its hash. Anything
 * less, from whomever it came, leaves the event unsent. (S4)
 */
import type { Receipt } from '../../shared/api/sync.ts'
import { ReceiptBody } from '../../shared/api/sync.ts'
import type { Checkpoint } from '../../shared/evidence/checkpoint.ts'
import type { DeviceId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import { eventHash } from '../../shared/sync/chain.ts'
import type { LogDb } from '../log/db.ts'
import { writeFact } from '../log/db.ts'
import type { EventRow, Outcome } from '../log/rows.ts'
import { fromBase64 } from './base64.ts'
import { isSignedBy } from './signature.ts'

export type Proof =
  | { readonly kind: 'proven'; readonly epoch: string; readonly at: Instant; readonly outcomes: readonly Outcome[] }
  | { readonly kind: 'unproven'; readonly why: 'signature' | 'shape' | 'device' }

/** Whether one of the district's keys signed a text. */
export async function isSigned(receipt: Receipt, keys: readonly string[]): Promise<boolean> {
  const text = new TextEncoder().encode(receipt.body)
  for (const raw of keys) {
    try {
      if (await isSignedBy(fromBase64(raw), fromBase64(receipt.signature), text)) return true
    } catch {
      // Not base64: not a signature of the district either.
    }
  }
  return false
}

/** Reads a receipt for the rows offered. Results that do not name one of them by place, id and hash are not ours and left out. */
export async function proofOf(receipt: Receipt, keys: readonly string[], device: DeviceId, offered: readonly EventRow[]): Promise<Proof> {
  const read = await readProven(receipt, keys, device)
  return 'kind' in read ? read : provenBy(read, ({ index }) => offered[index])
}

/** Reads a receipt for whatever of this device waits: what another device had carried was not offered in an order known here. */
export async function provenOfOwn(db: LogDb, receipt: Receipt, keys: readonly string[], device: DeviceId): Promise<Proof> {
  const read = await readProven(receipt, keys, device)
  if ('kind' in read) return read
  const ids = read.results.flatMap(({ id }) => (id === null ? [] : [id]))
  const waiting = await db.events
    .where('id')
    .anyOf(ids)
    .filter((row) => row.outbox !== undefined)
    .toArray()
  const byId = new Map(waiting.map((row) => [row.id, row]))
  return provenBy(read, ({ id }) => (id === null ? undefined : byId.get(id)))
}

async function readProven(
  receipt: Receipt,
  keys: readonly string[],
  device: DeviceId,
): Promise<ReceiptBody | (Proof & { kind: 'unproven' })> {
  if (!(await isSigned(receipt, keys))) return { kind: 'unproven', why: 'signature' }
  const body = readBody(receipt.body)
  if (!body) return { kind: 'unproven', why: 'shape' }
  return body.device === device ? body : { kind: 'unproven', why: 'device' }
}

function provenBy({ epoch, at, results }: ReceiptBody, rowOf: (result: ReceiptBody['results'][number]) => EventRow | undefined): Proof {
  const outcomes = results.flatMap((result): Outcome[] => {
    const row = rowOf(result)
    if (!row || result.id !== row.id || result.hash !== (row.hash ?? eventHash(row.event))) return []
    const leftOut = result.leftOut && { leftOut: result.leftOut }
    return [{ id: row.id, outcome: result.outcome, seq: result.seq, reason: result.reason, ...leftOut }]
  })
  return { kind: 'proven', epoch, at, outcomes }
}

function readBody(text: string): ReceiptBody | undefined {
  try {
    const body = ReceiptBody.safeParse(JSON.parse(text))
    return body.success ? body.data : undefined
  } catch {
    return undefined
  }
}

/**
 * Keeps the receipt and what it proves in one transaction: confirmed, or set aside with the district's reason. A checkpoint of the
 * district's log that came with it is kept beside it.
 */
export async function keepReceipt(
  db: LogDb,
  receipt: Receipt,
  proof: Proof & { kind: 'proven' },
  now: Instant,
  checkpoint?: Checkpoint,
): Promise<void> {
  await db.transaction('rw', db.events, db.receipts, db.meta, async () => {
    const row = await db.receipts.add({ at: now, ...receipt })
    await noteEpoch(db, proof.epoch)
    if (checkpoint) await writeFact(db, 'checkpoint', checkpoint)
    const outcomes = new Map(proof.outcomes.map((outcome) => [outcome.id, outcome]))
    // In one go over the rows: a question for each of five hundred takes the tablet several times as long.
    await db.events
      .where('id')
      .anyOf([...outcomes.keys()])
      .modify((event) => {
        const outcome = outcomes.get(event.id)
        if (outcome) settle(event, outcome, row)
      })
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
  delete event.unopenedAt
  event.receipt = receipt
  if (outcome.seq !== null) event.seq = outcome.seq
  if (outcome.outcome === 'quarantined') event.attention = outcome.reason ?? 'malformed'
  else delete event.attention
  if (outcome.leftOut) event.leftOut = 1
  else delete event.leftOut
}
