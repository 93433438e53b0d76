/** From a folded session to what the rules are told of it. */
import type { StaffId } from '../ids.ts'
import type { SessionFacts } from '../rules/facts.ts'
import { isYoungest } from '../rules/california/minimumDay.ts'
import { placementOn } from '../rules/california/placement.ts'
import { type Spans, union } from '../rules/spans.ts'
import { type SessionState, type StudentInSession, studentInSession } from './fold.ts'
import { inOrder } from './order.ts'
import type { Person } from './studentFacts.ts'

/** The facts of a session: who of the certificated employees was there when, and which students.
 *  @param teaches whether a person is a certificated employee of the LEA */
export function sessionFacts(
  state: SessionState,
  zone: string,
  teaches: (staff: StaffId) => boolean,
  personOf: (student: StudentInSession['student']) => Person,
): SessionFacts {
  const { from, until } = state.window
  const shifts = new Map<StaffId, Spans[]>()
  for (const shift of state.supervision) {
    if (!teaches(shift.staff)) continue
    // Supervision that nobody ended lasts to the end of the window, and no longer.
    const end = shift.until ?? until
    if (shift.from < end) shifts.set(shift.staff, [...(shifts.get(shift.staff) ?? []), [shift.from, end]])
  }

  const crowd: { spans: Spans; youngest: boolean }[] = []
  const seen = new Set<Person>()
  for (const student of state.students.values()) {
    if (student.spans.length === 0 && !student.missingCheckOut) continue
    const person = personOf(student.student)
    const here = person.entries.filter((entry) => state.students.has(entry.student))
    if (here.length > 1) {
      if (seen.has(person)) continue
      seen.add(person)
    }
    const spans =
      here.length > 1
        ? pooled(
            state,
            here.map((entry) => entry.student),
          ).spans
        : student.spans
    if (spans.length === 0) continue
    crowd.push({ spans, youngest: here.some((entry) => isYoungest(placementOn(entry.facts, state.on).grade)) })
  }

  return {
    key: state.id,
    on: state.on,
    zone,
    from,
    until,
    breaks: state.breaks.map((pause) => ({ from: pause.from, until: pause.until, meal: pause.meal ?? false })),
    certificated: [...shifts.values()].map((spans) => (spans.length === 1 ? (spans[0] as Spans) : union(spans))),
    crowd,
    certified: state.certification.state === 'certified',
  }
}

/** Marks made under several entries of one person in one session, read as that person's. */
export function pooled(state: SessionState, students: readonly StudentInSession['student'][]): StudentInSession {
  const present = students.map((id) => state.students.get(id)).filter((each) => each !== undefined)
  const [first] = present
  if (first && present.length === 1) return first
  return studentInSession(
    first?.student ?? (students[0] as StudentInSession['student']),
    inOrder(present.flatMap((each) => each.marks)) as StudentInSession['marks'],
  )
}
