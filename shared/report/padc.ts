/** PADC line B-8: how much of a period's attendance is attendance recovery, by grade span. */
import { byCodeUnits } from '../rules/codeUnits.ts'
import type { Ledger } from '../attendance/ledger.ts'
import { schoolFacts } from '../attendance/studentFacts.ts'
import type { SiteId, StudentId } from '../ids.ts'
import type { Grade, SchoolType } from '../registry.ts'
import { cutOff, divisor, divisorCite, GRADE_SPANS, type GradeSpan, gradeSpan, type Period } from '../rules/california/periods.ts'
import type { SourceKey } from '../rules/law.ts'
import type { SchoolDate } from '../time.ts'
import { add, type Fraction, hundredths, NOTHING, twoDecimals } from './fraction.ts'
import { entryAt, gradeAt, groupBy, type Recovered, type RecoveredDay, recoveredStudents } from './recovered.ts'

/** A student behind a figure. */
export interface PadcStudent {
  readonly student: StudentId
  readonly last: string
  readonly first: string
  readonly grade: Grade | null
  readonly days: readonly RecoveredDay[]
}

/** One span at one school. */
export interface PadcSite {
  readonly site: SiteId
  readonly name: string
  readonly type: SchoolType
  readonly span: GradeSpan
  readonly days: number
  /** Days the school is taught in the period; 0 when its calendar is not known. */
  readonly divisor: number
  readonly cite: SourceKey
  /** With two decimals; null when there is nothing to divide by. */
  readonly ada: string | null
  readonly students: readonly PadcStudent[]
}

/** One span of the line. */
export interface PadcRow {
  readonly span: GradeSpan
  readonly days: number
  /** Average daily attendance in hundredths. It is inside the regular attendance, and not to be added to it. */
  readonly hundredths: number
  /** The same with two decimals. */
  readonly ada: string
  readonly sites: readonly PadcSite[]
}

/** Recovered days that no row can hold, and why. */
export interface PadcGap {
  readonly reason: 'noCalendar' | 'noGrade'
  readonly site: SiteId
  readonly students: readonly StudentId[]
  readonly days: number
}

/** The screens on which the line stands: a charter school reports for itself. */
export type PadcReporter = { readonly kind: 'district' } | { readonly kind: 'charter'; readonly site: SiteId; readonly name: string }

export interface PadcLine {
  readonly reporter: PadcReporter
  readonly rows: readonly PadcRow[]
  readonly total: { readonly days: number; readonly hundredths: number; readonly ada: string }
}

export interface Padc {
  readonly period: Period
  /** The fiscal year, by the calendar year it begins in. */
  readonly year: number
  readonly cutOff: SchoolDate
  /** The last day that is counted: the cut-off, or today before it. */
  readonly asOf: SchoolDate
  /** Whether the period is over. */
  readonly complete: boolean
  /** The district first, then each charter school by name. */
  readonly lines: readonly PadcLine[]
  readonly gaps: readonly PadcGap[]
}

/** What the line rests on, for its footnotes: what makes a day, what it may recover, when the period ends, and what days are divided by. */
export const PADC_CITES: readonly SourceKey[] = [
  'PADC B-8',
  'CDE FAQ daily',
  'CDE FAQ hours',
  'EC 46211(d)(1)',
  'EC 46211 yearly most',
  'EC 41601',
  'EC 48660(b)',
  '5 CCR 11960',
  'EC 42238.02(d)',
  'Reading: period',
]

/** The line for a period, computed from the log as of its cut-off: under that day's law and policy, whenever it is run.
 *  @cite PADC B-8, EC 41601, EC 42238.02(d), Reading: period
 *  @reading A day counts at the school, and in the grade, of the absence it recovers. */
export function padc(ledger: Ledger, period: Period, year: number, today: SchoolDate): Padc {
  const last = cutOff(period, year)
  const asOf = today < last ? today : last
  return padcOf(recoveredStudents(ledger, asOf).flatMap(sharesOf), ledger, { period, year, last }, today)
}

/** A period of a fiscal year, and its last day. */
export interface PeriodOf {
  readonly period: Period
  readonly year: number
  readonly last: SchoolDate
}

/** The line from the shares of its students, in their order. */
export function padcOf(shares: readonly Share[], ledger: Pick<Ledger, 'site' | 'district'>, of: PeriodOf, today: SchoolDate): Padc {
  const { period, year, last } = of
  const asOf = today < last ? today : last
  const sites = [...groupBy(shares, ({ site, span }) => `${site} ${span ?? ''}`).values()].flatMap((group) => {
    const [{ site, span }] = group as readonly [Share, ...Share[]]
    return span === null ? [] : [padcSite(ledger, site, span, group, of)]
  })
  const charters = [...groupBy(sites, (each) => each.site).values()]
    .map((group) => group[0] as PadcSite)
    .filter((each) => each.type === 'charter')
    .sort((a, b) => byCodeUnits(a.name, b.name))
  const ofDistrict = sites.filter((each) => each.type !== 'charter')
  const lines = [line({ kind: 'district' }, ofDistrict)]
  for (const { site, name } of charters) {
    const own = sites.filter((each) => each.site === site)
    lines.push(line({ kind: 'charter', site, name }, own))
  }
  return { period, year, cutOff: last, asOf, complete: today >= last, lines, gaps: gapsOf(shares, sites) }
}

/** What one student recovered at one school in one grade. */
export interface Share {
  readonly site: SiteId
  /** Null where the student has no enrollment at that school, and so no grade. */
  readonly span: GradeSpan | null
  readonly student: PadcStudent
}

/** A student's shares of the line: one for each school and grade of an absence that was recovered. */
export function sharesOf(recovered: Recovered): readonly Share[] {
  const groups = groupBy(recovered.days, (day) => `${day.site} ${gradeAt(recovered, day.site, day.recovers) ?? ''}`)
  return [...groups.values()].map((days): Share => {
    const { site, recovers } = days[0] as RecoveredDay
    const grade = gradeAt(recovered, site, recovers)
    const { id, last, first } = entryAt(recovered, site).student
    return { site, span: grade && gradeSpan(grade), student: { student: id, last, first, grade, days } }
  })
}

function gapsOf(shares: readonly Share[], sites: readonly PadcSite[]): readonly PadcGap[] {
  const without = new Set(sites.filter((site) => site.divisor === 0).map((site) => site.site))
  const reasonOf = ({ site, span }: Share): PadcGap['reason'] | undefined => {
    if (span === null) return 'noGrade'
    return without.has(site) ? 'noCalendar' : undefined
  }
  const gaps: PadcGap[] = []
  for (const group of groupBy(shares, (share) => `${share.site} ${reasonOf(share) ?? ''}`).values()) {
    const first = group[0] as Share
    const reason = reasonOf(first)
    const students = group.map((share) => share.student)
    if (reason) gaps.push({ reason, site: first.site, days: daysOf(students), students: students.map((each) => each.student) })
  }
  return gaps
}

const daysOf = (students: readonly PadcStudent[]): number => students.reduce((sum, each) => sum + each.days.length, 0)

function padcSite(
  ledger: Pick<Ledger, 'site' | 'district'>,
  id: SiteId,
  span: GradeSpan,
  shares: readonly Share[],
  { period, year, last }: PeriodOf,
): PadcSite {
  const students = shares.map((share) => share.student)
  const site = ledger.site(id)
  const facts = schoolFacts(id, site, ledger.district()?.zone ?? '')
  const by = divisor(facts, period, year, last)
  const days = daysOf(students)
  const ada = by === 0 ? null : twoDecimals(hundredths({ over: days, by }))
  return { site: id, name: site?.name ?? id, type: facts.type, span, days, divisor: by, cite: divisorCite(facts.type), ada, students }
}

function line(reporter: PadcReporter, sites: readonly PadcSite[]): PadcLine {
  const exact = (of: readonly PadcSite[]): Fraction =>
    of.reduce((sum, each) => (each.divisor === 0 ? sum : add(sum, { over: each.days, by: each.divisor })), NOTHING)
  const days = (of: readonly PadcSite[]): number => of.reduce((sum, each) => sum + (each.divisor === 0 ? 0 : each.days), 0)
  const rows = GRADE_SPANS.map((span): PadcRow => {
    const own = sites.filter((each) => each.span === span)
    const n = hundredths(exact(own))
    return { span, days: days(own), hundredths: n, ada: twoDecimals(n), sites: own }
  })
  // The line is the sum of what its rows print, so that a reader who adds them up gets the same.
  const total = rows.reduce((sum, row) => sum + row.hundredths, 0)
  return { reporter, rows, total: { days: days(sites), hundredths: total, ada: twoDecimals(total) } }
}
