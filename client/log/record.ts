/**
 * The one way to write. An event gets its number and the hash of the one before in the same strict transaction that stores it;
 * when the promise resolves, it is on the disk. (S1)
 */
import type { AttendanceEvent } from '../../shared/events.ts'
import { sessionOf } from '../../shared/events.ts'
import { eventHash } from '../../shared/sync/chain.ts'
import type { LogDb } from './db.ts'
import { onStore } from './db.ts'
import type { EventRow, Head } from './rows.ts'

/** An event that has everything but its place in the chain. */
export type Unchained = AttendanceEvent extends infer E ? (E extends AttendanceEvent ? Omit<E, 'deviceSeq' | 'prev'> : never) : never

const headOf = (device: string): string => `head:${device}`

/** Where a device's chain stands; an empty one begins at 0. */
export async function readHead(db: LogDb, device: string): Promise<Head> {
  const row = await db.meta.get(headOf(device))
  return (row?.value as Head | undefined) ?? { deviceSeq: 0, hash: '' }
}

/**
 * Stores events of this device in the order given, all or none, and gives them as stored.
 * Nothing but the store is awaited inside the transaction: another promise would end it early in Firefox and Safari.
 */
export function record(db: LogDb, events: readonly Unchained[]): Promise<readonly AttendanceEvent[]> {
  return onStore(db, (again) =>
    db.transaction('rw', db.events, db.meta, async () => {
      const first = events[0]
      if (!first) return []
      if (again && (await db.events.where('id').equals(first.id).count()) > 0) {
        const rows = await db.events
          .where('id')
          .anyOf(events.map((event) => event.id))
          .sortBy('deviceSeq')
        return rows.map((row) => row.event as AttendanceEvent)
      }
      const { stored, head } = chain(events, await readHead(db, first.device))
      await db.events.bulkAdd(stored.map(rowOf))
      await db.meta.put({ name: headOf(first.device), value: head })
      return stored
    }),
  )
}

function chain(events: readonly Unchained[], from: Head): { stored: AttendanceEvent[]; head: Head } {
  let head = from
  const stored = events.map((event) => {
    const next = { ...event, deviceSeq: head.deviceSeq + 1, prev: head.hash } as AttendanceEvent
    head = { deviceSeq: next.deviceSeq, hash: eventHash(next) }
    return next
  })
  return { stored, head }
}

/** An own event as it is kept until it has a receipt. */
export function rowOf(event: AttendanceEvent): EventRow {
  return {
    id: event.id,
    session: sessionOf(event) ?? '',
    device: event.device,
    deviceSeq: event.deviceSeq,
    outbox: event.deviceSeq,
    ...(event.type === 'SessionStarted' ? { on: event.on } : {}),
    event,
  }
}
