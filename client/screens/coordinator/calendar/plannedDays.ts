/** The meetings of a school's sections on some days, with what was held, how many they may have, and what they clash with. Pure. */
import type { Ledger } from '../../../../shared/attendance/ledger.ts'
import { isSchoolDay, meetsOn, plannedOn } from '../../../../shared/attendance/planned.ts'
import type { SessionId, SiteId } from '../../../../shared/ids.ts'
import type { Section } from '../../../../shared/registry.ts'
import { isYoungest } from '../../../../shared/rules/california/minimumDay.ts'
import { mostStudents } from '../../../../shared/rules/california/ratio.ts'
import { addDays, type Instant, localInstant, type SchoolDate, weekday } from '../../../../shared/time.ts'

import { meetingKey, notHeldIn } from '../../teacher/takenBack.ts'

export type Clash =
  | { readonly kind: 'regularDay' | 'noTeacher' | 'teacher' | 'room' }
  | { readonly kind: 'ratio' | 'student'; readonly n: number }
export type MeetingState = 'planned' | 'open' | 'held' | 'notCertified' | 'notArrived' | 'notHeld'

export interface Meeting {
  readonly key: string
  readonly on: SchoolDate
  readonly section: Section
  readonly window: { readonly from: Instant; readonly until: Instant }
  readonly session: SessionId | null
  readonly state: MeetingState
  readonly listed: number
  /** How many students the teachers named may have at a time. */
  readonly capacity: number
  readonly clashes: readonly Clash[]
}

/** The days of the weeks that a month touches, or of one week, Sunday first. */
export function daysOf(on: SchoolDate, view: 'month' | 'week'): readonly SchoolDate[] {
  const first = view === 'week' ? on : (`${on.slice(0, 7)}-01` as SchoolDate)
  const from = addDays(first, -weekday(first))
  const days: SchoolDate[] = []
  for (let day = from; ; day = addDays(day, 1)) {
    const isNextWeek = weekday(day) === 0 && days.length > 0
    if (isNextWeek && (view === 'week' || day.slice(0, 7) > on.slice(0, 7))) return days
    days.push(day)
  }
}

/** Every meeting of the days, in order of time. Sessions of the whole district are looked at for clashes, as far as this device knows them. */
export function meetingsAt(ledger: Ledger, site: SiteId, days: readonly SchoolDate[], today: SchoolDate, now: Instant): readonly Meeting[] {
  const zone = ledger.site(site)?.zone ?? 'America/Los_Angeles'
  const all = [...ledger.sections()]
  const [first, last] = [days[0] ?? today, days.at(-1) ?? today]
  const held = new Map(
    [...ledger.sessions()].filter((s) => s.started && s.on >= first && s.on <= last).map((s) => [meetingKey(s.section, s.on), s]),
  )
  const notHeld = notHeldIn(ledger)
  const meetings: Meeting[] = []
  for (const on of days) {
    const meeting = all.filter((section) => meetsOn(section, on, ledger.site(section.site)))
    for (const section of meeting) {
      if (section.site !== site) continue
      const { window } = plannedOn(section, on, zone)
      const session = held.get(meetingKey(section.id, on))
      const taken = notHeld.get(meetingKey(section.id, on))
      const others = meeting.filter((other) => other.id !== section.id && overlaps(other, section, on, ledger))
      const capacity = capacityOf(ledger, section, on)
      const listed = section.students.length
      meetings.push({
        key: `${section.id} ${on}`,
        on,
        section,
        window,
        session: (session ?? taken)?.id ?? null,
        state: session
          ? stateOf(session)
          : taken
            ? 'notHeld'
            : on < today || (on === today && now > window.until)
              ? 'notArrived'
              : 'planned',
        listed,
        capacity,
        clashes: clashesOf(ledger, section, on, window, others, listed - capacity, capacity === 0),
      })
    }
  }
  return meetings.sort((a, b) => a.window.from - b.window.from)
}

const stateOf = (session: { readonly endedAt: Instant | null; readonly certification: { readonly state: string } }): MeetingState =>
  session.endedAt === null ? 'open' : session.certification.state === 'certified' ? 'held' : 'notCertified'

function overlaps(a: Section, b: Section, on: SchoolDate, ledger: Ledger): boolean {
  const zoneOf = (section: Section): string => ledger.site(section.site)?.zone ?? 'America/Los_Angeles'
  const [one, other] = [plannedOn(a, on, zoneOf(a)).window, plannedOn(b, on, zoneOf(b)).window]
  return one.from < other.until && other.from < one.until
}

/** @cite EC 46211 ratio */
function capacityOf(ledger: Ledger, section: Section, on: SchoolDate): number {
  const teachers = section.staff.filter((id) => {
    const staff = ledger.staff(id)
    return staff?.certificated === true && staff.employee
  }).length
  const youngest = section.students.some((student) => {
    const grade = ledger.enrollmentOn(student, on)?.grade
    return grade !== undefined && isYoungest(grade)
  })
  return teachers * mostStudents(on, youngest)
}

function clashesOf(
  ledger: Ledger,
  section: Section,
  on: SchoolDate,
  window: Meeting['window'],
  others: readonly Section[],
  over: number,
  noTeacher: boolean,
): readonly Clash[] {
  const clashes: Clash[] = []
  const site = ledger.site(section.site)
  const year = site?.years.find((each) => each.first <= on && on <= each.last)
  if (site && year && isSchoolDay(site, on)) {
    const day = { from: localInstant(on, year.day.from, site.zone), until: localInstant(on, year.day.until, site.zone) }
    if (window.from < day.until && day.from < window.until) clashes.push({ kind: 'regularDay' })
  }
  if (noTeacher) clashes.push({ kind: 'noTeacher' })
  else if (over > 0) clashes.push({ kind: 'ratio', n: over })
  const elsewhere = new Set(others.flatMap(({ students }) => students))
  const twice = section.students.filter((student) => elsewhere.has(student)).length
  if (twice > 0) clashes.push({ kind: 'student', n: twice })
  if (
    others.some(({ staff }) => staff.length > 0 && staff.every((id) => section.staff.includes(id)) && section.staff.length <= staff.length)
  )
    clashes.push({ kind: 'teacher' })
  if (section.room !== '' && others.some((other) => other.site === section.site && other.room === section.room))
    clashes.push({ kind: 'room' })
  return clashes
}
