import { atMost, expected, type Expected, type ExpectedCode, type PlainCode, type ValuesOf } from '../expected.ts'
import type { Faults } from '../faults.ts'
import { readCsv } from './csv.ts'
import type { Entry } from './entries.ts'
import { LIMITS } from './limits.ts'
import { Refusal } from './refusal.ts'

/** The columns an importer reads, by the names its format gives them. */
export interface Columns<Name extends string> {
  readonly required: readonly Name[]
  readonly optional: readonly Name[]
}

/** One row of a table, read by column name. */
export interface Row<Name extends string> {
  readonly line: number
  /** The cell's text; blank when the file has no such column. Runs of white space are one space. */
  cell(column: Name): string
  /** The cell as `read` understands it. Undefined, and a fault that says what was expected, when it does not. */
  take<T>(column: Name, read: (text: string) => T | undefined, code: PlainCode): T | undefined
  /** The cell's text. Undefined, and a fault, when it is blank or longer than a record holds. */
  text(column: Name, code: PlainCode): string | undefined
  /** Reports the cell as it stands. */
  fault<Code extends ExpectedCode>(column: Name | '', code: Code, ...values: ValuesOf<Code>): undefined
}

/** A table being read, and what became of its rows so far. */
export interface Table<Name extends string> {
  readonly rows: AsyncIterable<Row<Name>>
  readonly count: () => number
  /** Whether every row said which record it speaks of: only then is a record that no row names truly missing. */
  isWhole(): boolean
  /** Says that a row did not. */
  notWhole(): void
}

/** Column names are the same when their letters and digits are: `Student ID`, `student_id` and `STUDENTID` are one. */
const keyOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** The rows of a file as a table. Columns may come in any order and others are passed over; a missing one refuses the file. */
export function readTable<Name extends string>(entry: Entry, columns: Columns<Name>, faults: Faults): Table<Name> {
  let count = 0
  let whole = true
  async function* rows(): AsyncGenerator<Row<Name>> {
    let places: ReadonlyMap<Name, number> | undefined
    let width = 0
    for await (const { line, cells } of readCsv(entry.name, entry.open())) {
      if (!places) {
        places = placesOf(entry.name, cells, columns)
        width = cells.length
        continue
      }
      if (cells.every((cell) => cell === '')) continue
      count += 1
      if (count > LIMITS.rows) throw new Refusal(entry.name, expected('rowsAtMost', { n: LIMITS.rows }))
      if (cells.slice(width).some((cell) => cell !== '')) {
        whole = false
        faults.add({
          file: entry.name,
          line,
          column: '',
          value: cells.join(','),
          ...expected('asInHeader', { width, n: cells.length }),
        })
        continue
      }
      yield rowOf(entry.name, line, cells, places, faults)
    }
  }
  return { rows: rows(), count: () => count, isWhole: () => whole, notWhole: () => void (whole = false) }
}

function placesOf<Name extends string>(file: string, header: readonly string[], columns: Columns<Name>): ReadonlyMap<Name, number> {
  const found = new Map<string, number>()
  const twice = new Set<string>()
  for (const [place, name] of header.entries()) {
    const key = keyOf(name)
    if (found.has(key)) twice.add(key)
    else found.set(key, place)
  }
  const missing = columns.required.filter((name) => !found.has(keyOf(name)))
  if (missing.length > 0) throw new Refusal(file, missingColumns(missing, header), 1)
  const places = new Map<Name, number>()
  for (const name of [...columns.required, ...columns.optional]) {
    const place = found.get(keyOf(name))
    if (place === undefined) continue
    if (twice.has(keyOf(name))) throw new Refusal(file, expected('columnTwice', { column: name }), 1)
    places.set(name, place)
  }
  return places
}

/** Which columns are missing, and what probably went wrong with a header that is no header. */
function missingColumns(missing: readonly string[], header: readonly string[]): Expected {
  const columns = missing.join(', ')
  const isOne = missing.length === 1
  const only = header.length === 1 ? (header[0] ?? '') : ''
  if (only.includes(';')) return expected(isOne ? 'columnSemicolons' : 'columnsSemicolons', { columns })
  if (only.includes('\t')) return expected(isOne ? 'columnTabs' : 'columnsTabs', { columns })
  const names = header.slice(0, 8).map((name) => name.slice(0, 30) || '(blank)')
  return expected(isOne ? 'columnMissing' : 'columnsMissing', {
    columns,
    header: names.join(', ') + (header.length > 8 ? ' and others' : ''),
  })
}

function rowOf<Name extends string>(
  file: string,
  line: number,
  cells: readonly string[],
  places: ReadonlyMap<Name, number>,
  faults: Faults,
): Row<Name> {
  const cell = (column: Name): string => {
    const place = places.get(column)
    return place === undefined ? '' : (cells[place] ?? '').replace(/[\s\p{Cc}]+/gu, ' ')
  }
  const add = (column: Name | '', said: Expected): undefined => {
    faults.add({ file, line, column, value: column === '' ? '' : cell(column), ...said })
    return undefined
  }
  return {
    line,
    cell,
    fault: (column, code, ...values) => add(column, expected(code, ...values)),
    take: (column, read, code) => read(cell(column)) ?? add(column, expected(code)),
    text(column, code) {
      const text = cell(column)
      if (text === '') return add(column, expected(code))
      return text.length > LIMITS.cell ? add(column, atMost(expected(code), LIMITS.cell)) : text
    },
  }
}
