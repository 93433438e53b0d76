/** Walk-ins of whom was said that they are nobody of ours: what was recorded of them was taken back, with a reason. Pure. */
import type { SessionState, TrailEntry } from '../../../shared/attendance/fold.ts'
import type { AttendanceEvent, EventOf } from '../../../shared/events.ts'
import type { EventId, StudentId } from '../../../shared/ids.ts'
import { LANGUAGES, WORDS } from '../../words/index.ts'

export interface SettledWalkIn {
  readonly session: SessionState
  readonly student: StudentId
  readonly name: string
  readonly by: EventOf<'EventVoided'>
}

/** A name that was undone at once was a slip of the finger, in whatever language it was undone. */
const isSlip = (by: EventOf<'EventVoided'>): boolean => LANGUAGES.some(({ id }) => WORDS[id].teacher.undone === by.reason)

/** The walk-ins of a session who are nobody of ours. */
export const settledIn = (session: SessionState): readonly SettledWalkIn[] =>
  session.events.flatMap(({ event, voidedBy: by }) =>
    by && !isSlip(by) && isKnown(event) && event.type === 'WalkInAdded' ? [{ session, student: event.student, name: event.name, by }] : [],
  )

/** What holds of the entries about somebody in a session: name, marks and notes. */
export const entriesOf = ({ events }: SessionState, student: StudentId): readonly EventId[] =>
  events.flatMap(({ event, voidedBy }) => (!voidedBy && 'student' in event && event.student === student ? [event.id] : []))

/** The voids by which a walk-in was settled, also of what arrived afterwards. What had been taken back before is not among them. */
export function settledBy({ session, student, by }: SettledWalkIn): readonly EventId[] {
  const held = session.events.flatMap(({ event, voidedBy }) => (!voidedBy && isKnown(event) ? [event] : []))
  const about = new Set(session.events.flatMap(({ event }) => ('student' in event && event.student === student ? [event.id] : [])))
  return held.flatMap((event) =>
    event.type === 'EventVoided' && about.has(event.voids) && event.recordedAt >= by.recordedAt ? [event.id] : [],
  )
}

const isKnown = (event: TrailEntry['event']): event is AttendanceEvent => !('unknown' in event)
