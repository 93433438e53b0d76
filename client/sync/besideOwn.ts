import { isNameOf } from '../../shared/sync/deviceNames.ts'
import type { LogDb } from '../log/db.ts'
import { placesTaken, readFact } from '../log/db.ts'
import type { EventRow } from '../log/rows.ts'

/**
 * The numbers of this device are for what is recorded here. What comes under its name and was not (by a copy of it, or by itself before its
 * storage was emptied) stands at the district's sequence below them, and takes none of them. So does what a copy recorded under a name that
 * this device had before, where it recorded something under that number itself.
 */
export async function addBesideOwn(db: LogDb, incoming: readonly EventRow[]): Promise<void> {
  const device = await readFact(db, 'device')
  const below = (row: EventRow): EventRow => (row.seq === undefined ? row : { ...row, deviceSeq: -row.seq })
  const rows = incoming.map((row) => (device !== undefined && isNameOf(row.device, device) ? below(row) : row))
  try {
    await db.events.bulkAdd(rows)
  } catch (error) {
    const taken = placesTaken(error)
    if (taken === undefined) throw error
    await db.events.bulkAdd(taken.flatMap((place) => rows[place] ?? []).map(below))
  }
}
