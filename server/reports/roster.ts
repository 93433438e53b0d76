/** The merged roster: every student of a scope with the totals, for the screen and as a file. */
import type { RosterRow } from '../../shared/api.ts'
import type { Ledger } from '../../shared/attendance/ledger.ts'
import { toCsv } from '../../shared/report/csv.ts'
import { rosterRows } from '../../shared/report/rows.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { Scope } from '../log/deliver.ts'
import { isInScope } from '../log/overview.ts'

/** Rows of the students now enrolled at the scope's sites, by name; one site of it when given. */
export function rosterOf(ledger: Ledger, scope: Scope, asOf: SchoolDate, site?: string): RosterRow[] {
  return rosterRows(ledger, asOf)
    .filter((row) => isInScope(scope, row.site) && (site === undefined || row.site === site))
    .map(({ absences, ...row }) => ({
      ...row,
      siteName: row.site === null ? '' : (ledger.site(row.site)?.name ?? ''),
      eligibleAbsences: absences,
      minimumDayMinutes: ledger.judge(row.student, asOf).minimumDayMinutes,
      flags: [...row.flags],
    }))
}

const HEADERS = [
  'Student ID',
  'State Student ID',
  'Last Name',
  'First Name',
  'Grade',
  'School',
  'As Of',
  'Eligible Absences',
  'Hours',
  'Minutes',
  'Minimum Day Minutes',
  'Earned Days',
  'Pending Days',
  'Claimable Days',
  'Banked Days',
  'Beyond Cap Days',
  'Remaining Days',
  'Held By',
  'Flags',
]

/** The roster as CSV with a header line, safe to open in a spreadsheet. Days, hours and minutes are whole. */
export const rosterCsv = (rows: readonly RosterRow[], asOf: SchoolDate): string =>
  toCsv(
    HEADERS,
    rows.map((row) => [
      row.localId,
      row.ssid,
      row.last,
      row.first,
      row.grade,
      row.siteName,
      asOf,
      row.eligibleAbsences,
      row.hours,
      row.minutes,
      row.minimumDayMinutes,
      row.earnedDays,
      row.pendingDays,
      row.claimableDays,
      row.bankedDays,
      row.beyondCapDays,
      row.remainingDays,
      row.heldBy,
      [...row.flags].sort().join(' '),
    ]),
  )
