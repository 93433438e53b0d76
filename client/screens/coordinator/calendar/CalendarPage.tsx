import { Link, useSearchParams } from 'wouter'
import type { SiteId } from '../../../../shared/ids.ts'
import { addDays, parseSchoolDate, type SchoolDate, weekday } from '../../../../shared/time.ts'
import { topic } from '../../../log/topics.ts'
import { useDevice, useLedger, useMinute } from '../../../log/useAttendance.ts'
import { Button } from '../../../ui/Button.tsx'
import { Stack } from '../../../ui/Card.tsx'
import { Chip, Chips } from '../../../ui/Chip.tsx'
import { cx } from '../../../ui/cx.ts'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import { Tools } from '../../desk/Tools.tsx'
import { AtSite, SitePicker } from '../SitePicker.tsx'
import { useSite } from '../useSite.ts'
import styles from './Calendar.module.css'
import { hrefOf } from './hrefOf.ts'
import { MeetingTable } from './MeetingTable.tsx'
import type { Meeting } from './plannedDays.ts'
import { isSchoolDay } from '../../../../shared/attendance/planned.ts'
import { daysOf, meetingsAt } from './plannedDays.ts'
import { PrintButton } from '../../desk/PrintButton.tsx'

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
            <PrintButton />
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
