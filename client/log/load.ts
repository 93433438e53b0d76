/**
 * Brings what is stored into the ledger: first what the first screen shows, then, when it has been painted, the rest. A cold
 * start does not wait for a year of history.
 */
import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { KeptEvent } from '../../shared/events.ts'
import { readEvent } from '../../shared/events.ts'
import type { Section } from '../../shared/registry.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { addDays } from '../../shared/time.ts'
import type { LogDb } from './db.ts'
import type { EventRow, RecordRow } from './rows.ts'

/** An event of a type that an older build could not read may be one this build can. */
export function eventOf(row: EventRow): KeptEvent {
  if (!row.unknown) return row.event
  const read = readEvent(row.event)
  return read.kind === 'event' ? read.event : row.event
}

/** Sessions of these days are there before the first paint. */
const RECENT_DAYS = 2

export interface Loaded {
  readonly lastRow: number
  readonly lastPage: number
}

/** The registry without its students, the sessions of today and just before (and the one in the address), and the students in them. `today` is asked when the district's zone is known. */
export async function loadRecent(db: LogDb, ledger: Ledger, today: () => SchoolDate, session: string | null): Promise<void> {
  const frame = await db.records.where('kind').anyOf('district', 'site', 'policy', 'staff', 'section').toArray()
  for (const record of frame) ledger.putRecord(record)
  const started = await db.events.where('on').aboveOrEqual(addDays(today(), -RECENT_DAYS)).toArray()
  const sessions = [...new Set([...started.map((row) => row.session), ...(session ? [session] : [])])]
  const events = sessions.length > 0 ? await db.events.where('session').anyOf(sessions).toArray() : []
  const students = new Set<string>()
  for (const row of events) if ('student' in row.event && typeof row.event.student === 'string') students.add(row.event.student)
  for (const record of frame)
    if (record.kind === 'section' && !record.ended) for (const id of (record.body satisfies Section).students) students.add(id)
  for (const record of await recordsOf(db, [...students])) ledger.putRecord(record)
  ledger.putEvents(events.map(eventOf))
}

async function recordsOf(db: LogDb, students: readonly string[]): Promise<RecordRow[]> {
  const [people, theirs] = await Promise.all([
    db.records.bulkGet(students.map((id): [string, string] => ['student', id])),
    db.records.where('body.student').anyOf(students).toArray(),
  ])
  return [...people.filter((record) => record !== undefined), ...theirs]
}

const CHUNK = 2_000

/** Everything, in pieces, giving way between them so that taps are answered. `breathe` resolves when the screen has had its turn. */
export async function loadAll(db: LogDb, ledger: Ledger, breathe: () => Promise<void>): Promise<Loaded> {
  const { records, page } = await db.transaction('r', db.records, db.meta, async () => ({
    records: await db.records.toArray(),
    page: (await db.meta.get('page'))?.value,
  }))
  for (const record of records) ledger.putRecord(record)
  let lastRow = 0
  for (;;) {
    await breathe()
    const rows = await db.events.where(':id').above(lastRow).limit(CHUNK).toArray()
    ledger.putEvents(rows.map(eventOf))
    lastRow = rows.at(-1)?.row ?? lastRow
    if (rows.length < CHUNK) return { lastRow, lastPage: typeof page === 'number' ? page : 0 }
  }
}
