/** What a change of the district's policy would change, worked out beside what holds and before anything is saved. */
import type { PolicyPreview, PutPolicy } from '../../shared/api/registry.ts'
import type { Judgement, Ledger } from '../../shared/attendance/ledger.ts'
import type { SiteId } from '../../shared/ids.ts'
import { byName, type RosterRow, rosterRow } from '../../shared/report/rows.ts'
import { fiscalYear, fiscalYearOf, type SchoolDate } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import type { Pace } from '../reports/pace.ts'
import { isHome } from '../reports/schools.ts'

type Year = PolicyPreview['years'][number]
type Standing = Year['before']

/** The fiscal years that a change from a date on reaches, each with the last date of it that has come. */
export function yearsReached(from: SchoolDate, today: SchoolDate): readonly SchoolDate[] {
  const last = fiscalYearOf(today)
  const dates: SchoolDate[] = []
  for (let year = Math.min(fiscalYearOf(from), last); year < last; year++) dates.push(fiscalYear(year).last)
  return [...dates, today]
}

/** Compares what each school is told as it stands with a second fold of the same, to which the change is added. */
export async function previewPolicy(
  { log, schools }: Pick<Context, 'log' | 'schools'>,
  pace: Pace,
  { policy, ended }: PutPolicy,
  today: SchoolDate,
): Promise<PolicyPreview> {
  const years = yearsReached(policy.from, today).map((asOf) => ({
    asOf,
    before: { ...NOTHING },
    after: { ...NOTHING },
    students: [] as Year['students'],
  }))
  for (const site of schools.ids()) {
    log.read(() => {
      const held = schools.ledger(site)
      const other = schools.anew(site)
      other.putRecord({ kind: 'policy', id: policy.from, seq: log.head() + 1, ended, body: policy })
      for (const year of years) addSchool(year, held, other, site)
    })
    await pace()
  }
  for (const { students } of years) students.sort(byName)
  return { years }
}

function addSchool({ asOf, before, after, students }: Year, held: Ledger, other: Ledger, site: SiteId): void {
  for (const view of held.students()) {
    // A student with entries at several schools has one standing: it is counted with the first of them.
    if (view.sameStudent[0] !== view.student.id || !isHome(held, view, site, asOf)) continue
    const was = standingOf(held.judge(view.student.id, asOf))
    const is = standingOf(other.judge(view.student.id, asOf))
    addTo(before, was)
    addTo(after, is)
    if (FIGURES.some((figure) => was[figure] !== is[figure]))
      students.push({ ...named(held, rosterRow(held, view, asOf)), before: was, after: is })
  }
}

const FIGURES = ['earnedDays', 'pendingDays', 'claimableDays', 'bankedDays', 'minutes'] as const
const NOTHING: Standing = { earnedDays: 0, pendingDays: 0, claimableDays: 0, bankedDays: 0, minutes: 0 }

const standingOf = ({ earnedDays, pendingDays, claimableDays, bankedDays, minutes }: Judgement): Standing => ({
  earnedDays,
  pendingDays,
  claimableDays,
  bankedDays,
  minutes,
})

function addTo(sum: Standing, one: Standing): void {
  for (const figure of FIGURES) sum[figure] += one[figure]
}

const named = (ledger: Ledger, { student, last, first, localId, grade, site }: RosterRow) => ({
  student,
  last,
  first,
  localId,
  grade,
  site,
  siteName: site === null ? '' : (ledger.site(site)?.name ?? ''),
})
