/**
 * The one way to write. An event gets its number and the hash of the one before in the same strict transaction that stores it;
 * when the promise resolves, it is on the disk. (S1)
 * This is the one write a person waits for, so it speaks to IndexedDB itself: three requests, sent off before anything is drawn.
 */
import type { AttendanceEvent } from '../../shared/events.ts'
import { eventHash } from '../../shared/sync/chain.ts'
import type { LogDb } from './db.ts'
import { onStore } from './db.ts'
import type { EventRow, Head, MetaRow } from './rows.ts'

/** An event that has everything but its place in the chain. */
export type Unchained = AttendanceEvent extends infer E ? (E extends AttendanceEvent ? Omit<E, 'deviceSeq' | 'prev'> : never) : never

const headOf = (device: string): string => `head:${device}`
const START: Head = { deviceSeq: 0, hash: '' }

/** Where a device's chain stands; an empty one begins at 0. */
export async function readHead(db: LogDb, device: string): Promise<Head> {
  const row = await db.meta.get(headOf(device))
  return (row?.value as Head | undefined) ?? START
}

/** Stores events of this device in the order given, all or none, and gives them as stored. */
export function record(db: LogDb, events: readonly Unchained[]): Promise<readonly AttendanceEvent[]> {
  const write = (again: boolean) => inOneTransaction(db.backendDB(), events, again)
  // An open store is written to in this very turn.
  return onStore(db, (again) => (db.isOpen() ? write(again) : db.open().then(() => write(again))))
}

function inOneTransaction(store: IDBDatabase, events: readonly Unchained[], again: boolean): Promise<readonly AttendanceEvent[]> {
  const [first] = events
  if (!first) return Promise.resolve([])
  return new Promise((resolve, reject) => {
    const transaction = store.transaction(['events', 'meta'], 'readwrite', { durability: 'strict' })
    const log = transaction.objectStore('events')
    const meta = transaction.objectStore('meta')
    let stored: readonly AttendanceEvent[] = []
    transaction.oncomplete = () => resolve(stored)
    transaction.onabort = () => reject(transaction.error ?? new Error('the store ended the write'))

    const place = () => {
      const asked: IDBRequest<MetaRow | undefined> = meta.get(headOf(first.device))
      asked.onsuccess = () => {
        try {
          const chained = chain(events, (asked.result?.value as Head | undefined) ?? START)
          stored = chained.stored
          for (const event of stored) log.add(rowOf(event))
          meta.put({ name: headOf(first.device), value: chained.head })
          transaction.commit?.()
        } catch (error) {
          // The reason itself, not only that the write was ended.
          reject(error instanceof Error ? error : new Error(String(error)))
          transaction.abort()
        }
      }
    }
    if (!again) return place()
    // All or none: when the first is here, an earlier try was stored after all.
    const earlier: IDBRequest<EventRow | undefined> = log.index('id').get(first.id)
    earlier.onsuccess = () => {
      if (!earlier.result) return place()
      const held = events.map(({ id }): IDBRequest<EventRow | undefined> => log.index('id').get(id))
      const last = held.at(-1)
      if (last) last.onsuccess = () => (stored = held.flatMap(({ result }) => (result ? [result.event as AttendanceEvent] : [])))
    }
  })
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
    session: 'session' in event ? event.session : '',
    device: event.device,
    deviceSeq: event.deviceSeq,
    outbox: event.deviceSeq,
    ...(event.type === 'SessionStarted' ? { on: event.on } : {}),
    event,
  }
}
