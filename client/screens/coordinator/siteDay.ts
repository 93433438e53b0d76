/** What a school's day looks like from its desk: which sessions are planned, running, over, and what each still needs. Pure. */
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import { meetsOn } from '../../../shared/attendance/planned.ts'
import type { SectionId, SessionId, SiteId, StaffId } from '../../../shared/ids.ts'
import type { Instant, SchoolDate } from '../../../shared/time.ts'
import type { SessionPlan } from '../../log/commands.ts'
import type { Tone } from '../../ui/tone.ts'
import { planOf, stageOf } from '../teacher/sessions.ts'
import { type TakenBack, takenBack } from '../teacher/takenBack.ts'

export type DayState =
  | {
      readonly kind:
        | 'planned'
        | 'late'
        | 'open'
        | 'toEnd'
        | 'toCertify'
        | 'stale'
        | 'certified'
        | 'confirmed'
        | 'notHeld'
        | 'cameAllTheSame'
    }
  | { readonly kind: 'missing'; readonly n: number }

export interface DayRow {
  readonly key: string
  /** None for a meeting that nobody has started. */
  readonly session: SessionId | null
  readonly section: SectionId | null
  readonly ended: boolean
  readonly title: string
  readonly room: string
  readonly on: SchoolDate
  readonly window: SessionPlan['window']
  readonly staff: readonly StaffId[]
  readonly here: number
  readonly came: number
  readonly state: DayState
}

export const STATE_TONE: Readonly<Record<DayState['kind'], Tone>> = {
  planned: 'calm',
  late: 'warn',
  open: 'accent',
  missing: 'stop',
  toEnd: 'warn',
  toCertify: 'warn',
  stale: 'warn',
  certified: 'calm',
  confirmed: 'good',
  notHeld: 'calm',
  cameAllTheSame: 'stop',
}

/** How urgent a state is: what is wrong first, what is done last. */
const URGENCY: readonly DayState['kind'][] = [
  'cameAllTheSame',
  'missing',
  'toEnd',
  'stale',
  'toCertify',
  'late',
  'open',
  'planned',
  'certified',
  'confirmed',
  'notHeld',
]
export const urgency = (state: DayState): number => URGENCY.indexOf(state.kind)

/** A quarter of an hour after its begin, a planned session that nobody started is late. */
const GRACE = 15 * 60_000

/** Sessions of which this device holds something that the district has not confirmed. (S15) */
export type Unsent = ReadonlySet<string>

/** Check-outs that are missing: of everybody still in when the time was over, or after the session was ended. */
function missingOuts(session: SessionState, now: Instant): number {
  if (session.endedAt === null && now < session.window.until) return 0
  return [...session.students.values()].filter((student) => student.since !== null || student.missingCheckOut).length
}

function stateOf(session: SessionState, now: Instant, unsent: Unsent): DayState {
  const missing = missingOuts(session, now)
  if (missing > 0) return { kind: 'missing', n: missing }
  const stage = stageOf(session, now)
  if (stage === 'certified') return { kind: unsent.has(session.id) ? 'certified' : 'confirmed' }
  return { kind: stage === 'running' ? 'open' : stage }
}

/** The row of a session that was started. */
export function sessionRow(session: SessionState, now: Instant, unsent: Unsent): DayRow {
  const students = [...session.students.values()]
  return {
    key: session.id,
    session: session.id,
    section: session.section,
    ended: session.endedAt !== null,
    title: session.title,
    room: session.room,
    on: session.on,
    window: session.window,
    staff: [...new Set(session.supervision.map((shift) => shift.staff))],
    here: session.endedAt === null ? students.filter((student) => student.since !== null).length : 0,
    came: students.filter((student) => student.intervals.length > 0).length,
    state: stateOf(session, now, unsent),
  }
}

/** The row of a session that was said not to have taken place. */
export const takenBackRow = ({ id, start, came }: TakenBack): DayRow => ({
  key: id,
  session: id,
  section: start.section,
  ended: false,
  title: start.title,
  room: start.room,
  on: start.on,
  window: start.window,
  staff: [start.actor],
  here: 0,
  came,
  state: { kind: came > 0 ? 'cameAllTheSame' : 'notHeld' },
})

export interface SiteDay {
  readonly today: readonly DayRow[]
  /** Of earlier dates, and not certified as they stand. */
  readonly unfinished: readonly DayRow[]
}

/** The day of one school: its meetings from the sections' patterns and from what was started. */
export function siteDay(ledger: Ledger, site: SiteId, today: SchoolDate, now: Instant, unsent: Unsent): SiteDay {
  const zone = ledger.site(site)?.zone ?? 'America/Los_Angeles'
  const sessions = [...ledger.sessions()].filter((session) => session.started && session.site === site)
  const taken = [...ledger.sessions()].flatMap((session) => (session.site === site ? (takenBack(session) ?? []) : []))
  const begun = [...sessions, ...taken.map(({ start }) => start)]
  const begunToday = new Set(begun.filter(({ on }) => on === today).map(({ section }) => section))
  const planned = [...ledger.sections()]
    .filter((section) => section.site === site && meetsOn(section, today, ledger.site(site)) && !begunToday.has(section.id))
    .map((section): DayRow => {
      const plan = planOf(section, today, zone)
      const state: DayState = { kind: now > plan.window.from + GRACE ? 'late' : 'planned' }
      return {
        key: section.id,
        session: null,
        section: section.id,
        ended: false,
        title: section.name,
        room: section.room,
        on: today,
        window: plan.window,
        staff: section.staff,
        here: 0,
        came: 0,
        state,
      }
    })
  const started = sessions.filter((session) => session.on === today).map((session) => sessionRow(session, now, unsent))
  const unfinished = sessions
    .filter((session) => session.on < today)
    .map((session) => sessionRow(session, now, unsent))
    .filter((row) => row.state.kind !== 'confirmed')
  const contradicted = taken.filter(({ came }) => came > 0).map(takenBackRow)
  return { today: [...started, ...planned].sort(byUrgency), unfinished: [...unfinished, ...contradicted].sort(byUrgency) }
}

const byUrgency = (a: DayRow, b: DayRow): number => urgency(a.state) - urgency(b.state) || a.window.from - b.window.from

/** The one thing to do with a session, and where it is done. */
export interface NextStep {
  readonly does: 'start' | 'edit' | 'look' | 'checkOut' | 'correct' | 'end' | 'certify' | 'certifyAgain' | 'send'
  readonly href: string
}

/** What a session asks of somebody. `mayAct` is false for those who only read: they may look at what was started. */
export function nextStep({ session, section, ended, state }: DayRow, mayAct: boolean): NextStep | undefined {
  if (session === null) {
    if (!mayAct) return undefined
    return state.kind === 'late' ? { does: 'start', href: '/today' } : { does: 'edit', href: `/sections/${section}` }
  }
  const roster = `/session/${session}`
  if (!mayAct) return { does: 'look', href: roster }
  switch (state.kind) {
    case 'missing':
      return ended ? { does: 'correct', href: roster } : { does: 'checkOut', href: `${roster}/end` }
    case 'toEnd':
      return { does: 'end', href: `${roster}/end` }
    case 'toCertify':
      return { does: 'certify', href: `${roster}/certify` }
    case 'stale':
      return { does: 'certifyAgain', href: `${roster}/certify` }
    case 'certified':
      return { does: 'send', href: '/outbox' }
    case 'planned':
    case 'late':
    case 'open':
    case 'confirmed':
    case 'notHeld':
    case 'cameAllTheSame':
      return { does: 'look', href: roster }
  }
}
