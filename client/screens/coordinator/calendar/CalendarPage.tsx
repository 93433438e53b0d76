import { Link, useSearchParams } from 'wouter'
import type { SiteId } from '../../../../shared/ids.ts'
import { addDays, parseSchoolDate, type SchoolDate, weekday } from '../../../../shared/time.ts'
import { topic } from '../../../log/topics.ts'
import { useDevice, useLedger, useMinute } from '../../../log/useAttendance.ts'
import { Button, buttonClass } from '../../../ui/Button.tsx'
import { Stack } from '../../../ui/Card.tsx'
import { Chip, Chips } from '../../../ui/Chip.tsx'
import { cx } from '../../../ui/cx.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import type { Tone } from '../../../ui/tone.ts'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import { Tools } from '../../desk/Tools.tsx'
import tools from '../../desk/Tools.module.css'
import { AtSite, SitePicker } from '../SitePicker.tsx'
import { useSite } from '../useSite.ts'
import styles from './Calendar.module.css'
import type { Clash, Meeting, MeetingState } from './plannedDays.ts'
import { daysOf, isSchoolDay, meetingsAt } from './plannedDays.ts'

/** Sessions of a school by month or week: planned and held, how full, and what they clash with. Works offline. */
export function CalendarPage() {
  const words = useWords()
  const { site } = useSite()
  return (
    <>
      <PageHeader
        title={words.calendar.title}
        sub={site && words.calendar.sub(site.name)}
        actions={
          <>
            <SitePicker />
            <Button onClick={() => window.print()}>
              <Icon name="print" /> {words.common.print}
            </Button>
          </>
        }
      />
      <AtSite>{(at) => <Calendar key={at.id} site={at.id} />}</AtSite>
    </>
  )
}

const MOST_IN_A_DAY = 4

function Calendar({ site }: { readonly site: SiteId }) {
  const words = useWords()
  const w = words.calendar
  const { store } = useDevice()
  const ledger = useLedger(topic.sessions)
  const now = useMinute()
  const [params, setParams] = useSearchParams()
  const today = store.today()
  const view = params.get('view') === 'week' ? 'week' : 'month'
  const on = parseSchoolDate(params.get('on') ?? '') ?? today
  const days = daysOf(on, view)
  const meetings = meetingsAt(ledger, site, days, today, now)
  const go = (next: SchoolDate, as = view) => setParams({ on: next, view: as }, { replace: true })
  const step = (way: 1 | -1): SchoolDate => {
    if (view === 'week') return addDays(on, 7 * way)
    const middle = addDays(`${on.slice(0, 7)}-15` as SchoolDate, 30 * way)
    return `${middle.slice(0, 7)}-01` as SchoolDate
  }
  const name = view === 'month' ? words.format.month(on) : w.weekOf(words.format.dateWithYear(days[0] ?? on))
  const inView = meetings.filter((meeting) => view === 'week' || meeting.on.slice(0, 7) === on.slice(0, 7))
  return (
    <Stack>
      <div>
        <Tools count={name}>
          <Chips label={w.view}>
            {(['month', 'week'] as const).map((one) => (
              <Chip key={one} on={view === one} onToggle={() => go(on, one)}>
                {w.views[one]}
              </Chip>
            ))}
          </Chips>
          <Button onClick={() => go(step(-1))}>{w.before}</Button>
          <Button onClick={() => go(today)}>{w.today}</Button>
          <Button onClick={() => go(step(1))}>{w.after}</Button>
        </Tools>
        <div className={styles.region} role="group" aria-label={w.gridLabel(name)} tabIndex={0}>
          <table className={styles.grid} aria-label={w.gridLabel(name)}>
            <thead>
              <tr>
                {days.slice(0, 7).map((day, i) => (
                  <th key={day} scope="col">
                    {words.format.weekdayShort(i)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {Array.from({ length: days.length / 7 }, (_, week) => (
                <tr key={week}>
                  {days.slice(week * 7, week * 7 + 7).map((day) => {
                    const own = meetings.filter((meeting) => meeting.on === day)
                    const shown = view === 'week' ? own : own.slice(0, MOST_IN_A_DAY)
                    const isOther = view === 'month' && day.slice(0, 7) !== on.slice(0, 7)
                    return (
                      <td
                        key={day}
                        className={cx(isOther && styles.other, day === today && styles.today)}
                        aria-current={day === today ? 'date' : undefined}
                      >
                        <div className={styles.day}>
                          <strong>{Number(day.slice(8))}</strong>
                          {weekday(day) % 6 !== 0 && !isSchoolDay(ledger.site(site), day) && <span>{w.noSchool}</span>}
                        </div>
                        <ul className={styles.meetings}>
                          {shown.map((meeting) => (
                            <li key={meeting.key}>
                              <MeetingLink words={words} meeting={meeting} zone={store.zone()} />
                            </li>
                          ))}
                          {shown.length < own.length && (
                            <li>
                              <Link className={styles.meeting} href={`/calendar?on=${day}&view=week`}>
                                {w.more(own.length - shown.length)}
                              </Link>
                            </li>
                          )}
                        </ul>
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <p className="quiet">{w.capacityNote}</p>
      <MeetingTable meetings={inView} />
    </Stack>
  )
}

const hrefOf = (meeting: Meeting): string =>
  meeting.session
    ? `/session/${meeting.session}`
    : meeting.state === 'notArrived'
      ? '/site?show=notArrived&days=35'
      : `/sections/${meeting.section.id}`

function MeetingLink({ words, meeting, zone }: { readonly words: Words; readonly meeting: Meeting; readonly zone: string }) {
  const w = words.calendar
  const { section, state, window, listed, capacity, clashes } = meeting
  return (
    <Link
      className={cx(styles.meeting, state === 'planned' ? clashes.length > 0 && styles.clash : styles[state])}
      href={hrefOf(meeting)}
      title={section.name}
    >
      <strong>{words.format.time(window.from, zone)}</strong> {section.name}
      <span className={styles.small}>
        {state === 'planned' ? w.of(listed, capacity) : w.states[state]}
        {state === 'planned' && clashes.length > 0 && ` · ${w.problems(clashes.length)}`}
      </span>
    </Link>
  )
}

const TONE: Readonly<Record<MeetingState, Tone>> = {
  planned: 'calm',
  open: 'accent',
  held: 'good',
  notCertified: 'warn',
  notArrived: 'stop',
}

function clashText(words: Words, clash: Clash): string {
  const w = words.calendar.conflicts
  return 'n' in clash ? w[clash.kind](clash.n) : w[clash.kind]
}

function MeetingTable({ meetings }: { readonly meetings: readonly Meeting[] }) {
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
