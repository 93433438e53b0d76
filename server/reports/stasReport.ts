/** Attendance Recovery Days for CALPADS: a list of its own, or position 24 of the file that the student information system made. */
import { toCsv } from '../../shared/report/csv.ts'
import { academicYear, type StasRow } from '../../shared/report/stas.ts'
import { mergeStas, type StasMerge } from '../../shared/report/stasMerge.ts'
import { fiscalYear } from '../../shared/time.ts'

const HEADERS = [
  'SSID',
  'Reporting LEA',
  'School of Attendance',
  'Academic Year ID',
  'Local Student ID',
  'Last Name',
  'First Name',
  'School',
  'Attendance Recovery Days',
  'Absences That May Be Recovered',
  'Recovered Absences',
  'Earned On',
  'Problems',
]

/** One line for each student, school and year. Absence dates and the dates on which the days were earned stand in the same order. */
export const stasCsv = (rows: readonly StasRow[]): string =>
  toCsv(
    HEADERS,
    rows.map((row) => [
      row.ssid,
      row.lea,
      row.school,
      row.year,
      row.localId,
      row.last,
      row.first,
      row.siteName,
      row.days,
      row.absences,
      row.recovered.map((day) => day.recovers).join(' '),
      row.recovered.map((day) => day.earnedOn).join(' '),
      row.problems.join(' '),
    ]),
  )

export interface StasFileMerged extends Omit<StasMerge, 'text'> {
  readonly bytes: Buffer
}

/** Fills position 24 of a file with the days of a fiscal year. Whatever its encoding, every other byte stays: a byte is read as one character
 *  and written as that byte again; what is looked at (codes, numbers, dates) is the same in all of them. */
export function mergeStasFile(file: Buffer, rows: readonly StasRow[], year: number): StasFileMerged {
  const { text, faults, ...merge } = mergeStas(file.toString('latin1'), rows, academicYear(fiscalYear(year).first))
  const shown = (value: string): string => Buffer.from(value, 'latin1').toString('utf8')
  return { ...merge, bytes: Buffer.from(text, 'latin1'), faults: faults.map((fault) => ({ ...fault, value: shown(fault.value) })) }
}
