/** How many students and certificated teachers were in a session, minute by minute: the documentation of the ratio. */
import type { SessionState } from '../attendance/fold.ts'
import type { Ledger } from '../attendance/ledger.ts'
import { isYoungest } from '../rules/california/minimumDay.ts'
import { mostStudents } from '../rules/california/ratio.ts'
import { type Instant, instant, MINUTE } from '../time.ts'

/** A stretch of minutes with the same numbers; of each minute the least favorable moment. */
export interface RatioStretch {
  readonly from: Instant
  readonly until: Instant
  readonly students: number
  readonly teachers: number
  /** Most students that these teachers may have; infinite before the law set one. */
  readonly most: number
  readonly breached: boolean
}

/** The stretches of a session in which somebody was in, oldest first.
 *  @cite EC 46211 ratio */
export function ratioTrail(ledger: Ledger, session: SessionState): readonly RatioStretch[] {
  const { from, until } = session.window
  const certificated = session.supervision.filter(({ staff }) => {
    const person = ledger.staff(staff)
    return person !== undefined && person.certificated && person.employee
  })
  const came = [...session.students.values()].map(({ student, intervals }) => {
    const grade = ledger.enrollmentOn(student, session.on)?.grade ?? ledger.student(student)?.enrollments.at(-1)?.grade
    return { young: grade !== undefined && isYoungest(grade), intervals }
  })
  const stretches: RatioStretch[] = []
  for (let at = Math.floor(from / MINUTE) * MINUTE; at < until; at += MINUTE) {
    const end = at + MINUTE
    let students = 0
    let young = false
    for (const each of came) {
      if (!each.intervals.some((stretch) => stretch.in < end && (stretch.out ?? until) > at)) continue
      students++
      young ||= each.young
    }
    if (students === 0) continue
    const teachers = new Set(certificated.filter((shift) => shift.from <= at && (shift.until ?? until) >= end).map(({ staff }) => staff))
      .size
    const most = teachers * mostStudents(session.on, young)
    const last = stretches.at(-1)
    if (last && last.until === at && last.students === students && last.teachers === teachers && last.most === most)
      stretches[stretches.length - 1] = { ...last, until: instant(end) }
    else stretches.push({ from: instant(at), until: instant(end), students, teachers, most, breached: students > most })
  }
  return stretches
}
