/**
 * A store that is moved into another, because its person sets a PIN. From the note on nothing is written in it any more, by this tab, another
 * or the worker: every write asks for the note in its own transaction. What is recorded meanwhile in the tab that moves it waits, and goes on
 * in the new store. (S1, S9)
 */
import type { LogDb } from './db.ts'
import { track } from './running.ts'

/** The note: a row among the facts. */
export const MOVED = 'moved'

/** A write that came after the note: it stored nothing. */
export class StoreMoved extends Error {
  override readonly name = 'StoreMoved'
}

/** Has a transaction that writes end with nothing written where the note stands. It has to name `meta`. */
export function endIfMoved(transaction: IDBTransaction): IDBTransaction {
  const asked = transaction.objectStore('meta').getKey(MOVED)
  asked.addEventListener('success', () => {
    if (asked.result !== undefined) transaction.abort()
  })
  return transaction
}

export interface Moving {
  /** Everything is in the new store, and that can be opened: what has waited is stored there when this resolves. */
  goOnIn(next: LogDb): Promise<void>
  /** Nothing came of it: what has waited is stored where it always was. */
  stay(): Promise<void>
}

interface Underway {
  /** Where writes go on; undefined where they stay. */
  readonly into: Promise<LogDb | undefined>
  readonly waiting: Set<Promise<unknown>>
}

const underway = new WeakMap<LogDb, Underway>()

/** Begins to move a store; undefined when somebody else has begun before. */
export async function beginMoving(db: LogDb): Promise<Moving | undefined> {
  let resolve: (next: LogDb | undefined) => void = () => undefined
  const into = new Promise<LogDb | undefined>((settle) => {
    resolve = settle
  })
  const waiting: Underway['waiting'] = new Set()
  underway.set(db, { into, waiting })
  const end = (): void => {
    underway.delete(db)
    resolve(undefined)
  }
  try {
    if (!(await noteMoved(db))) {
      end()
      return undefined
    }
  } catch (error) {
    end()
    throw error
  }
  return {
    async goOnIn(next) {
      resolve(next)
      await Promise.allSettled(waiting)
    },
    stay: () => forgetMoved(db).finally(end),
  }
}

/** Does a write in the store where it belongs: in this one or, where that is moved in this tab, in the one it goes on in. */
export async function whereItGoesOn<T>(db: LogDb, write: (db: LogDb) => Promise<T>): Promise<T> {
  const before = underway.get(db)
  if (!before) {
    try {
      return await write(db)
    } catch (error) {
      if (!(error instanceof StoreMoved) || !underway.has(db)) throw error
      return whereItGoesOn(db, write)
    }
  }
  const afterwards = async (): Promise<T> => {
    const next = await before.into
    return next ? write(next) : whereItGoesOn(db, write)
  }
  const done = afterwards()
  before.waiting.add(done)
  return done.finally(() => before.waiting.delete(done))
}

/** Notes that a store is moved; false where that is noted already. What was being written before is in it by then. */
export const noteMoved = (db: LogDb): Promise<boolean> =>
  inAllOf(db, (transaction) => void transaction.objectStore('meta').add({ name: MOVED, value: true })).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && error.name === 'ConstraintError') return false
      throw error
    },
  )

/** Takes the note away: the store is written in as before. */
export const forgetMoved = (db: LogDb): Promise<void> => inAllOf(db, (transaction) => void transaction.objectStore('meta').delete(MOVED))

export const isMoved = async (db: LogDb): Promise<boolean> => (await db.meta.get(MOVED)) !== undefined

/**
 * Empties a moved store of everything but the note: whoever still has it open finds that, and writes nothing. Nothing goes when there are
 * other than `events` events in it.
 */
export const emptyMoved = (db: LogDb, events: number): Promise<void> =>
  inAllOf(db, (transaction) => {
    const counted = transaction.objectStore('events').count()
    counted.addEventListener('success', () => {
      if (counted.result !== events) return
      for (const name of transaction.objectStoreNames) transaction.objectStore(name).clear()
      transaction.objectStore('meta').put({ name: MOVED, value: true })
    })
  })

/** One write over the whole store, which no other write overlaps and the note does not end. */
async function inAllOf(db: LogDb, work: (transaction: IDBTransaction) => void): Promise<void> {
  if (!db.isOpen()) await db.open()
  const store = db.backendDB()
  await new Promise<void>((resolve, reject) => {
    const transaction = track(store.transaction([...store.objectStoreNames], 'readwrite', { durability: 'strict' }))
    let cause: DOMException | null = null
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('error', (event) => void (cause ??= (event.target as IDBRequest).error))
    transaction.addEventListener('abort', () => reject(transaction.error ?? cause ?? new Error('the store ended the write')))
    work(transaction)
  })
}
