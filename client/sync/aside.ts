/**
 * What the district set aside, and what became of it. A coordinator decides at any time, and a page tells of it only where the device still pulls
 * that school: so the device itself offers the entry once more, rarely, and the receipt says what was decided. (S15)
 */
import type { ReceiptBody } from '../../shared/api/sync.ts'
import type { EventId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import type { AttendanceStore } from '../log/attendanceStore.ts'
import type { LogDb } from '../log/db.ts'
import type { EventRow } from '../log/rows.ts'
import { isDueAgain } from './relay/offerAgain.ts'

/**
 * The entries to ask about now, oldest first: set aside, not left out, and not offered for a while. What was set aside under the name of another
 * device, as this browser was before, is not asked about: offered by this one it would be set aside once more.
 */
export async function asideToAsk(db: LogDb, device: string, now: Instant): Promise<readonly EventRow[]> {
  const aside = await db.events
    .orderBy('attention')
    .filter((row) => row.outbox === undefined && row.leftOut === undefined && isDueAgain(row.triedAt, now))
    .toArray()
  const own: EventRow[] = []
  for (const row of aside) {
    const receipt = row.receipt === undefined ? undefined : await db.receipts.get(row.receipt)
    if (receipt && (JSON.parse(receipt.body) as ReceiptBody).device === device) own.push(row)
  }
  return own.sort((a, b) => a.deviceSeq - b.deviceSeq)
}

/** Somebody has read that an entry was left out: it needs no attention any more. It stays on the device, and counts nowhere. */
export async function understand({ db, store }: { readonly db: LogDb; readonly store: AttendanceStore }, id: EventId): Promise<void> {
  await db.events
    .where('id')
    .equals(id)
    .filter((row) => row.leftOut !== undefined)
    .modify((row: { -readonly [K in keyof EventRow]: EventRow[K] }) => {
      delete row.attention
    })
  await store.settled([id])
}
