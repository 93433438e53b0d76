/**
 * What a tablet does that has met a copy of itself: entries of two tablets claim one place in one history, and the district took the other's. It
 * takes another name, and records again what was set aside: the same ids and facts in a chain of its own. (S2, S9)
 */
import type { AttendanceEvent } from '../../shared/events.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { eventHash } from '../../shared/sync/chain.ts'
import { isNameOf, nameAfter } from '../../shared/sync/deviceNames.ts'
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
    let head = await readHead(db, name)
    for (const row of rows) {
      const event = { ...row.event, device: name, deviceSeq: head.deviceSeq + 1, prev: head.hash } as AttendanceEvent
      head = { deviceSeq: event.deviceSeq, hash: eventHash(event) }
      await db.events.put({ ...rowOf(event), ...(row.row !== undefined && { row: row.row }) })
    }
    await writeHead(db, name, head)
    await writeFact(db, 'recordsAs', name)
    const account = await readFact(db, 'account')
    if (account) await writeFact(db, 'account', { ...account, recordsAs: name })
    return true
  })
}
