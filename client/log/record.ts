/**
 * The one way to write. An event gets its number and the hash of the one before in the same strict transaction that stores it;
 * when the promise resolves, it is on the disk. (S1)
 * This is the one write a person waits for, so it speaks to IndexedDB itself, before anything is drawn, and asks nothing first: the end
 * of the chain is remembered from the write before. Should another tab have gone on from there, the number is taken, the store refuses
 * all of it, and the write is made again from the end that it reads.
 */
import type { AttendanceEvent } from '../../shared/events.ts'
import { eventHash, ordered } from '../../shared/sync/chain.ts'
import type { LogDb, RowSeal } from './db.ts'
import { onStore } from './db.ts'
import { MOVED, StoreMoved, whereItGoesOn } from './moved.ts'
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

/** Where every chain of a store stands, by the name it is recorded under. */
export async function readHeads(db: LogDb): Promise<readonly (readonly [string, Head])[]> {
  const rows = await db.meta.where('name').startsWith(headOf('')).toArray()
  return rows.map(({ name, value }) => [name.slice(headOf('').length), value as Head] as const)
}

/** Sets where a device's chain stands. Part of the caller's transaction. */
export async function writeHead(db: LogDb, device: string, head: Head): Promise<void> {
  await db.meta.put({ name: headOf(device), value: head })
}

/** Where the chains of a store ended when its last write was complete; nothing while one is on its way. */
const ends = new WeakMap<LogDb, Map<string, Head>>()

/**
 * Stores events of this device in the order given, all or none, and gives them as stored. Where the store is moved meanwhile, they are stored in
 * the one it goes on in.
 */
export const record = (db: LogDb, events: readonly Unchained[]): Promise<readonly AttendanceEvent[]> =>
  whereItGoesOn(db, (into) => recordIn(into, events))

function recordIn(db: LogDb, events: readonly Unchained[]): Promise<readonly AttendanceEvent[]> {
  const [first] = events
  if (!first) return Promise.resolve([])
  const known = ends.get(db) ?? new Map<string, Head>()
  ends.set(db, known)
  const remembered = known.get(first.device)
  known.delete(first.device)
  const write = async (again: boolean, from?: Head): Promise<readonly AttendanceEvent[]> => {
    const { stored, head } = await inOneTransaction({ store: db.backendDB(), seal: db.seal }, events, again, from)
    if (head) known.set(first.device, head)
    return stored
  }
  const writeOn = (again: boolean) =>
    again || !remembered
      ? write(again)
      : write(again, remembered).catch((error: unknown) => {
          if (error instanceof Error && error.name === 'ConstraintError') return write(again)
          throw error
        })
  // An open store is written to in this very turn.
  return onStore(db, (again) => (db.isOpen() ? writeOn(again) : db.open().then(() => writeOn(again))))
}

/** The open store, and what its rows go through. */
interface Onto {
  readonly store: IDBDatabase
  readonly seal: RowSeal | undefined
}

interface Chained {
  readonly stored: readonly AttendanceEvent[]
  /** The end of the chain after them; undefined when an earlier try had stored them. */
  readonly head: Head | undefined
}

function inOneTransaction({ store, seal }: Onto, events: readonly Unchained[], again: boolean, from: Head | undefined): Promise<Chained> {
  const first = events[0] as Unchained
  const closed = <T>(table: string, row: T): T => seal?.close(table, row) ?? row
  const opened = <T>(table: string, row: T): T => seal?.open(table, row) ?? row
  return new Promise((resolve, reject) => {
    const transaction = store.transaction(['events', 'meta'], 'readwrite', { durability: 'strict' })
    const log = transaction.objectStore('events')
    const meta = transaction.objectStore('meta')
    let chained: Chained = { stored: [], head: undefined }
    transaction.oncomplete = () => resolve(chained)
    // WebKit says why it ended a write that was told to commit only of the request that failed.
    let cause: DOMException | null = null
    transaction.onerror = (event) => void (cause ??= (event.target as IDBRequest).error)
    transaction.onabort = () => reject(transaction.error ?? cause ?? new Error('the store ended the write'))

    const placeAfter = (end: Head) => {
      try {
        const next = chain(events, end)
        chained = next
        for (const event of next.stored) log.add(closed('events', rowOf(event)))
        meta.put({ name: headOf(first.device), value: next.head })
        // Asks for the note of a moved store without waiting for the answer: where it stands, the store refuses all of this.
        meta.add({ name: MOVED })
        meta.delete(MOVED)
        transaction.commit?.()
      } catch (error) {
        // The reason itself, not only that the write was ended.
        reject(error instanceof Error ? error : new Error(String(error)))
        transaction.abort()
      }
    }
    const place = () => {
      const moved = meta.getKey(MOVED)
      moved.onsuccess = () => {
        if (moved.result !== undefined) reject(new StoreMoved())
      }
      const asked: IDBRequest<MetaRow | undefined> = meta.get(headOf(first.device))
      asked.onsuccess = () => placeAfter((asked.result?.value as Head | undefined) ?? START)
    }
    if (from) return placeAfter(from)
    if (!again) return place()
    // All or none: when the first is here, an earlier try was stored after all.
    const earlier: IDBRequest<EventRow | undefined> = log.index('id').get(first.id)
    earlier.onsuccess = () => {
      if (!earlier.result) return place()
      const held = events.map(({ id }): IDBRequest<EventRow | undefined> => log.index('id').get(id))
      const last = held.at(-1)
      if (last)
        last.onsuccess = () =>
          (chained = {
            stored: held.flatMap(({ result }) => (result ? [opened('events', result).event as AttendanceEvent] : [])),
            head: undefined,
          })
    }
  })
}

function chain(events: readonly Unchained[], from: Head): { stored: AttendanceEvent[]; head: Head } {
  let head = from
  const stored = events.map((event) => {
    const next = ordered({ ...event, deviceSeq: head.deviceSeq + 1, prev: head.hash } as AttendanceEvent)
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
