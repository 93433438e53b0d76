import { Link } from 'wouter'
import type { Forecast } from '../../../../shared/api/totals.ts'
import { buttonClass } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import { ada, dollars } from './money.ts'

/** What P-1, P-2 and the year will hold, from what is planned. */
export function ForecastCard({ forecast, mayPlan }: { readonly forecast: readonly Forecast[]; readonly mayPlan: boolean }) {
  const words = useWords()
  const w = words.dashboard.forecast
  const number = words.format.number
  const columns: readonly Column<Forecast>[] = [
    { id: 'period', head: w.period, cell: (row) => <span className={tools.name}>{words.periods.periodNames[row.period]}</span> },
    {
      id: 'until',
      head: w.until,
      cell: (row) => (row.over ? <StatusPill>{w.over}</StatusPill> : words.format.dateWithYear(row.cutOff)),
    },
    { id: 'days', head: w.days, numbers: true, cell: (row) => number(row.days) },
    { id: 'meetings', head: w.meetings, numbers: true, cell: (row) => number(row.meetings) },
    { id: 'more', head: w.more, numbers: true, cell: (row) => `+ ${number(row.more)}` },
    { id: 'most', head: w.most, numbers: true, cell: (row) => <span className="quiet">+ {number(row.most)}</span> },
    { id: 'expected', head: w.expected, numbers: true, cell: (row) => <strong>{number(row.days + row.more)}</strong> },
    { id: 'ada', head: w.ada, numbers: true, cell: (row) => ada(words, row.ada) },
    { id: 'adaExpected', head: w.adaExpected, numbers: true, cell: (row) => <strong>{ada(words, row.adaExpected)}</strong> },
    { id: 'money', head: w.money, numbers: true, cell: (row) => dollars(words, row.centsExpected) },
  ]
  return (
    <Card
      title={w.title}
      sub={w.sub}
      actions={
        mayPlan && (
          <Link className={`${buttonClass()} noPrint`} href="/planner">
            {w.planner}
          </Link>
        )
      }
    >
      <Table label={w.label} columns={columns} rows={forecast} rowKey={(row) => row.period} />
    </Card>
  )
}
