import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Instant, LocalTime } from '../../../shared/time.ts'
import { HOUR, MINUTE, addDays, localInstant, parseLocalTime } from '../../../shared/time.ts'

/**
 * The moment a person means by a time on the wall, in a session: on its date, or on the day after for a session over midnight, when
 * that lies nearer to its window.
 */
export function momentIn(session: Pick<SessionState, 'on' | 'window'>, time: LocalTime, zone: string): Instant {
  const same = localInstant(session.on, time, zone)
  if (same >= session.window.from - 6 * HOUR) return same
  const next = localInstant(addDays(session.on, 1), time, zone)
  return next <= session.window.until + 6 * HOUR ? next : same
}

/**
 * The moment at which somebody who came at `since` left; null while no time is typed. A time on the wall has no seconds: somebody who came
 * within that same minute left when they came, not before.
 */
export function leavingIn(
  session: Pick<SessionState, 'on' | 'window'>,
  time: string | undefined,
  zone: string,
  since: Instant,
): Instant | null {
  const parsed = time ? parseLocalTime(time) : undefined
  if (!parsed) return null
  const at = momentIn(session, parsed, zone)
  return at < since && since - at < MINUTE ? since : at
}
