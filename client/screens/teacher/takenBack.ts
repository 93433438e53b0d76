/** Sessions whose start was taken back: it was said of them that they did not take place. Pure. */
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import type { EventOf } from '../../../shared/events.ts'

export interface TakenBack {
  readonly id: SessionState['id']
  readonly start: EventOf<'SessionStarted'>
  readonly by: EventOf<'EventVoided'>
  /** Students with a mark in it all the same, from a tablet that had not heard of it. */
  readonly came: number
}

/** What was taken back of a session that then never began; undefined of any other. */
export function takenBack({ id, started, events, students }: SessionState): TakenBack | undefined {
  if (started) return undefined
  for (const { event: start, voidedBy: by } of events) {
    if (by && !('unknown' in start) && start.type === 'SessionStarted')
      return { id, start, by, came: [...students.values()].filter(({ marks }) => marks.length > 0).length }
  }
  return undefined
}

/** A section's meeting on a date. */
export const meetingKey = (section: string | null, on: string): string => `${section} ${on}`

/** The meetings that did not take place, by `meetingKey`. */
export function notHeldIn(ledger: Ledger): ReadonlyMap<string, TakenBack> {
  const meetings = new Map<string, TakenBack>()
  for (const session of ledger.sessions()) {
    const taken = takenBack(session)
    if (taken?.came === 0) meetings.set(meetingKey(taken.start.section, taken.start.on), taken)
  }
  return meetings
}
