import { Link } from 'wouter'
import type { BehindQuery, Part, TotalsCell } from '../../../../shared/api/totals.ts'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import { cx } from '../../../ui/cx.ts'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import { behindHref, type OpenedFigure } from './links.ts'
import { ada, dollars, hours, perDay } from './money.ts'
import { nameOf } from './names.ts'

/** The figures of each part of the district; every one that is counted opens to what stands behind it. */
export function CellTable({
  part,
  cells,
  all,
  site,
}: {
  readonly part: Part
  readonly cells: readonly TotalsCell[]
  readonly all: TotalsCell
  readonly site: string
}) {
  const words = useWords()
  const byKey = part === 'month' || part === 'span'
  return (
    <Table
      label={words.dashboard.tableOf(words.dashboard.parts[part])}
      columns={columnsOf(words, part, all, site)}
      rows={cells}
      rowKey={(row) => row.key}
      initially={byKey ? { column: 'part', descending: false } : { column: 'claimed', descending: true }}
    />
  )
}

function columnsOf(words: Words, part: Part, all: TotalsCell, site: string): readonly Column<TotalsCell>[] {
  const w = words.dashboard
  const number = words.format.number
  const opening = (
    figure: OpenedFigure,
    value: (row: TotalsCell) => number | null,
    text: (row: TotalsCell) => string,
    total: boolean,
  ): Column<TotalsCell> => ({
    id: figure,
    head: w.figures[figure],
    numbers: true,
    by: value,
    cell: (row) =>
      value(row) === null ? (
        text(row)
      ) : (
        <Link
          className={cx(tools.figureLink, value(row) === 0 && tools.zero)}
          href={behindHref(figure, site, part, row.key)}
          aria-label={w.figureOf(w.figures[figure], nameOf(words, part, row), text(row))}
        >
          {text(row)}
        </Link>
      ),
    ...(total && { total: text(all) }),
  })
  const counted = (figure: BehindQuery['figure'], total: boolean): Column<TotalsCell> =>
    opening(
      figure,
      (row) => row[figure],
      (row) => number(row[figure]),
      total,
    )
  const isSite = part === 'site'
  // Somebody who came at two schools is served at both and counted once in the district: such columns have no honest sum.
  return [
    {
      id: 'part',
      head: w.parts[part],
      by: (row) => (part === 'month' || part === 'span' ? row.key : nameOf(words, part, row)),
      cell: (row) => <span className={cx(tools.name, tools.short)}>{nameOf(words, part, row)}</span>,
    },
    counted('students', false),
    counted('sessions', part !== 'span'),
    opening(
      'hours',
      (row) => row.minutes,
      (row) => hours(words, row.minutes),
      true,
    ),
    counted('earned', true),
    counted('claimed', true),
    counted('banked', true),
    counted('lost', true),
    opening(
      'ada',
      (row) => row.ada,
      (row) => ada(words, row.ada),
      true,
    ),
    opening(
      'money',
      (row) => row.cents,
      (row) => dollars(words, row.cents),
      true,
    ),
    ...(isSite
      ? [
          {
            id: 'perDay',
            head: w.figures.perDay,
            numbers: true,
            by: (row: TotalsCell) => (row.cost === null || row.claimed === 0 ? null : row.cost / row.claimed),
            cell: (row: TotalsCell) => perDay(words, row.cost, row.claimed),
            total: perDay(words, all.cost, all.claimed),
          },
        ]
      : []),
  ]
}
