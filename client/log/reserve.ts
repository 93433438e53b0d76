/**
 * Space kept for the day the disk is full: a database that is worth nothing, given up so that what is tapped next can still be stored. It
 * holds some two thousand entries and more, and is kept again when there is space. (S1)
 * A database of its own, since not every engine counts as free what was deleted within one, or from a cache.
 */
import type { AttendanceEvent } from '../../shared/events.ts'
import { signal } from '../signal.ts'
import type { LogDb } from './db.ts'
import { faultOf } from './db.ts'
import { record as recordOnce } from './record.ts'
import type { Unchained } from './record.ts'

export { rowOf } from './record.ts'

export const RESERVE = 'recoup-reserve'
export const RESERVE_BYTES = 4 * 1_048_576
/** With less than this free, keeping a reserve would itself fill the disk. */
const ENOUGH = 4 * RESERVE_BYTES
/** The most that the browser's source of randomness gives at once. */
const AT_ONCE = 65_536

/** Whether the reserve was given up since the app was opened, and is not kept again. */
export const reserveSpent = signal(false)

/** Whether a reserve is kept in this browser. */
export const isReserveKept = async (factory: IDBFactory): Promise<boolean> =>
  (await factory.databases()).some(({ name }) => name === RESERVE)

/** Keeps the reserve where there is space for it. `free` is what the browser says is left, in bytes; null when it does not say. */
export async function keepReserve(db: LogDb, free: number | null): Promise<void> {
  if (free !== null && free < ENOUGH) return
  if (!(await isReserveKept(db.factory))) {
    await make(db.factory)
    // Where versions before kept it.
    await db.meta.delete('reserve')
  }
  if (reserveSpent.get()) reserveSpent.set(false)
}

/** The database is there with its bytes, or not at all. */
function make(factory: IDBFactory): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(RESERVE, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('space').put(filling(), 0)
    opening.onsuccess = () => resolve(opening.result.close())
    opening.onerror = () => reject(opening.error ?? new Error('the reserve was not kept'))
  })
}

/** Gives the reserve up; false where there is none. */
async function giveUp(factory: IDBFactory): Promise<boolean> {
  if (!(await isReserveKept(factory))) return false
  await new Promise<void>((resolve, reject) => {
    const deleting = factory.deleteDatabase(RESERVE)
    deleting.onsuccess = () => resolve()
    deleting.onerror = () => reject(deleting.error ?? new Error('the reserve was not given up'))
  })
  return true
}

/** Bytes that no disk can store in fewer. */
function filling(): Uint8Array {
  const bytes = new Uint8Array(RESERVE_BYTES)
  for (let at = 0; at < bytes.length; at += AT_ONCE) crypto.getRandomValues(bytes.subarray(at, at + AT_ONCE))
  return bytes
}

/** How long it is tried again after the reserve was given up, in ms from one try to the next: a browser may count the space late. */
const PAUSES = [0, 100, 400, 1_000, 2_000]
/** How often the reserve was given up, and how many writes are trying for its place. */
let givenUp = 0
let trying = 0

/**
 * Stores events as `record` does. On a full disk the reserve is given up, and they are stored in its place; so is what was tapped at the same
 * time, or before the browser counts the space.
 */
export function record(db: LogDb, events: readonly Unchained[]): Promise<readonly AttendanceEvent[]> {
  const before = givenUp
  return recordOnce(db, events).catch(async (error: unknown) => {
    if (faultOf(error) !== 'full') throw error
    if (await giveUp(db.factory)) {
      givenUp++
      reserveSpent.set(true)
    } else if (givenUp === before && trying === 0) throw error
    return recordInItsPlace(db, events, error)
  })
}

async function recordInItsPlace(db: LogDb, events: readonly Unchained[], full: unknown): Promise<readonly AttendanceEvent[]> {
  trying++
  try {
    for (const pause of PAUSES) {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
      try {
        return await recordOnce(db, events)
      } catch (error) {
        if (faultOf(error) !== 'full') throw error
      }
    }
    throw full
  } finally {
    trying--
  }
}
