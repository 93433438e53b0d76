/** Fills position 24 of a STAS file that the student information system made, and changes nothing else in it. */
import { checkStasFile } from './fileChecks.ts'
import { groupBy } from './recovered.ts'
import type { StasRow } from './stas.ts'
import { isRecord, readStasFile, type StasLine, valueOf, writeStasFile } from './stasFile.ts'
import { STAS_FIELDS, type StasFault, stasFault } from './stasLayout.ts'

export interface StasChange {
  readonly line: number
  readonly ssid: string
  readonly from: string
  readonly to: string
}

export interface StasMerge {
  readonly text: string
  /** Lines whose position 24 is now another. */
  readonly changed: readonly StasChange[]
  /** Rows that no line of the file is for: nothing of them is in the file. */
  readonly missing: readonly StasRow[]
  /** The faults of the merged file. */
  readonly faults: readonly StasFault[]
}

const RECOVERY = STAS_FIELDS.indexOf('13.24')
const YEAR = /^\d{4}-\d{4}$/

/** The academic year that all records of a file are of, such as `2026-2027`; undefined where they are of several, or of none. */
export function yearOfStas(text: string): string | undefined {
  const years = new Set(
    readStasFile(text)
      .lines.filter(isRecord)
      .map((line) => valueOf(line, '13.06')),
  )
  const [year] = years
  return years.size === 1 && year !== undefined && YEAR.test(year) ? year : undefined
}

/** Puts the days of all rows of a student, school and year on their line. A line without a row gets an empty position: what stood
 *  there is no longer so, and `changed` says what it was. A line of another year is left as it stands, and the first of each such year
 *  is a fault: days of one year would be looked for in vain in the file of another. Merging again changes nothing.
 *  @param year the academic year of the rows, such as `2026-2027`
 *  @cite Aeries school of absence, CALPADS STAS0739
 *  @reading The line of an exempt student stays empty. */
export function mergeStas(text: string, rows: readonly StasRow[], year: string): StasMerge {
  const file = readStasFile(text)
  const left = new Map(
    groupBy(
      rows.filter((row) => row.ssid !== null),
      (row) => `${row.ssid} ${row.school} ${row.year}`,
    ),
  )
  const changed: StasChange[] = []
  const others = new Map<string, StasFault>()
  const lines = file.lines.map((line): StasLine => {
    if (!isRecord(line) || valueOf(line, '13.01') !== 'STAS') return line
    const lineYear = valueOf(line, '13.06')
    if (lineYear !== year) {
      if (YEAR.test(lineYear) && !others.has(lineYear)) others.set(lineYear, stasFault(line.line, '13.06', 'otherYear', lineYear))
      return line
    }
    const key = `${valueOf(line, '13.07')} ${valueOf(line, '13.05')} ${lineYear}`
    const isExempt = valueOf(line, '13.13') === 'Y'
    const own = isExempt ? undefined : left.get(key)
    if (own) left.delete(key)
    const from = valueOf(line, '13.24')
    const to = own ? String(own.reduce((sum, row) => sum + row.days, 0)) : ''
    if (from === to) return line
    changed.push({ line: line.line, ssid: valueOf(line, '13.07'), from, to })
    return { ...line, written: line.written.with(RECOVERY, to) }
  })
  const merged = { ...file, lines }
  const missing = [...rows.filter((row) => row.ssid === null), ...[...left.values()].flat()]
  return { text: writeStasFile(merged), changed, missing, faults: [...others.values(), ...checkStasFile(merged)] }
}
