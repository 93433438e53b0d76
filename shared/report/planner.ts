/** Who of a section would gain most from a session: so that those are invited for whom it recovers something. */
import { byCodeUnits } from '../rules/codeUnits.ts'
import { meetingsOf, plannedOn } from '../attendance/planned.ts'
import type { Ledger } from '../attendance/ledger.ts'
import type { StudentId } from '../ids.ts'
import type { Grade, Section } from '../registry.ts'
import { isYoungest } from '../rules/california/minimumDay.ts'
import { beginBy, type Gain } from '../rules/california/nextSession.ts'
import { cutOff, PERIODS, type Period, type SchoolMonths } from '../rules/california/periods.ts'
import { mostStudents } from '../rules/california/ratio.ts'
import { fiscalYear, fiscalYearOf, type SchoolDate } from '../time.ts'

export interface PlanRow {
  readonly student: StudentId
  readonly last: string
  readonly first: string
  readonly localId: string
  readonly grade: Grade | null
  readonly gain: Gain
  /** Whole minutes of the session that would count. */
  readonly minutes: number
  /** Whole hours towards the next day, before the session and after it. */
  readonly hoursBefore: number
  readonly hoursAfter: number
  readonly claimableBefore: number
  readonly claimableAfter: number
  /** How many absences could still be recovered this year, before the session. */
  readonly remainingBefore: number
  /** Such sessions until the next day, this one included; null when they add up to none. */
  readonly sessionsToDay: number | null
  /** The last meeting to begin with so that the day is complete by the end of each period; null when it no longer can be. */
  readonly beginBy: Readonly<Record<Period, SchoolDate | null>>
}

export type PlanWarning =
  /** If everybody on the list comes, the ratio is exceeded and nobody earns. */
  | { readonly kind: 'ratioBreached'; readonly students: number; readonly teachers: number; readonly most: number }
  | { readonly kind: 'noCertificatedTeacher' }

/** A row for each student, those who would gain most first: a day that can be claimed, hours towards one (fewest sessions left
 *  first), something to bank, nothing. Of equals, who has more to recover comes first; then by name.
 *  @param students others than those of the section, to see whom else to invite
 *  @param months the last days the district set for its periods */
export function plan(
  ledger: Ledger,
  section: Section,
  on: SchoolDate,
  students: Iterable<StudentId> = section.students,
  months: readonly SchoolMonths[] = [],
): readonly PlanRow[] {
  const zone = ledger.site(section.site)?.zone ?? ledger.district()?.zone ?? 'America/Los_Angeles'
  const planned = plannedOn(section, on, zone)
  const year = fiscalYearOf(on)
  const meetings = meetingsOf(section, on, fiscalYear(year).last, ledger.site(section.site))
  const rows: PlanRow[] = []
  for (const id of new Set(students)) {
    const view = ledger.student(id)
    if (!view) continue
    const { last, first, localId } = view.student
    const { gain, minutes, before, after, sessionsToDay } = ledger.nextSession(id, planned)
    const by = (period: Period): SchoolDate | null =>
      sessionsToDay === null ? null : beginBy(meetings, cutOff(period, year, months), sessionsToDay)
    rows.push({
      student: id,
      last,
      first,
      localId,
      grade: (ledger.enrollmentOn(id, on) ?? view.enrollments.at(-1))?.grade ?? null,
      gain,
      minutes,
      hoursBefore: before.hours,
      hoursAfter: after.hours,
      claimableBefore: before.claimableDays,
      claimableAfter: after.claimableDays,
      remainingBefore: before.remainingDays,
      sessionsToDay,
      beginBy: { 'P-1': by(PERIODS[0]), 'P-2': by(PERIODS[1]), Annual: by(PERIODS[2]) },
    })
  }
  return rows.sort(byGain)
}

/** What would spoil the session for everybody, known before it begins.
 *  @cite EC 46211 ratio, EC 46211 supervision */
export function planWarnings(ledger: Ledger, section: Section, on: SchoolDate): readonly PlanWarning[] {
  const teachers = teachersOf(ledger, section)
  if (teachers === 0) return [{ kind: 'noCertificatedTeacher' }]
  const most = mostOf(ledger, section, on, section.students)
  const students = section.students.length
  return students > most ? [{ kind: 'ratioBreached', students, teachers, most }] : []
}

/** How many more may come, beside everybody on the list, before the ratio is exceeded.
 *  @cite EC 46211 ratio
 *  @param others those of whom some are to be asked: one kindergartner among them brings the stricter ratio */
export function placesLeft(ledger: Ledger, section: Section, on: SchoolDate, others: readonly StudentId[]): number {
  return Math.max(0, mostOf(ledger, section, on, [...section.students, ...others]) - section.students.length)
}

const teachersOf = (ledger: Ledger, section: Section): number =>
  section.staff.filter((id) => {
    const staff = ledger.staff(id)
    return staff?.certificated === true && staff.employee
  }).length

function mostOf(ledger: Ledger, section: Section, on: SchoolDate, students: readonly StudentId[]): number {
  const youngest = students.some((id) => {
    const grade = ledger.enrollmentOn(id, on)?.grade
    return grade !== undefined && isYoungest(grade)
  })
  return teachersOf(ledger, section) * mostStudents(on, youngest)
}

const RANK: Readonly<Record<Gain['kind'], number>> = { day: 0, hours: 1, toBank: 2, nothing: 3 }
const byGain = (a: PlanRow, b: PlanRow): number =>
  RANK[a.gain.kind] - RANK[b.gain.kind] ||
  (a.sessionsToDay ?? 99) - (b.sessionsToDay ?? 99) ||
  b.remainingBefore - a.remainingBefore ||
  byCodeUnits(a.last, b.last) ||
  byCodeUnits(a.first, b.first) ||
  byCodeUnits(a.localId, b.localId)
