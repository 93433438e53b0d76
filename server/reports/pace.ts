/** Long work in short turns, so that a tablet's push never waits for a report. */
import { setImmediate } from 'node:timers/promises'

/** Milliseconds of work between two turns in which the server answers others. */
const TURN = 12

/** Gives way when a turn is used up. */
export type Pace = () => Promise<void>

/** A pace by a clock of milliseconds; without one (a command, that nobody waits behind) it never gives way. */
export function openPace(now?: () => number): Pace {
  if (!now) return async () => undefined
  let since = now()
  return async () => {
    if (now() - since < TURN) return
    await setImmediate()
    since = now()
  }
}
