/** `recoup export stas`: Attendance Recovery Days (STAS 13.24), as a list or merged into the file of the student information system. */
import { readFileSync } from 'node:fs'
import type { StasProblem, StasRow } from '../../shared/report/stas.ts'
import type { StasFault } from '../../shared/report/stasLayout.ts'
import { yearOfStas } from '../../shared/report/stasMerge.ts'
import type { Context } from '../context.ts'
import type { StasReport } from '../reports/reports.ts'
import { mergeStasFile, stasCsv } from '../reports/stasReport.ts'
import { deliver, type ExportOptions, reportsOf, tell, yearOf } from './exportOptions.ts'
import { type Io, Stop } from './io.ts'

export interface StasOptions extends ExportOptions {
  readonly merge?: string
}

const REPLACES =
  'CALPADS replaces every STAS record of a school and year by those of the file you send: send the whole file of your student information system, never a part of it.'

const SAID: Readonly<Record<StasProblem, string>> = {
  STAS0739: 'STAS0739: the days are not a whole number from 0 to 10',
  STAS0740E1: 'STAS0740E1: more than 10 days over all schools',
  STAS0651: 'STAS0651: no record may be sent for this school',
  daysAgainstAbsences: 'more days than absences that may be recovered',
  noSsid: 'no statewide identifier: import it for this student',
  noSchoolCode: 'no state code for the school: import its CDS code',
  noLea: 'no county-district code for the district',
}

/**
 * Writes the list or the merged file, of the year that was asked for; a file to be merged says itself of which year it is.
 * Findings: rows that cannot be sent, faults of the file, students who have no line in it.
 */
export async function exportStas(context: Context, options: StasOptions, io: Io): Promise<void> {
  const reports = reportsOf(context)
  const file = options.merge === undefined ? undefined : read(options.merge)
  const year = file && options.year === undefined ? yearOfStas(file.toString('latin1')) : undefined
  const report = await reports.stas(yearOf(year === undefined ? options : { year }, reports))
  const notes = [...unsigned(report), REPLACES]
  const problems = report.rows.flatMap((row) => row.problems.map((problem) => `${nameOf(row)}: ${SAID[problem]}`))
  if (file === undefined) {
    deliver(stasCsv(report.rows), options, io)
    const rows = report.rows.filter((row) => row.problems.length > 0).map(({ localId, ssid, problems }) => ({ localId, ssid, problems }))
    return tell(problems, notes, { problems: rows, unfinished: report.unfinished, note: REPLACES }, options, io)
  }
  const { bytes, changed, faults, missing } = mergeStasFile(file, report.rows, report.year)
  deliver(bytes, options, io)
  const lost = missing.map((row) => `${nameOf(row)}: ${row.days} days have no line in the file`)
  const known = new Set(missing.map((row) => row.student))
  const json = { changed, faults, missing: missing.map(({ localId, ssid, school, year, days }) => ({ localId, ssid, school, year, days })) }
  const elsewhere = report.rows
    .filter((row) => !known.has(row.student))
    .flatMap((row) => row.problems.map((it) => `${nameOf(row)}: ${SAID[it]}`))
  tell(
    [...faults.map(faultText), ...lost, ...elsewhere],
    [`${changed.length} lines were changed, in position 24 only.`, ...notes],
    { ...json, unfinished: report.unfinished, note: REPLACES },
    options,
    io,
  )
}

const nameOf = ({ last, first, localId, siteName }: StasRow): string => `${last}, ${first} (${localId}), ${siteName}`

/** A fault in one line: where, what, by which check. */
function faultText({ line, field, name, check, number, value }: StasFault): string {
  if (check === 'otherYear')
    return `line ${line}: of ${value}, which is another year than the days. Lines of it were left as they are: give --year ${value}`
  const where = field === null ? `line ${line}` : `line ${line}, ${field} ${name}`.trimEnd()
  return `${where}: ${number ?? check}${value === '' ? '' : `: ${JSON.stringify(value)}`}`
}

function unsigned({ unfinished: { sessions, pendingDays } }: StasReport): string[] {
  if (sessions === 0) return []
  return [`${sessions} sessions are not certified; ${pendingDays} days wait for that and are not in the file.`]
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    throw new Stop(`--merge ${path}: this file cannot be read.`)
  }
}
