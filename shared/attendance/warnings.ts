/** What is wrong in a session at this moment, for the teacher to mend while it can be mended. */
import { mostStudents } from '../rules/california/ratio.ts'
import { regularDay } from '../rules/california/schoolDay.ts'
import type { SchoolFacts } from '../rules/facts.ts'
import { intersect } from '../rules/spans.ts'
import type { StaffId, StudentId } from '../ids.ts'
import type { SessionState } from './fold.ts'

export type SessionWarning =
  /** More students are in than the certificated teachers who are there may have. */
  | { readonly kind: 'ratioBreached'; readonly pupils: number; readonly teachers: number; readonly most: number }
  /** Students are in and no certificated employee is. */
  | { readonly kind: 'noCertificatedTeacher'; readonly pupils: number }
  /** The scheduled window reaches into the school's regular day. */
  | { readonly kind: 'insideSchoolDay'; readonly from: number; readonly until: number }

/** The warnings of a session as it stands. Once it has ended only what concerns its window remains.
 *  @cite EC 46211 ratio, EC 46211 supervision, EC 46211(b)(1) */
export function sessionWarnings(
  state: SessionState,
  school: SchoolFacts,
  teaches: (staff: StaffId) => boolean,
  isYoungest: (student: StudentId) => boolean,
): readonly SessionWarning[] {
  const warnings: SessionWarning[] = []
  if (!state.started) return warnings
  if (state.endedAt === null) {
    const here = [...state.students.values()].filter((student) => student.since !== null)
    const teachers = new Set(state.supervision.filter((shift) => shift.until === null && teaches(shift.staff)).map((shift) => shift.staff))
      .size
    const most =
      teachers *
      mostStudents(
        state.on,
        here.some((student) => isYoungest(student.student)),
      )
    if (here.length > 0 && teachers === 0) warnings.push({ kind: 'noCertificatedTeacher', pupils: here.length })
    else if (here.length > most) warnings.push({ kind: 'ratioBreached', pupils: here.length, teachers, most })
  }
  const inside = intersect([state.window.from, state.window.until], regularDay(school, state.on))
  if (inside.length > 0) warnings.push({ kind: 'insideSchoolDay', from: inside[0] as number, until: inside[1] as number })
  return warnings
}
