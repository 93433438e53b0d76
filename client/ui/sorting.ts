import { folded } from '../../shared/finding.ts'

/** What a column sorts by. Empty values come last in either direction. */
export type SortValue = string | number | null

export interface Sorting {
  readonly column: string
  readonly descending: boolean
}

const order = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

/** The rows in the order asked for, text as people file it, the same on every device; rows that sort alike keep their order. */
export function sorted<Row>(rows: readonly Row[], value: (row: Row) => SortValue, descending: boolean): Row[] {
  const keyed = rows.map((row, i) => {
    const v = value(row)
    return { row, i, v: typeof v === 'string' ? (v === '' ? null : folded(v)) : v }
  })
  keyed.sort((a, b) => {
    if (a.v === null || b.v === null) return a.v === b.v ? a.i - b.i : a.v === null ? 1 : -1
    return (descending ? order(b.v, a.v) : order(a.v, b.v)) || a.i - b.i
  })
  return keyed.map((k) => k.row)
}

/** The sorting after a press on a column's head: first upwards, then downwards. Numbers begin with the largest. */
export const pressed = (sorting: Sorting | undefined, column: string, numbers: boolean): Sorting =>
  sorting?.column === column ? { column, descending: !sorting.descending } : { column, descending: numbers }
