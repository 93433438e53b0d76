import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { KeptEvent } from '../../shared/events.ts'
import type { SessionId } from '../../shared/ids.ts'
import { as } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import { MINUTE } from '../../shared/time.ts'

/**
 * Whether events can change nothing for other students of their session: check-ins and check-outs of this moment, while the ratio holds.
 * A time entered for the past, a void, a teacher who comes or goes may change what everybody earns. Asked before and after the events
 * are in the ledger; saves judging a whole room for one tap.
 */
export function touchesNobodyElse(ledger: Ledger, events: readonly KeptEvent[], now: Instant): boolean {
  const sessions = new Set<SessionId>()
  for (const event of events) {
    if (event.type !== 'StudentCheckedIn' && event.type !== 'StudentCheckedOut') return false
    if (Math.abs(event.at - now) > MINUTE || !('session' in event)) return false
    sessions.add(as<SessionId>(String(event.session)))
  }
  return [...sessions].every((session) =>
    ledger.sessionWarnings(session).every((warning) => warning.kind !== 'ratioBreached' && warning.kind !== 'noCertificatedTeacher'),
  )
}
