/** The PADC worksheet of a period: line B-8 by grade span, the schools behind it, the students behind those. */
import { type Cell, toCsv } from '../../shared/report/csv.ts'
import { type Padc, PADC_CITES, type PadcReporter } from '../../shared/report/padc.ts'
import { SOURCES } from '../../shared/rules/law.ts'
import type { Unfinished } from './unfinished.ts'
import { type Sheet, toXlsx } from './xlsx.ts'

/** The figures with what made them: a place in the log, and a version of the rules. */
export interface PadcReport extends Padc {
  readonly district: string
  readonly through: { readonly epoch: string; readonly seq: number }
  readonly rules: string
  readonly unfinished: Unfinished
}

export const fiscalYearName = (year: number): string => `${year}-${year + 1}`
const reporterName = (reporter: PadcReporter, district: string): string => (reporter.kind === 'district' ? district : reporter.name)

const LINE_HEADERS = ['Reporter', 'Period', 'Fiscal Year', 'Line', 'Grade Span', 'Days', 'ADA']
const SITE_HEADERS = ['Reporter', 'School', 'Grade Span', 'Days', 'Divisor', 'ADA', 'Divided By The Word Of']
const STUDENT_HEADERS = ['Reporter', 'School', 'Grade Span', 'Last Name', 'First Name', 'Grade', 'Days', 'Recovered Absences', 'Earned On']

function lineRows(report: PadcReport): Cell[][] {
  return report.lines.flatMap(({ reporter, rows, total }) => {
    const head = [reporterName(reporter, report.district), report.period, fiscalYearName(report.year), 'B-8']
    return [...rows.map((row) => [...head, row.span, row.days, row.ada]), [...head, 'Total', total.days, total.ada]]
  })
}

const sitesOf = (report: PadcReport) =>
  report.lines.flatMap(({ reporter, rows }) =>
    rows.flatMap((row) => row.sites.map((site) => ({ reporter: reporterName(reporter, report.district), site }))),
  )

const siteRows = (report: PadcReport): Cell[][] =>
  sitesOf(report).map(({ reporter, site }) => [reporter, site.name, site.span, site.days, site.divisor, site.ada, site.cite])

const studentRows = (report: PadcReport): Cell[][] =>
  sitesOf(report).flatMap(({ reporter, site }) =>
    site.students.map(({ last, first, grade, days }) => [
      reporter,
      site.name,
      site.span,
      last,
      first,
      grade,
      days.length,
      days.map((day) => day.recovers).join(' '),
      days.map((day) => day.earnedOn).join(' '),
    ]),
  )

/** Line B-8 by grade span, each reporter's rows and their total. */
export const padcCsv = (report: PadcReport): string => toCsv(LINE_HEADERS, lineRows(report))

/** The worksheet as sheets: the line, the schools, the students, what is to be known about the figures, and the sources they rest on. */
export function padcSheets(report: PadcReport, notes: readonly (readonly [string, Cell])[]): readonly Sheet[] {
  return [
    { name: 'Line B-8', headers: LINE_HEADERS, rows: lineRows(report), widths: [36, 10, 14, 8, 14, 10, 10] },
    { name: 'Schools', headers: SITE_HEADERS, rows: siteRows(report), widths: [36, 36, 14, 10, 10, 10, 24] },
    { name: 'Students', headers: STUDENT_HEADERS, rows: studentRows(report), widths: [36, 36, 14, 20, 20, 8, 8, 60, 60] },
    { name: 'About', headers: ['What', 'Value'], rows: [...aboutRows(report), ...notes], widths: [40, 60] },
    { name: 'Sources', headers: ['Source', 'What It Says', 'Where', 'Last Read'], rows: sourceRows, widths: [36, 90, 60, 12] },
  ]
}

const sourceRows: Cell[][] = PADC_CITES.map((key) => [SOURCES[key].pin, SOURCES[key].says, SOURCES[key].link, SOURCES[key].read])

/** The same as a workbook without a formula. */
export const padcXlsx = (report: PadcReport, notes: readonly (readonly [string, Cell])[] = []): Promise<Buffer> =>
  toXlsx(padcSheets(report, notes))

function aboutRows({ period, year, cutOff, asOf, complete, through, rules, unfinished: left, gaps }: PadcReport): Cell[][] {
  return [
    ['Period', period],
    ['Fiscal year', fiscalYearName(year)],
    ['Last day of the period', cutOff],
    ['Counted up to', asOf],
    ['Period is over', complete ? 'yes' : 'no'],
    ['Log position', `${through.seq} in ${through.epoch}`],
    ['Rules', rules],
    ['Inside the regular attendance', 'yes: informational, not to be added to it'],
    ['Sessions not certified', left.sessions],
    ['Days waiting for certification', left.pendingDays],
    ...gaps.map((gap): Cell[] => [gap.reason === 'noCalendar' ? 'Days of a school without a calendar' : 'Days without a grade', gap.days]),
  ]
}
