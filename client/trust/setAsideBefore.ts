import type { LogDb } from '../log/db.ts'
import type { EventRow } from '../log/rows.ts'

/** Entries that the app of before set aside on a word that nobody signed wait again, for a receipt. (S4, S9) */
export async function waitAgain(db: LogDb): Promise<void> {
  await db.events
    .where('attention')
    .equals('malformed')
    .filter((row) => row.receipt === undefined && row.parcel !== undefined)
    .modify((row: { -readonly [K in keyof EventRow]: EventRow[K] }) => {
      delete row.attention
      row.outbox = row.deviceSeq
    })
}
