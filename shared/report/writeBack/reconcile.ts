/** What the student information system holds, against what is to be there: who differs, by how much, and why. */
import { keyOf, type WriteFile } from './files.ts'
import { fiscalYearOf, parseSchoolDate } from '../../time.ts'
import { POWERSCHOOL_YEARS } from './facts.ts'
import type { Layout } from './layouts.ts'

/** Why a row differs. */
export type DifferenceReason =
  /** It was never in a file that was made. */
  | 'notSent'
  /** It was in the last file, and is not there. */
  | 'notTaken'
  /** It is there as the last file said; the figure here changed since. */
  | 'changedHere'
  /** It is not there as the last file said: somebody changed it there, or it was not taken. */
  | 'changedThere'
  /** It is there, and there is nothing here that it could be. */
  | 'unknownHere'

export interface Difference {
  readonly key: string
  readonly name: string
  readonly column: string
  /** Null where there is no row. */
  readonly here: string | null
  readonly there: string | null
  /** There less here, for numbers. */
  readonly by: number | null
  readonly reason: DifferenceReason
}
export interface Reconciled {
  readonly same: number
  readonly differences: readonly Difference[]
  /** Rows there of other school years: they are not compared, and nobody should think them wrong. */
  readonly otherYears: number
}

/** What can be wrong with the file as a file. */
export type ReadBackFault = { readonly missing: readonly string[] }

/** The rows of a file that was read back, by key; the columns' names in any case and order, other columns passed over. */
export function readBack(layout: Layout, table: readonly (readonly string[])[]): ReadonlyMap<string, readonly string[]> | ReadBackFault {
  const [head = [], ...lines] = table
  const places = layout.columns.map((column) => head.findIndex((name) => name.trim().toLowerCase() === column.name.toLowerCase()))
  const missing = layout.columns.filter((column, i) => places[i] === -1 && (column.key || column.compare)).map((column) => column.name)
  if (missing.length > 0) return { missing }
  const rows = new Map<string, readonly string[]>()
  for (const line of lines) {
    const values = layout.columns.map((column, i) => plain(column.type.kind, (line[places[i] ?? -1] ?? '').trim()))
    rows.set(keyOf(layout, values), values)
  }
  return rows
}

/** Dates and numbers as we write them: 9/1/2026 is 09/01/2026, 4.00 is 4. */
function plain(kind: string, value: string): string {
  if (kind === 'number' && /^\d+(?:\.0+)?$/.test(value)) return String(Number(value))
  const parts = kind === 'date' ? /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(value) : null
  if (parts) return `${parts[1]?.padStart(2, '0')}/${parts[2]?.padStart(2, '0')}/${parts[3]}`
  const iso = kind === 'date' ? /^(\d{4})-(\d{2})-(\d{2})/.exec(value) : null
  return iso ? `${iso[2]}/${iso[3]}/${iso[1]}` : value
}

/** The fiscal year of a row, by the calendar year it begins in: by the year or the date that tells it apart; undefined where that cannot be read. */
function yearOfRow({ columns }: Layout, values: readonly string[]): number | undefined {
  for (const [i, { key, from, type }] of columns.entries()) {
    if (!key) continue
    const value = values[i] ?? ''
    if (from === 'year' && /^\d+$/.test(value)) return Number(value) + POWERSCHOOL_YEARS
    const [, month, day, year] = (type.kind === 'date' && /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(value)) || []
    const on = parseSchoolDate(`${year}-${month}-${day}`)
    if (on) return fiscalYearOf(on)
  }
  return undefined
}

/** @param sent what the last file of the year that was made said, by key
 *  @param year the fiscal year of the rows, by the calendar year it begins in */
export function reconcile(
  { layout, rows }: WriteFile,
  there: ReadonlyMap<string, readonly string[]>,
  sent: ReadonlyMap<string, readonly string[]>,
  year: number,
): Reconciled {
  const compared = layout.columns.flatMap((column, i) => (column.compare ? [{ name: column.name, i, type: column.type.kind }] : []))
  const differences: Difference[] = []
  const left = new Map(there)
  let same = 0
  for (const { key, name, values } of rows) {
    const their = left.get(key)
    left.delete(key)
    const said = sent.get(key)
    if (!their) {
      // A row of nothing that is not there says the same.
      if (compared.every(({ i, type }) => type === 'number' && values[i] === '0')) same++
      else differences.push({ key, name, column: '', here: 'row', there: null, by: null, reason: said ? 'notTaken' : 'notSent' })
      continue
    }
    const off = compared.filter(({ i }) => values[i] !== their[i])
    if (off.length === 0) same++
    for (const { name: column, i, type } of off) {
      const [here, now] = [values[i] ?? '', their[i] ?? '']
      const reason = !said ? 'notSent' : said[i] === now ? 'changedHere' : 'changedThere'
      differences.push({ key, name, column, here, there: now, by: type === 'number' ? Number(now) - Number(here) : null, reason })
    }
  }
  let otherYears = 0
  for (const [key, their] of left) {
    if ((yearOfRow(layout, their) ?? year) !== year) {
      otherYears++
      continue
    }
    if (compared.every(({ i, type }) => type === 'number' && Number(their[i]) === 0)) continue
    differences.push({ key, name: '', column: '', here: null, there: 'row', by: null, reason: 'unknownHere' })
  }
  return { same, differences, otherYears }
}
