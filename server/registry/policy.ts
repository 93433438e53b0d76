/** What a change of the district's policy would change, worked out beside what holds and before anything is saved. */
import type { PolicyPreview, PutPolicy } from '../../shared/api.ts'
import type { Judgement, Ledger } from '../../shared/attendance/ledger.ts'
import { type RosterRow, rosterRows } from '../../shared/report/rows.ts'
import { fiscalYear, fiscalYearOf, type SchoolDate } from '../../shared/time.ts'

type Year = PolicyPreview['years'][number]
type Standing = Year['before']

/** The fiscal years that a change from a date on reaches, each with the last date of it that has come. */
export function yearsReached(from: SchoolDate, today: SchoolDate): readonly SchoolDate[] {
  const last = fiscalYearOf(today)
  const dates: SchoolDate[] = []
  for (let year = Math.min(fiscalYearOf(from), last); year < last; year++) dates.push(fiscalYear(year).last)
  return [...dates, today]
}

/** Compares the ledger as it stands with a second one, made of the same log, to which the change is added.
 *  @param seq of the change; above every other */
export function previewPolicy(held: Ledger, other: Ledger, change: PutPolicy, seq: number, today: SchoolDate): PolicyPreview {
  const { policy, ended } = change
  other.putRecord({ kind: 'policy', id: policy.from, seq, ended, body: policy })
  return { years: yearsReached(policy.from, today).map((asOf) => yearOf(held, other, asOf)) }
}

function yearOf(held: Ledger, other: Ledger, asOf: SchoolDate): Year {
  const total = { before: { ...NOTHING }, after: { ...NOTHING } }
  const students: Year['students'] = []
  for (const row of rosterRows(held, asOf)) {
    // A student with entries at several schools has one standing: it is counted with the first of them.
    if (held.student(row.student)?.sameStudent[0] !== row.student) continue
    const before = standingOf(held.judge(row.student, asOf))
    const after = standingOf(other.judge(row.student, asOf))
    addTo(total.before, before)
    addTo(total.after, after)
    if (FIGURES.some((figure) => before[figure] !== after[figure])) students.push({ ...named(held, row), before, after })
  }
  return { asOf, ...total, students }
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
