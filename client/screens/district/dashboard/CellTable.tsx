import { Link } from 'wouter'
import type { BehindQuery, Part, TotalsCell } from '../../../../shared/api/totals.ts'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import { cx } from '../../../ui/cx.ts'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import { behindHref } from './links.ts'
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
  const counted = (figure: BehindQuery['figure'], total: boolean): Column<TotalsCell> => ({
    id: figure,
    head: w.figures[figure],
    numbers: true,
    by: (row) => row[figure],
    cell: (row) => (
      <Link
        className={cx(tools.figureLink, row[figure] === 0 && tools.zero)}
        href={behindHref(figure, site, part, row.key)}
        aria-label={w.figureOf(w.figures[figure], nameOf(words, part, row), number(row[figure]))}
      >
        {number(row[figure])}
      </Link>
    ),
    ...(total && { total: number(all[figure]) }),
  })
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
    {
      id: 'hours',
      head: w.figures.hours,
      numbers: true,
      by: (row) => row.minutes,
      cell: (row) => hours(words, row.minutes),
      total: hours(words, all.minutes),
    },
    counted('earned', true),
    counted('claimed', true),
    counted('banked', true),
    counted('lost', true),
    { id: 'ada', head: w.figures.ada, numbers: true, by: (row) => row.ada, cell: (row) => ada(words, row.ada), total: ada(words, all.ada) },
    {
      id: 'money',
      head: w.figures.money,
      numbers: true,
      by: (row) => row.cents,
      cell: (row) => dollars(words, row.cents),
      total: dollars(words, all.cents),
    },
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
