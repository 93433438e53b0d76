/** What a column sorts by. Empty values come last in either direction. */
export type SortValue = string | number | null

export interface Sorting {
  readonly column: string
  readonly descending: boolean
}

/** Letters as people file them: without case or accents, then as they stand. The same order on every device. */
const filed = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const order = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

/** The rows in the order asked for; rows that sort alike keep their order. */
export function sorted<Row>(rows: readonly Row[], value: (row: Row) => SortValue, descending: boolean): Row[] {
  const keyed = rows.map((row, i) => {
    const v = value(row)
    return { row, i, v: typeof v === 'string' ? (v === '' ? null : filed(v)) : v }
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

/** Whether a text contains what is looked for, as people type: any case, with or without accents, words in any order. */
export function finds(text: string, typed: string): boolean {
  const hay = filed(text)
  return filed(typed)
    .split(/\s+/)
    .every((word) => hay.includes(word))
}
