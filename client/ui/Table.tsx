import type { KeyboardEvent, ReactNode } from 'react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '../words/index.ts'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import type { Sorting, SortValue } from './sorting.ts'
import { pressed, sorted } from './sorting.ts'
import styles from './Table.module.css'
import { useWindow } from './useWindow.ts'

export interface Column<Row> {
  readonly id: string
  readonly head: string
  readonly cell: (row: Row) => ReactNode
  /** What the column sorts by; none makes it a column that does not sort. */
  readonly by?: (row: Row) => SortValue
  /** Numbers stand to the right, and their first sorting begins with the largest. */
  readonly numbers?: boolean
  /** Text that may take several lines, where it is `narrow` also short ones. Other cells keep to one, so that rows are alike and the eye runs down them. */
  readonly wrap?: boolean | 'narrow'
  /** What stands in the totals row. */
  readonly total?: ReactNode
}

export interface TableProps<Row> {
  /** What the table shows, for those who cannot see where it stands. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly initially?: Sorting
  /** How the rows come sorted already, and who sorts them anew: for rows that are sorted elsewhere. */
  readonly ordered?: Sorting
  readonly onOrder?: (sorting: Sorting) => void
  /** What Enter on a row does: usually what its first link does. */
  readonly onOpen?: (row: Row) => void
  /** Shown in place of the rows when there are none. */
  readonly empty?: ReactNode
}

/** More columns than these need a paper that lies on its side. */
const MOST_UPRIGHT = 8

/** A table that sorts by its heads, keeps them in sight, moves by keyboard, and draws only what is seen when it is long. */
export function Table<Row>({ label, columns, rows, rowKey, initially, ordered: given, onOrder, onOpen, empty }: TableProps<Row>) {
  const words = useWords()
  const [own, setOwn] = useState(initially)
  const sorting = given ?? own
  const setSorting = onOrder ?? setOwn
  const region = useRef<HTMLDivElement>(null)
  const by = given ? undefined : columns.find((c) => c.id === sorting?.column)?.by
  const ordered = useMemo(() => (sorting && by ? sorted(rows, by, sorting.descending) : rows), [rows, sorting, by])
  const drawn = useWindow(ordered.length, region)
  const keys = useRowKeys(region, ordered.length, drawn.reveal, (i) => ordered[i] && onOpen?.(ordered[i]))
  if (rows.length === 0 && empty) return <>{empty}</>
  const hasTotals = columns.some((c) => c.total !== undefined)
  return (
    // A region that scrolls must be reachable by keyboard.
    <div ref={region} className={styles.region} data-wide={columns.length > MOST_UPRIGHT} role="group" aria-label={label} tabIndex={0}>
      <table className={styles.table} aria-rowcount={ordered.length + 1 + (hasTotals ? 1 : 0)} aria-label={label}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head
                key={column.id}
                column={column}
                sorting={sorting?.column === column.id ? sorting : undefined}
                onSort={() => setSorting(pressed(sorting, column.id, column.numbers ?? false))}
              />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={keys.onKeyDown}>
          {drawn.before > 0 && <Gap height={drawn.before} columns={columns.length} />}
          {ordered.slice(drawn.first, drawn.until).map((row, i) => {
            const index = drawn.first + i
            return (
              <tr
                key={rowKey(row)}
                ref={drawn.measure}
                data-index={index}
                aria-rowindex={index + 2}
                className={styles.row}
                tabIndex={onOpen && index === Math.min(Math.max(keys.at, drawn.first), drawn.until - 1) ? 0 : -1}
                onFocus={(event) => event.target === event.currentTarget && keys.setAt(index)}
              >
                {columns.map((column) => (
                  <td
                    key={column.id}
                    className={cx(column.numbers && styles.number, column.wrap && styles.wrap, column.wrap === 'narrow' && styles.narrow)}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
          {drawn.after > 0 && <Gap height={drawn.after} columns={columns.length} />}
        </tbody>
        {hasTotals && (
          <tfoot>
            <tr aria-rowindex={ordered.length + 2}>
              {columns.map((column, i) => (
                <td key={column.id} className={column.numbers ? styles.number : undefined}>
                  {column.total ?? (i === 0 ? words.common.table.total : null)}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

function Head<Row>({
  column,
  sorting,
  onSort,
}: {
  readonly column: Column<Row>
  readonly sorting: Sorting | undefined
  readonly onSort: () => void
}) {
  const direction = sorting && (sorting.descending ? 'descending' : 'ascending')
  return (
    <th scope="col" className={column.numbers ? styles.number : undefined} aria-sort={direction}>
      {column.by ? (
        <button type="button" className={styles.sort} onClick={onSort}>
          {column.head}
          <Icon name={sorting?.descending ? 'down' : 'up'} size={10} />
        </button>
      ) : (
        <span className={styles.plainHead}>{column.head}</span>
      )}
    </th>
  )
}

const Gap = ({ height, columns }: { readonly height: number; readonly columns: number }) => (
  <tr aria-hidden="true" className={styles.gap}>
    <td colSpan={columns} style={{ height }} />
  </tr>
)

const PAGE = 12

/** Arrow keys, Home, End and Page keys move the focus from row to row, also to rows that are not drawn yet. */
function useRowKeys(
  region: { readonly current: HTMLDivElement | null },
  count: number,
  reveal: (index: number) => void,
  open: (index: number) => void,
) {
  const [at, setAt] = useState(0)
  const wanted = useRef<number | null>(null)
  useEffect(() => {
    if (wanted.current === null) return
    const row = region.current?.querySelector<HTMLElement>(`tr[data-index="${wanted.current}"]`)
    if (!row) return
    wanted.current = null
    row.focus()
  })
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target instanceof HTMLTableRowElement)) return
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: count - 1,
      PageDown: at + PAGE,
      PageUp: at - PAGE,
    }
    if (event.key === 'Enter') return open(at)
    const to = moves[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = Math.min(Math.max(to, 0), count - 1)
    wanted.current = next
    reveal(next)
    setAt(next)
  }
  return { at, setAt, onKeyDown }
}
