/**
 * What a tablet does that has met a copy of itself: entries of two tablets claim one place in one history, and the district took the other's. It
 * takes another name, and records again what was set aside: the same ids and facts in a chain of its own. (S2, S9)
 */
import type { AttendanceEvent, KeptEvent } from '../../shared/events.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { eventHash } from '../../shared/sync/chain.ts'
import { baseOf, isNameOf, nameAfter } from '../../shared/sync/deviceNames.ts'
import type { LogDb } from './db.ts'
import { readFact, writeFact } from './db.ts'
import { readHead, rowOf, writeHead } from './record.ts'
import type { EventRow } from './rows.ts'

/**
 * Entries of this device that the district has set aside as forks, and what the chain broke behind each of them, in their order; also what
 * another tab recorded under a name that was given up, behind what was recorded again, and what follows here from an entry that the district
 * knows by another place, since another copy has recorded it again.
 */
async function forked(db: LogDb, device: string, name: string): Promise<readonly EventRow[]> {
  const aside = await db.events.where('attention').anyOf(['fork', 'chainBroken']).toArray()
  const own = aside.filter((row) => isNameOf(row.device, device) && row.deviceSeq > 0).sort(byPlace)
  const again = new Set<string>()
  for (const row of own)
    if (row.attention === 'fork' || row.device !== name || again.has(`${row.device} ${row.deviceSeq - 1}`) || (await followsHere(db, row)))
      again.add(`${row.device} ${row.deviceSeq}`)
  return own.filter((row) => again.has(`${row.device} ${row.deviceSeq}`))
}

/**
 * Whether the chain is whole on this device: what the district says it breaks is then in a place that it gave to a copy's. So it is where the entry
 * before lies in another locker, or has gone since it was safe: nothing here says otherwise.
 */
async function followsHere(db: LogDb, { device, deviceSeq, event }: EventRow): Promise<boolean> {
  const before = await db.events
    .where('[device+deviceSeq]')
    .equals([device, deviceSeq - 1])
    .first()
  if (!before) return deviceSeq > 1
  return 'prev' in event && event.prev === eventHash(before.event)
}

const byPlace = (a: EventRow, b: EventRow): number => (a.device < b.device ? -1 : a.device > b.device ? 1 : a.deviceSeq - b.deviceSeq)

/** The same fact at the end of the chain of a name, whose end it is from then on. Part of the caller's transaction. */
async function chainedAs(db: LogDb, name: DeviceId, fact: KeptEvent): Promise<EventRow> {
  const { deviceSeq, hash } = await readHead(db, name)
  const event = { ...fact, device: name, deviceSeq: deviceSeq + 1, prev: hash } as AttendanceEvent
  await writeHead(db, name, { deviceSeq: event.deviceSeq, hash: eventHash(event) })
  return rowOf(event)
}

/**
 * Takes rows of another store of this device, whose numbers are taken in this one: two tabs recorded under them. What waits is recorded again under
 * a name of its own; what the district has keeps its place there, and has none among the numbers here. Part of the caller's transaction.
 */
export async function besideTaken(db: LogDb, rows: readonly EventRow[]): Promise<readonly EventRow[]> {
  const names = new Map<string, DeviceId>()
  const beside: EventRow[] = []
  for (const row of rows) {
    const waits = row.outbox !== undefined || row.attention === 'fork' || row.attention === 'chainBroken'
    if (!waits) {
      beside.push({ ...row, deviceSeq: -(row.seq ?? BELOW_ALL + row.deviceSeq) })
      continue
    }
    const name = names.get(row.device) ?? (nameAfter(baseOf(row.device), eventHash(row.event)) as DeviceId)
    names.set(row.device, name)
    beside.push(await chainedAs(db, name, row.event))
  }
  return beside
}

/** Below every sequence a district can have reached. */
const BELOW_ALL = 2 ** 40

/** Records again, under another name, what was set aside as a fork; all of it or nothing. True when there was something. */
export function recordAgain(db: LogDb, device: DeviceId): Promise<boolean> {
  return db.transaction('rw', db.events, db.meta, async () => {
    const held = await readFact(db, 'recordsAs')
    const before = held !== undefined && isNameOf(held, device) ? held : device
    const rows = await forked(db, device, before)
    const [first] = rows
    if (!first) return false
    // A name under which there already is a fork is somebody else's too.
    const name = rows.some((row) => row.device === before) ? (nameAfter(device, eventHash(first.event)) as DeviceId) : before
    for (const row of rows)
      await db.events.put({ ...(await chainedAs(db, name, row.event)), ...(row.row !== undefined && { row: row.row }) })
    await writeFact(db, 'recordsAs', name)
    const account = await readFact(db, 'account')
    if (account) await writeFact(db, 'account', { ...account, recordsAs: name })
    return true
  })
}
