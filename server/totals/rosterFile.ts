/** The merged roster as a file: those whom a view shows, in its order. */
import type { RosterLine, RosterQuery } from '../../shared/api/totals.ts'
import { type Cell, toCsv } from '../../shared/report/csv.ts'
import type { Instant } from '../../shared/time.ts'
import type { Scope } from '../log/deliver.ts'
import type { Db } from '../log/openDatabase.ts'
import { toXlsx } from '../reports/xlsx.ts'
import { rosterLines } from './roster.ts'

const HEADERS = [
  ...['Student ID', 'State Student ID', 'Last Name', 'First Name', 'Grade', 'School', 'As Of', 'Eligible Absences', 'Hours', 'Minutes'],
  ...[
    'Minimum Day Minutes',
    'Earned Days',
    'Pending Days',
    'Claimable Days',
    'Banked Days',
    'Beyond Cap Days',
    'Remaining Days',
    'Held By',
  ],
  ...['Flags', 'Sessions Planned', 'Sessions Attended', 'Last Attended', 'Attention'],
]
/** More pages than any district has. */
const ALL = '999'

const rowOf = (row: RosterLine, asOf: string): readonly Cell[] => [
  ...[row.localId, row.ssid, row.last, row.first, row.grade, row.siteName, asOf, row.eligibleAbsences, row.hours, row.minutes],
  ...[row.minimumDayMinutes, row.earnedDays, row.pendingDays, row.claimableDays, row.bankedDays, row.beyondCapDays, row.remainingDays],
  ...[row.heldBy, [...row.flags].sort().join(' '), row.planned, row.came, row.lastCame, row.attention.join(' ')],
]

const rowsOf = (db: Db, scope: Scope, query: RosterQuery, asOf: string, now: Instant): readonly (readonly Cell[])[] =>
  rosterLines(db, scope, { ...query, pages: ALL }, now).map((row) => rowOf(row, asOf))

/** Which file of which view. */
export interface RosterFileAsked {
  readonly scope: Scope
  readonly query: RosterQuery
  readonly asOf: string
  readonly now: Instant
  readonly type: 'csv' | 'xlsx'
}

/** With a header line, safe to open in a spreadsheet. Days, hours and minutes are whole. */
export async function rosterFile(db: Db, { scope, query, asOf, now, type }: RosterFileAsked): Promise<Uint8Array> {
  const rows = rowsOf(db, scope, query, asOf, now)
  return type === 'csv' ? Buffer.from(toCsv(HEADERS, rows)) : await toXlsx([{ name: `Roster ${asOf}`, headers: HEADERS, rows }])
}
