/** `recoup export padc` and `export money`: line B-8 of a period by grade span, and what it may be worth. */
import { extname } from 'node:path'
import { toCsv } from '../../shared/report/csv.ts'
import { moneyEstimate } from '../../shared/report/money.ts'
import { type Period, PERIODS } from '../../shared/rules/california/periods.ts'
import type { Context } from '../context.ts'
import { padcCsv, type PadcReport, padcXlsx } from '../reports/padcReport.ts'
import { costUpTo, openSettings, ratesOn } from '../reports/settings.ts'
import { deliver, type ExportOptions, reportsOf, tell, yearOf } from './exportOptions.ts'
import { type Io, Stop } from './io.ts'

export interface PeriodOptions extends ExportOptions {
  readonly period: string
}

/** Writes the worksheet: a workbook when the file's name ends in .xlsx, else CSV. Findings: sessions not certified, days no row can hold. */
export async function exportPadc(context: Context, options: PeriodOptions, io: Io): Promise<void> {
  const report = await reportOf(context, options)
  deliver(extname(options.out ?? '') === '.xlsx' ? await padcXlsx(report) : padcCsv(report), options, io)
  const { asOf, complete, gaps, through, unfinished } = report
  tell(findings(report), notes(report), { asOf, complete, gaps, through, unfinished }, options, io)
}

/** Writes the estimate by grade span, in dollars, at the district's own rates. Findings: a span without a rate. */
export async function exportMoney(context: Context, options: PeriodOptions, io: Io): Promise<void> {
  const report = await reportOf(context, options)
  const settings = openSettings(context.log).all()
  const rates = ratesOn(settings, report.asOf)
  const lines = report.lines.map((line) => ({ line, money: moneyEstimate(line, rates) }))
  const headers = ['Reporter', 'Period', 'Grade Span', 'ADA', 'Rate', 'Estimate']
  const rows = lines.flatMap(({ line: { reporter, rows: spans }, money }) => {
    const name = reporter.kind === 'district' ? report.district : reporter.name
    return money.rows.map((row, i) => [name, report.period, row.span, spans[i]?.ada ?? '', dollars(row.rate), dollars(row.cents)])
  })
  deliver(toCsv(headers, rows), options, io)
  const cents = lines.reduce((sum, { money }) => sum + money.cents, 0)
  const cost = costUpTo(settings, report.asOf)
  const without = lines.flatMap(({ money }) => money.rows.filter((row) => row.rate === null && row.hundredths > 0).map((row) => row.span))
  tell(
    [...new Set(without)].map(
      (span) => `${span}: no rate holds on ${report.asOf}; set one under “Rates and costs”, or with "recoup set rate".`,
    ),
    [`Estimate ${dollars(cents)}, cost ${dollars(cost)}. An estimate at your own rates; no part of a report.`],
    { cents, cost, withoutRate: [...new Set(without)] },
    options,
    io,
  )
}

async function reportOf(context: Context, options: PeriodOptions): Promise<PadcReport> {
  const period = periodOf(options.period)
  const reports = reportsOf(context)
  return reports.padc(period, yearOf(options, reports))
}

/** The period of a name, in any case. */
export function periodOf(name: string): Period {
  const period = PERIODS.find((each) => each.toLowerCase() === name.toLowerCase())
  if (!period) throw new Stop(`--period ${name}: give P-1, P-2 or annual.`)
  return period
}

function findings({ gaps, unfinished: { sessions, pendingDays } }: PadcReport): string[] {
  const found = gaps.map(({ reason, days, students }) =>
    reason === 'noCalendar'
      ? `${days} days of ${students.length} students are at a school without a calendar: import it, there is nothing to divide by.`
      : `${days} days of ${students.length} students are at a school where they have no enrollment, and so no grade.`,
  )
  if (sessions > 0) found.push(`${sessions} sessions are not certified; ${pendingDays} days wait for that and are not counted.`)
  return found
}

const notes = ({ asOf, complete, cutOff, through }: PadcReport): string[] => [
  complete
    ? `As of ${asOf}, log position ${through.seq}.`
    : `As of ${asOf}, log position ${through.seq}; the period ends on ${cutOff} and is not over.`,
]

const dollars = (cents: number | null): string | null =>
  cents === null ? null : `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
