import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { KeptEvent } from '../../shared/events.ts'
import type { SessionId } from '../../shared/ids.ts'
import { as } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import { MINUTE } from '../../shared/time.ts'

/** Whether events that are in the ledger now can have changed nothing for the other students of their session. */
export type TouchesNobodyElse = (ledger: Ledger, events: readonly KeptEvent[], now: Instant) => boolean

/**
 * Check-ins and check-outs of this moment touch nobody else while the ratio held when last asked and still holds. A time entered for the
 * past, a void, a teacher who comes or goes may change what everybody earns. Saves judging a whole room for one tap.
 */
export function openTouchesNobodyElse(): TouchesNobodyElse {
  const held = new Map<SessionId, boolean>()
  return (ledger, events, now) => {
    let alone = true
    const sessions = new Set<SessionId>()
    for (const event of events) {
      if (!('session' in event) || typeof event.session !== 'string') return false
      sessions.add(as<SessionId>(event.session))
      if (event.type !== 'StudentCheckedIn' && event.type !== 'StudentCheckedOut') alone = false
      else if (Math.abs(event.at - now) > MINUTE) alone = false
    }
    for (const session of sessions) {
      const holds = ledger
        .sessionWarnings(session)
        .every((warning) => warning.kind !== 'ratioBreached' && warning.kind !== 'noCertificatedTeacher')
      alone &&= holds && held.get(session) === true
      held.set(session, holds)
    }
    return alone
  }
}
