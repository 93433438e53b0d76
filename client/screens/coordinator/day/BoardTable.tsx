import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useAccount, useDevice } from '../../../log/useAttendance.ts'
import { Button } from '../../../ui/Button.tsx'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import type { Tone } from '../../../ui/tone.ts'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import { mayMatch } from '../../desk/may.ts'
import tools from '../../desk/Tools.module.css'
import { type DayState, nextStep, STATE_TONE } from '../siteDay.ts'
import type { BoardRow, Problem, ProblemKind } from './board.ts'
import styles from './Day.module.css'

const TONE: Readonly<Record<ProblemKind, Tone>> = { missing: 'stop', notArrived: 'stop', walkIn: 'warn', late: 'warn', clock: 'warn' }

/** Sessions with their state and what stands out; one click leads to the record, another to what resolves it. */
export function BoardTable({
  rows,
  chosen,
  onChoose,
  onResolve,
  empty,
}: {
  readonly rows: readonly BoardRow[]
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (row: BoardRow) => void
  readonly onResolve: (row: BoardRow) => void
  readonly empty: ReactNode
}) {
  const words = useWords()
  const w = words.coordinator.today
  const d = words.day
  const { store } = useDevice()
  const account = useAccount()
  const mayAct = account !== null && mayMatch(account.me.role)
  const [, navigate] = useLocation()
  const zone = store.zone()
  const names = (row: BoardRow) => words.format.list(row.staff.map((id) => store.ledger.staff(id)?.name ?? '–'))
  const order = new Map(rows.map((row, i) => [row.key, i]))
  const columns: readonly Column<BoardRow>[] = [
    {
      id: 'session',
      head: w.session,
      by: (row) => row.title,
      cell: (row) => (
        <span className={tools.pick}>
          {mayAct && (
            <input
              type="checkbox"
              checked={chosen.has(row.key)}
              onChange={() => onChoose(row)}
              aria-label={words.desk.select(`${row.title}, ${words.format.date(row.on)}`)}
            />
          )}
          {row.session ? (
            <Link className={tools.name} href={`/session/${row.session}`}>
              {row.title}
            </Link>
          ) : (
            <span className={tools.name}>{row.title}</span>
          )}
        </span>
      ),
    },
    { id: 'date', head: w.date, by: (row) => row.on, cell: (row) => words.format.date(row.on) },
    {
      id: 'state',
      head: w.state,
      by: (row) => order.get(row.key) ?? 0,
      cell: (row) => <StateOf words={words} row={row} />,
    },
    {
      id: 'problems',
      head: d.standsOut,
      wrap: true,
      by: (row) => -row.problems.length,
      cell: (row) => (
        <span className={styles.problems}>
          {row.problems
            .filter(({ kind }) => kind !== 'missing' && kind !== 'notArrived')
            .map((problem) => (
              <StatusPill key={problem.kind} tone={TONE[problem.kind]}>
                {problem.kind === 'walkIn' ? <Link href="/site/walk-ins">{problemText(words, problem)}</Link> : problemText(words, problem)}
              </StatusPill>
            ))}
        </span>
      ),
    },
    {
      id: 'next',
      head: w.next,
      cell: (row) => {
        if (mayAct && row.problems.some(({ kind }) => kind !== 'walkIn')) {
          return (
            <Button look="quiet" aria-label={d.resolveOn(`${row.title}, ${words.format.date(row.on)}`)} onClick={() => onResolve(row)}>
              {d.resolve}
            </Button>
          )
        }
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
    {
      id: 'hours',
      head: w.hours,
      by: (row) => row.window.from,
      cell: (row) => `${words.format.time(row.window.from, zone)} – ${words.format.time(row.window.until, zone)}`,
    },
    { id: 'here', head: w.here, numbers: true, by: (row) => row.here, cell: (row) => words.format.number(row.here) },
    { id: 'came', head: w.came, numbers: true, by: (row) => row.came, cell: (row) => words.format.number(row.came) },
    {
      id: 'teachers',
      head: w.teachers,
      wrap: true,
      by: names,
      cell: (row) => (
        <>
          {names(row)}
          <span className={tools.small}>{row.room}</span>
        </>
      ),
    },
    {
      id: 'page',
      head: d.classPage,
      cell: (row) =>
        row.session && row.held?.endedAt ? (
          <a
            href={`/api/sessions/${row.session}/class-page.pdf`}
            download
            aria-label={d.classPageOf(`${row.title}, ${words.format.date(row.on)}`)}
          >
            PDF
          </a>
        ) : null,
    },
  ]
  return (
    <Table
      label={d.boardLabel}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
      onOpen={(row) => (row.session ? navigate(`/session/${row.session}`) : onResolve(row))}
      empty={empty}
    />
  )
}

function StateOf({ words, row }: { readonly words: Words; readonly row: BoardRow }) {
  if (row.problems.some(({ kind }) => kind === 'notArrived')) return <StatusPill tone="stop">{words.day.notArrivedState}</StatusPill>
  return <StatusPill tone={STATE_TONE[row.state.kind]}>{stateText(words, row.state)}</StatusPill>
}

function stateText(words: Words, state: DayState): string {
  const w = words.coordinator.today.states
  return state.kind === 'missing' ? w.missing(state.n) : w[state.kind]
}

function problemText(words: Words, { kind, n }: Problem): string {
  const w = words.day.problems
  return kind === 'notArrived' ? w.notArrived : w[kind](n)
}
