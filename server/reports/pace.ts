/** Long work in short turns, so that a tablet's push never waits for a report. */
import { setImmediate } from 'node:timers/promises'
import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { SchoolDate } from '../../shared/time.ts'

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

/** Judges every student as of a date, in turns. The ledger keeps what it found: a report asked for right after reads it at once. */
export async function judgeEverybody(ledger: Ledger, asOf: SchoolDate, pace: Pace): Promise<void> {
  for (const { student } of [...ledger.students()]) {
    ledger.judge(student.id, asOf)
    await pace()
  }
}
