import { Link } from 'wouter'
import { useDevice } from '../../../log/useAttendance.ts'
import { buttonClass } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import type { Tone } from '../../../ui/tone.ts'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import styles from './Calendar.module.css'
import { hrefOf } from './hrefOf.ts'
import type { Clash, Meeting, MeetingState } from './plannedDays.ts'

const TONE: Readonly<Record<MeetingState, Tone>> = {
  planned: 'calm',
  open: 'accent',
  held: 'good',
  notCertified: 'warn',
  notArrived: 'stop',
  notHeld: 'calm',
}

function clashText(words: Words, clash: Clash): string {
  const w = words.calendar.conflicts
  return 'n' in clash ? w[clash.kind](clash.n) : w[clash.kind]
}

/** The meetings of a view as a list: capacity, conflicts, and the way to the planner. */
export function MeetingTable({ meetings }: { readonly meetings: readonly Meeting[] }) {
  const words = useWords()
  const w = words.calendar
  const { store } = useDevice()
  const zone = store.zone()
  const columns: readonly Column<Meeting>[] = [
    { id: 'date', head: w.columns.date, by: (row) => row.window.from, cell: (row) => words.format.date(row.on) },
    {
      id: 'session',
      head: w.columns.session,
      by: (row) => row.section.name,
      cell: (row) => (
        <Link className={tools.name} href={hrefOf(row)}>
          {row.section.name}
        </Link>
      ),
    },
    {
      id: 'hours',
      head: w.columns.hours,
      by: (row) => row.section.window.from,
      cell: (row) => `${words.format.time(row.window.from, zone)} – ${words.format.time(row.window.until, zone)}`,
    },
    {
      id: 'state',
      head: w.columns.state,
      by: (row) => row.state,
      cell: (row) => <StatusPill tone={TONE[row.state]}>{w.states[row.state]}</StatusPill>,
    },
    { id: 'listed', head: w.columns.listed, numbers: true, by: (row) => row.listed, cell: (row) => words.format.number(row.listed) },
    {
      id: 'capacity',
      head: w.columns.capacity,
      numbers: true,
      by: (row) => row.capacity,
      cell: (row) => words.format.number(row.capacity),
    },
    {
      id: 'teachers',
      head: w.columns.teachers,
      cell: (row) => (
        <span className={tools.short}>{words.format.list(row.section.staff.map((id) => store.ledger.staff(id)?.name ?? '–'))}</span>
      ),
    },
    {
      id: 'conflicts',
      head: w.columns.conflicts,
      by: (row) => row.clashes.length,
      cell: (row) => (
        <span className={styles.clashes}>
          {row.clashes.map((clash) => (
            <StatusPill key={clash.kind} tone="warn">
              {clashText(words, clash)}
            </StatusPill>
          ))}
          {row.clashes.length === 0 && row.state === 'planned' && row.capacity > row.listed && (
            <span className="quiet">{w.free(row.capacity - row.listed)}</span>
          )}
        </span>
      ),
    },
    {
      id: 'plan',
      head: w.columns.plan,
      cell: (row) =>
        row.state === 'planned' && (
          <Link
            href={`/planner?section=${row.section.id}&on=${row.on}`}
            aria-label={w.planFor(row.section.name, words.format.date(row.on))}
          >
            {w.planIt}
          </Link>
        ),
    },
  ]
  return (
    <Table
      label={w.listLabel}
      columns={columns}
      rows={meetings}
      rowKey={(row) => row.key}
      empty={
        <EmptyState
          title={w.emptyTitle}
          action={
            <Link className={buttonClass({ look: 'primary' })} href="/sections">
              {words.coordinator.nav.sections}
            </Link>
          }
        >
          {w.empty}
        </EmptyState>
      }
    />
  )
}
