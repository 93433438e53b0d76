/** From the wall clock of a session to moments. */
import { addDays, type Instant, type LocalTime, localInstant, localTimeOf, type SchoolDate, secondsOf } from '../../shared/time.ts'

export interface SessionClock {
  readonly from: Instant
  readonly until: Instant
  /** The moment a time of this session means; undefined when no clock on that day shows it (the hour that spring skips). */
  at(time: LocalTime): Instant | undefined
}

/**
 * A session whose `until` is before its `from` runs over midnight: `until` is on the next day, and so is every time that the
 * window reaches only there. A time outside such a window is on whichever side of it is nearer: ten minutes before `from` is
 * somebody early, ten minutes after `until` somebody late.
 */
export function sessionClock(on: SchoolDate, from: LocalTime, until: LocalTime, zone: string): SessionClock {
  const overnight = secondsOf(until) <= secondsOf(from)
  const isNextDay = (time: LocalTime): boolean => {
    if (!overnight || secondsOf(time) >= secondsOf(from)) return false
    const late = secondsOf(time) - secondsOf(until)
    return late <= 0 || late < secondsOf(from) - secondsOf(time)
  }
  const at = (time: LocalTime): Instant | undefined => {
    const moment = localInstant(isNextDay(time) ? addDays(on, 1) : on, time, zone)
    return localTimeOf(moment, zone) === time.slice(0, 5) ? moment : undefined
  }
  const end = localInstant(overnight ? addDays(on, 1) : on, until, zone)
  return { from: localInstant(on, from, zone), until: end, at }
}
