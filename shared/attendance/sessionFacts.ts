/** From a folded session to what the rules are told of it. */
import type { StaffId } from '../ids.ts'
import type { SessionFacts } from '../rules/facts.ts'
import { isYoungest } from '../rules/california/minimumDay.ts'
import { placementOn } from '../rules/california/placement.ts'
import { type Spans, union } from '../rules/spans.ts'
import type { SessionState } from './fold.ts'
import { byTime } from './order.ts'
import type { Entry, Person } from './studentFacts.ts'
import { StudentInSession } from './studentInSession.ts'

/** The facts of a session: who of the certificated employees was there when, and which students.
 *  @param teaches whether a person is a certificated employee of the LEA
 *  @param persons who the session's students are, in their order */
export function sessionFacts(
  state: SessionState,
  zone: string,
  teaches: (staff: StaffId) => boolean,
  persons: readonly Person[],
): SessionFacts {
  const { from, until } = state.window
  const shifts = new Map<StaffId, Spans[]>()
  for (const shift of state.supervision) {
    if (!teaches(shift.staff)) continue
    // Supervision that nobody ended lasts to the end of the window, and no longer.
    const end = shift.until ?? until
    if (shift.from < end) shifts.set(shift.staff, [...(shifts.get(shift.staff) ?? []), [shift.from, end]])
  }

  const crowd: { presence: StudentInSession; youngest: boolean }[] = []
  let n = 0
  for (const present of state.students.values()) {
    const { entries, isYoungest: always } = persons[n++] as Person
    if (present.marks.length === 0) continue
    if (always !== undefined) {
      crowd.push({ presence: present, youngest: always })
      continue
    }
    if (entries.length === 1) {
      crowd.push({ presence: present, youngest: isYoungest(placementOn(entries[0].facts, state.on).grade) })
      continue
    }
    const here = entries.filter((entry) => state.students.has(entry.student))
    // Somebody here under several entries is one student: counted with the first of them.
    if (here[0]?.student !== present.student) continue
    crowd.push({ presence: pooled(state, here), youngest: here.some((entry) => isYoungest(placementOn(entry.facts, state.on).grade)) })
  }

  return {
    key: state.id,
    on: state.on,
    zone,
    from,
    until,
    breaks: state.breaks.map((pause) => ({ from: pause.from, until: pause.until, meal: pause.meal ?? false })),
    certificated: [...shifts.values()].map(union),
    crowd,
    certified: state.certification.state === 'certified',
  }
}

/** Marks made under several entries of one person in one session, read as that person's.
 *  @param entries those that are here, at least one */
export function pooled(state: SessionState, entries: readonly Entry[]): StudentInSession {
  const marks = entries.flatMap((entry) => (state.students.get(entry.student) as StudentInSession).marks)
  return new StudentInSession((entries[0] as Entry).student, marks.sort(byTime))
}
