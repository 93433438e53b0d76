/** One row a student: the totals beside who it is. What rosters, reports and exports are made from. */
import { byCodeUnits } from '../rules/codeUnits.ts'
import type { Ledger, StudentView } from '../attendance/ledger.ts'
import type { SiteId, StudentId } from '../ids.ts'
import type { Grade } from '../registry.ts'
import type { HeldBy } from '../rules/california/claim.ts'
import type { Flag } from '../rules/california/flags.ts'
import type { SchoolDate } from '../time.ts'

export interface RosterRow {
  readonly student: StudentId
  readonly last: string
  readonly first: string
  readonly localId: string
  readonly ssid: string | null
  /** Of the enrollment that speaks for the date; null for a student without one. */
  readonly grade: Grade | null
  readonly site: SiteId | null
  /** Absences that may be recovered. */
  readonly absences: number
  readonly hours: number
  readonly minutes: number
  readonly earnedDays: number
  readonly pendingDays: number
  readonly claimableDays: number
  readonly bankedDays: number
  readonly beyondCapDays: number
  readonly remainingDays: number
  readonly heldBy: HeldBy
  readonly flags: readonly Flag[]
}

export interface RosterFilter {
  readonly site?: SiteId
  readonly students?: ReadonlySet<StudentId>
}

/** A row for each student at the end of a school date, by last name, first name, then local number, by code units. */
export function rosterRows(ledger: Ledger, asOf: SchoolDate, filter: RosterFilter = {}): readonly RosterRow[] {
  const rows: RosterRow[] = []
  for (const view of ledger.students()) {
    if (filter.students && !filter.students.has(view.student.id)) continue
    const row = rosterRow(ledger, view, asOf)
    if (filter.site === undefined || row.site === filter.site) rows.push(row)
  }
  return rows.sort(byName)
}

/** One student's row. */
export function rosterRow(ledger: Ledger, view: StudentView, asOf: SchoolDate): RosterRow {
  const { id, last, first, localId, ssid } = view.student
  const enrollment = ledger.enrollmentOn(id, asOf) ?? view.enrollments.at(-1)
  const totals = ledger.judge(id, asOf)
  return {
    student: id,
    last,
    first,
    localId,
    ssid,
    grade: enrollment?.grade ?? null,
    site: enrollment?.site ?? null,
    absences: totals.eligibleAbsences,
    hours: totals.hours,
    minutes: totals.minutes,
    earnedDays: totals.earnedDays,
    pendingDays: totals.pendingDays,
    claimableDays: totals.claimableDays,
    bankedDays: totals.bankedDays,
    beyondCapDays: totals.beyondCapDays,
    remainingDays: totals.remainingDays,
    heldBy: totals.heldBy,
    flags: totals.flags,
  }
}

/** By last name, first name, local number, by code units. */
export const byName = (
  a: Pick<RosterRow, 'last' | 'first' | 'localId' | 'student'>,
  b: Pick<RosterRow, 'last' | 'first' | 'localId' | 'student'>,
): number =>
  byCodeUnits(a.last, b.last) || byCodeUnits(a.first, b.first) || byCodeUnits(a.localId, b.localId) || byCodeUnits(a.student, b.student)
