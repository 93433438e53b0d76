/** What the exports have in common: the year, where the file goes, and how findings are told. */
import { writeFileSync } from 'node:fs'
import { reportedNext } from '../../shared/report/reportedNext.ts'
import type { Context } from '../context.ts'
import { openReports, type Reports } from '../reports/reports.ts'
import { type Io, Stop } from './io.ts'

export interface ExportOptions {
  readonly year?: string
  readonly out?: string
  readonly json?: boolean
}

/** The reports of a data folder. */
export const reportsOf = (context: Context): Reports => openReports(context, async () => undefined)

/** The fiscal year that is meant, by the calendar year it begins in; the one that is reported next when none is given. */
export function yearOf({ year }: Pick<ExportOptions, 'year'>, reports: Reports): number {
  if (year === undefined) return reportedNext(reports.today()).year
  const [, first, second] = /^(\d{4})(?:-(\d{4}))?$/.exec(year) ?? []
  if (first === undefined || (second !== undefined && Number(second) !== Number(first) + 1))
    throw new Stop(`--year ${year}: give a school year such as 2026-2027.`)
  return Number(first)
}

/** What is said of `--year`. */
export const YEAR_MEANS =
  'the school year, such as 2026-2027; when not given, the one that is reported next (in July and August the one that is over)'

/** Writes the file where it was asked for: `--out`, else the standard output. */
export function deliver(content: string | Uint8Array, { out }: ExportOptions, io: Io): void {
  if (out === undefined) io.stdout.write(content)
  else writeFileSync(out, content)
}

/** Says what was found, one line each or as one JSON object, and ends with 1 when there is any. */
export function tell(findings: readonly string[], notes: readonly string[], json: object, options: ExportOptions, io: Io): void {
  if (options.json) io.stderr.write(`${JSON.stringify(json)}\n`)
  else for (const line of [...findings, ...notes]) io.stderr.write(`${line}\n`)
  if (findings.length > 0) throw new Stop('', 1)
}
