/** The recovered days of a district, student by student: what STAS and PADC rows are both made from. */
import { byCodeUnits } from '../rules/codeUnits.ts'
import type { Ledger, StudentView } from '../attendance/ledger.ts'
import { as, type SiteId } from '../ids.ts'
import type { Grade } from '../registry.ts'
import type { ClaimedDay } from '../rules/california/claim.ts'
import type { SchoolDate } from '../time.ts'

/** A day that recovers an absence. */
export interface RecoveredDay {
  readonly earnedOn: SchoolDate
  readonly path: ClaimedDay['path']
  /** The absence. */
  readonly recovers: SchoolDate
  /** Where that absence occurred. */
  readonly site: SiteId
}

export interface Recovered {
  /** The entry that is named first of those that are one student for the law. */
  readonly view: StudentView
  /** All of them. */
  readonly entries: readonly StudentView[]
  /** In the order earned. */
  readonly days: readonly RecoveredDay[]
}

/** Every student who recovered at least one day by the end of a date, once, however many entries the student has.
 *  @cite EC 46211 yearly most, Aeries school of absence */
export function recoveredStudents(ledger: Ledger, asOf: SchoolDate): readonly Recovered[] {
  const students = [...ledger.students()].map((view) => recoveredBy(ledger, view, asOf)).filter((each) => each !== undefined)
  return students.sort((a, b) => byStudent(a.view.student, b.view.student))
}

/** What one student recovered; undefined for nothing, and for an entry that another speaks for. */
export function recoveredBy(ledger: Ledger, view: StudentView, asOf: SchoolDate): Recovered | undefined {
  const { student, sameStudent } = view
  if (sameStudent[0] !== student.id) return undefined
  const days = recoveredDays(ledger.judge(student.id, asOf).days)
  if (days.length === 0) return undefined
  return { view, entries: sameStudent.map((id) => ledger.student(id)).filter((entry) => entry !== undefined), days }
}

function recoveredDays(days: readonly ClaimedDay[]): readonly RecoveredDay[] {
  return days.flatMap(({ earnedOn, path, recovers, school }) =>
    recovers === null || school === null ? [] : [{ earnedOn, path, recovers, site: as<SiteId>(school) }],
  )
}

/** The entry under which a student is at a school: the one with an enrollment there, else the first. */
export function entryAt({ entries, view }: Recovered, site: SiteId): StudentView {
  return entries.find((entry) => entry.enrollments.some((enrollment) => enrollment.site === site)) ?? view
}

/** The grade of the enrollment at a school that covers a date, else the last begun, else the first there; null without one. */
export function gradeAt(recovered: Recovered, site: SiteId, on: SchoolDate): Grade | null {
  const there = recovered.entries.flatMap((entry) => entry.enrollments).filter((enrollment) => enrollment.site === site)
  const covering = there.findLast(({ from, until }) => from <= on && (until === null || on < until))
  return (covering ?? there.findLast(({ from }) => from <= on) ?? there[0])?.grade ?? null
}

type Named = Pick<StudentView['student'], 'id' | 'last' | 'first' | 'localId'>
/** The order in which reports name students. */
export const byStudent = (a: Named, b: Named): number =>
  byCodeUnits(a.last, b.last) || byCodeUnits(a.first, b.first) || byCodeUnits(a.localId, b.localId) || byCodeUnits(a.id, b.id)

/** Some things by a key of theirs, in the order in which a key first appears. */
export function groupBy<T, K>(things: Iterable<T>, keyOf: (thing: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const thing of things) {
    const key = keyOf(thing)
    const group = groups.get(key)
    if (group) group.push(thing)
    else groups.set(key, [thing])
  }
  return groups
}
