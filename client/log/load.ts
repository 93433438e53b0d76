/**
 * Brings everything that is stored into the ledger, when the first screen has been painted: a cold start does not wait for a year of
 * history.
 */
import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { KeptEvent } from '../../shared/events.ts'
import { isKnownType } from '../../shared/eventTypes.ts'
import type { LogDb } from './db.ts'
import { readFact } from './db.ts'
import type { FirstRead } from './firstRead.ts'
import type { Outbox } from './outbox.ts'
import type { EventRow, RecordRow } from './rows.ts'

/** What a newer build recorded here before it was taken back is to this build as unknown as to the district. */
const asKnown = (event: KeptEvent): KeptEvent => (isKnownType(event) ? event : { ...event, unknown: true })

/**
 * The events of stored rows that count: what a coordinator left out does not. One of a type that an older build could not read may be one this build can; reading it needs the schemas,
 * which are a file of their own.
 */
export async function eventsOf(stored: readonly EventRow[]): Promise<KeptEvent[]> {
  const rows = stored.filter((row) => row.leftOut === undefined)
  if (!rows.some((row) => row.unknown)) return rows.map((row) => asKnown(row.event))
  const { readEvent } = await import('../../shared/events.ts')
  return rows.map((row) => {
    if (!row.unknown) return asKnown(row.event)
    const read = readEvent(row.event)
    return read.kind === 'event' ? read.event : row.event
  })
}

/** What the first screen shows. */
export async function takeFirst({ records, events, outbox: unsent }: FirstRead, ledger: Ledger, outbox: Outbox): Promise<void> {
  for (const record of records) ledger.putRecord(record)
  ledger.putEvents(await eventsOf(events))
  for (const row of unsent) outbox.put(row)
}

export interface Loaded {
  readonly lastRow: number
  readonly lastPage: number
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
    ledger.putEvents(await eventsOf(rows))
    lastRow = rows.at(-1)?.row ?? lastRow
    if (rows.length < CHUNK) return { lastRow, lastPage: typeof page === 'number' ? page : 0 }
  }
}

/** What came after a row and a page, of one moment: a page that another tab applies is seen whole or not at all. */
export function loadSince(
  db: LogDb,
  row: number,
  page: number,
): Promise<{ readonly rows: EventRow[]; readonly records: RecordRow[]; readonly page: number | undefined }> {
  return db.transaction('r', db.events, db.records, db.meta, async () => ({
    rows: await db.events.where(':id').above(row).toArray(),
    records: await db.records.where('page').above(page).toArray(),
    page: await readFact(db, 'page'),
  }))
}

/** What this device recorded and the district has not confirmed, in the place of what was there: nothing looks confirmed in between. */
export async function loadOutbox(db: LogDb, outbox: Outbox): Promise<void> {
  const [unsent, refused] = await Promise.all([db.events.orderBy('outbox').toArray(), db.events.orderBy('attention').toArray()])
  outbox.clear()
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
