/**
 * Space kept for the day the disk is full: a record that is worth nothing, given up so that what is tapped next can still be stored. It
 * holds some two thousand entries, and is kept again when there is space. (S1)
 */
import type { AttendanceEvent } from '../../shared/events.ts'
import type { LogDb } from './db.ts'
import { faultOf } from './db.ts'
import { record as recordOnce } from './record.ts'
import type { Unchained } from './record.ts'

export { rowOf } from './record.ts'

const NAME = 'reserve'
export const RESERVE_BYTES = 1_048_576
/** With less than this free, keeping a reserve would itself fill the disk. */
const ENOUGH = 8 * RESERVE_BYTES
/** The most that the browser's source of randomness gives at once. */
const AT_ONCE = 65_536

let isSpent = false
const listeners = new Set<() => void>()
const tell = (): void => {
  for (const listener of listeners) listener()
}

/** Whether the reserve was given up since the app was opened, and is not kept again. */
export const isReserveSpent = (): boolean => isSpent

/** Called when the reserve is given up or kept again; gives the way to stop. */
export function onReserve(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Keeps the reserve where there is space for it. `free` is what the browser says is left, in bytes; null when it does not say. */
export async function keepReserve(db: LogDb, free: number | null): Promise<void> {
  if (free !== null && free < ENOUGH) return
  if ((await db.meta.where('name').equals(NAME).count()) === 0) await db.meta.put({ name: NAME, value: filling() })
  if (!isSpent) return
  isSpent = false
  tell()
}

/** Bytes that no disk can store in fewer. */
function filling(): Uint8Array {
  const bytes = new Uint8Array(RESERVE_BYTES)
  for (let at = 0; at < bytes.length; at += AT_ONCE) crypto.getRandomValues(bytes.subarray(at, at + AT_ONCE))
  return bytes
}

/** Stores events as `record` does. On a full disk the reserve is given up, and they are stored in its place. */
export function record(db: LogDb, events: readonly Unchained[]): Promise<readonly AttendanceEvent[]> {
  return recordOnce(db, events).catch(async (error: unknown) => {
    if (faultOf(error) !== 'full') throw error
    const held = await db.meta.where('name').equals(NAME).delete()
    if (held === 0) throw error
    isSpent = true
    tell()
    return recordOnce(db, events)
  })
}
