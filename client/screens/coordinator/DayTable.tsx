import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { StatusPill } from '../../ui/StatusPill.tsx'
import type { Column } from '../../ui/Table.tsx'
import { Table } from '../../ui/Table.tsx'
import type { Words } from '../../words/index.ts'
import { useWords } from '../../words/index.ts'
import { mayMatch } from '../desk/may.ts'
import tools from '../desk/Tools.module.css'
import type { DayRow, DayState } from './siteDay.ts'
import { nextStep, STATE_TONE, urgency } from './siteDay.ts'

/** Sessions with their state; one that was started leads to its roster. `dated` shows which day each was on. */
export function DayTable({
  label,
  rows,
  dated = false,
  empty,
}: {
  readonly label: string
  readonly rows: readonly DayRow[]
  readonly dated?: boolean
  readonly empty?: ReactNode
}) {
  const words = useWords()
  const w = words.coordinator.today
  const { store } = useDevice()
  const account = useAccount()
  const mayAct = account !== null && mayMatch(account.me.role)
  const [, navigate] = useLocation()
  const zone = store.zone()
  const names = (row: DayRow) => words.format.list(row.staff.map((id) => store.ledger.staff(id)?.name ?? '–'))
  const columns: readonly Column<DayRow>[] = [
    {
      id: 'session',
      head: w.session,
      by: (row) => row.title,
      cell: (row) =>
        row.session ? (
          <Link className={tools.name} href={`/session/${row.session}`}>
            {row.title}
          </Link>
        ) : (
          <span className={tools.name}>{row.title}</span>
        ),
    },
    {
      id: 'state',
      head: w.state,
      by: (row) => urgency(row.state),
      cell: (row) => <StatusPill tone={STATE_TONE[row.state.kind]}>{stateText(words, row.state)}</StatusPill>,
    },
    {
      id: 'next',
      head: w.next,
      cell: (row) => {
        const step = nextStep(row, mayAct)
        return (
          step && (
            <Link href={step.href} aria-label={w.stepFor(w.steps[step.does], row.title)}>
              {w.steps[step.does]}
            </Link>
          )
        )
      },
    },
    ...(dated ? [{ id: 'date', head: w.date, by: (row: DayRow) => row.on, cell: (row: DayRow) => words.format.date(row.on) }] : []),
    {
      id: 'hours',
      head: w.hours,
      by: (row) => row.window.from,
      cell: (row) => `${words.format.time(row.window.from, zone)} – ${words.format.time(row.window.until, zone)}`,
    },
    { id: 'room', head: w.room, by: (row) => row.room, cell: (row) => row.room },
    { id: 'teachers', head: w.teachers, by: names, cell: names },
    { id: 'here', head: w.here, numbers: true, by: (row) => row.here, cell: (row) => words.format.number(row.here) },
    { id: 'came', head: w.came, numbers: true, by: (row) => row.came, cell: (row) => words.format.number(row.came) },
  ]
  return (
    <Table
      label={label}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
      onOpen={(row) => row.session && navigate(`/session/${row.session}`)}
      empty={empty}
    />
  )
}

function stateText(words: Words, state: DayState): string {
  const w = words.coordinator.today.states
  return state.kind === 'missing' ? w.missing(state.n) : w[state.kind]
}
