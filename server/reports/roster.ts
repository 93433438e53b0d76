/** The merged roster: every student of a scope with the totals, for the screen and as a file. */
import type { RosterRow } from '../../shared/api/desk.ts'
import { toCsv } from '../../shared/report/csv.ts'
import { byName, rosterRows } from '../../shared/report/rows.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { Scope } from '../log/deliver.ts'
import { isInScope } from '../log/overview.ts'
import type { Context } from '../context.ts'
import type { Pace } from './pace.ts'
import { isSectionKey } from '../log/sectionScopes.ts'
import { as, type SiteId } from '../../shared/ids.ts'
import { NOWHERE } from './schools.ts'

export interface Roster {
  readonly seq: number
  readonly rows: RosterRow[]
}

/** Rows of the students now enrolled at the scope's sites, by name; one site of it when given. Worked out a school at a time. */
export async function rosterIn(
  { log, schools, store }: Pick<Context, 'log' | 'schools' | 'store'>,
  pace: Pace,
  scope: Scope,
  asOf: SchoolDate,
  site?: string,
): Promise<Roster> {
  const rows: RosterRow[] = []
  const sections = scope === 'all' ? [] : scope.filter(isSectionKey).map((key) => as<SiteId>(key))
  const listed = log.db.prepare<[string], string>('SELECT student FROM student_site WHERE site = ?').pluck()
  const seen = new Set<string>()
  for (const id of [...schools.ids(), ...sections]) {
    const isSection = isSectionKey(id)
    if (!isInScope(scope, id === NOWHERE ? null : id) || (site !== undefined && id !== site)) continue
    log.read(() => {
      const ledger = schools.ledger(id)
      const own = new Set(isSection ? listed.all(id) : [])
      for (const { absences, ...row } of rosterRows(ledger, asOf)) {
        if (isSection ? !own.has(row.student) || seen.has(row.student) : (row.site ?? NOWHERE) !== id) continue
        seen.add(row.student)
        const siteName = row.site === null ? '' : (store.get('site', row.site)?.body.name ?? '')
        const { minimumDayMinutes } = ledger.judge(row.student, asOf)
        rows.push({ ...row, siteName, eligibleAbsences: absences, minimumDayMinutes, flags: [...row.flags] })
      }
    })
    await pace()
  }
  return { seq: log.head(), rows: rows.sort(byName) }
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
