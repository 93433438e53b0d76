/**
 * Brings what is stored into the ledger: first what the first screen shows, then, when it has been painted, the rest. A cold
 * start does not wait for a year of history.
 */
import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { KeptEvent } from '../../shared/events.ts'
import { readEvent } from '../../shared/events.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { addDays } from '../../shared/time.ts'
import type { LogDb } from './db.ts'
import type { Outbox } from './outbox.ts'
import type { EventRow, RecordRow } from './rows.ts'

/** An event of a type that an older build could not read may be one this build can. */
export function eventOf(row: EventRow): KeptEvent {
  if (!row.unknown) return row.event
  const read = readEvent(row.event)
  return read.kind === 'event' ? read.event : row.event
}

/** Sessions of these days are there before the first paint of the day's list. */
const RECENT_DAYS = 2

export interface Loaded {
  readonly lastRow: number
  readonly lastPage: number
}

/**
 * What the first screen shows and no more: the registry without its students; the session in the address, or those of today and just
 * before; and the names and grades of the students in them. Absences and history, from which totals are made, come after the paint.
 * `today` is asked when the district's zone is known.
 */
export async function loadRecent(db: LogDb, ledger: Ledger, today: () => SchoolDate, session: string | null): Promise<void> {
  const [frame, named] = await Promise.all([
    db.records.where('kind').anyOf('district', 'site', 'policy', 'staff', 'section').toArray(),
    session ? db.events.where('session').equals(session).toArray() : [],
  ])
  for (const record of frame) ledger.putRecord(record)
  const events = named.length > 0 ? named : await eventsSince(db, addDays(today(), -RECENT_DAYS))
  ledger.putEvents(events.map(eventOf))
  const students = new Set<string>()
  for (const { event } of events) if ('student' in event && typeof event.student === 'string') students.add(event.student)
  const sections = new Set(events.flatMap(({ event }) => (event.type === 'SessionStarted' && 'section' in event ? [event.section] : [])))
  for (const record of frame)
    if (record.kind === 'section' && sections.has(record.body.id)) for (const id of record.body.students) students.add(id)
  for (const record of await namesOf(db, [...students])) ledger.putRecord(record)
}

async function eventsSince(db: LogDb, on: SchoolDate): Promise<EventRow[]> {
  const started = await db.events.where('on').aboveOrEqual(on).toArray()
  if (started.length === 0) return []
  return db.events
    .where('session')
    .anyOf(started.map((row) => row.session))
    .toArray()
}

async function namesOf(db: LogDb, students: readonly string[]): Promise<RecordRow[]> {
  const [people, places] = await Promise.all([
    db.records.bulkGet(students.map((id): [string, string] => ['student', id])),
    db.records
      .where('[kind+body.student]')
      .anyOf(students.map((id): [string, string] => ['enrollment', id]))
      .toArray(),
  ])
  return [...people.filter((record) => record !== undefined), ...places]
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

/** What this device recorded and the district has not confirmed. */
export async function loadOutbox(db: LogDb, outbox: Outbox): Promise<void> {
  const [unsent, refused] = await Promise.all([db.events.orderBy('outbox').toArray(), db.events.orderBy('attention').toArray()])
  for (const row of [...unsent, ...refused]) outbox.put(row)
}

/** Reads some events again and gives the outbox what became of them. */
export async function loadRows(db: LogDb, outbox: Outbox, ids: readonly string[]): Promise<EventRow[]> {
  const rows = await db.events
    .where('id')
    .anyOf([...ids])
    .toArray()
  for (const row of rows) outbox.put(row)
  return rows
}
