/** What a school's day looks like from its desk: which sessions are planned, running, over, and what each still needs. Pure. */
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import type { SessionId, SiteId, StaffId } from '../../../shared/ids.ts'
import type { Instant, SchoolDate } from '../../../shared/time.ts'
import type { SessionPlan } from '../../log/commands.ts'
import type { Tone } from '../../ui/tone.ts'
import { meetsOn, planOf, stageOf } from '../teacher/sessions.ts'

export type DayState =
  | { readonly kind: 'planned' | 'late' | 'open' | 'toEnd' | 'toCertify' | 'stale' | 'certified' }
  | { readonly kind: 'missing'; readonly n: number }

export interface DayRow {
  readonly key: string
  /** None for a meeting that nobody has started. */
  readonly session: SessionId | null
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
  certified: 'good',
}

/** How urgent a state is: what is wrong first, what is done last. */
const URGENCY: readonly DayState['kind'][] = ['missing', 'toEnd', 'stale', 'toCertify', 'late', 'open', 'planned', 'certified']
export const urgency = (state: DayState): number => URGENCY.indexOf(state.kind)

/** A quarter of an hour after its begin, a planned session that nobody started is late. */
const GRACE = 15 * 60_000

/** Check-outs that are missing: of everybody still in when the time was over, or after the session was ended. */
function missingOuts(session: SessionState, now: Instant): number {
  if (session.endedAt === null && now < session.window.until) return 0
  return [...session.students.values()].filter((student) => student.since !== null || student.missingCheckOut).length
}

function stateOf(session: SessionState, now: Instant): DayState {
  const missing = missingOuts(session, now)
  if (missing > 0) return { kind: 'missing', n: missing }
  const stage = stageOf(session, now)
  return { kind: stage === 'running' ? 'open' : stage }
}

/** The row of a session that was started. */
export function sessionRow(session: SessionState, now: Instant): DayRow {
  const students = [...session.students.values()]
  return {
    key: session.id,
    session: session.id,
    title: session.title,
    room: session.room,
    on: session.on,
    window: session.window,
    staff: [...new Set(session.supervision.map((shift) => shift.staff))],
    here: session.endedAt === null ? students.filter((student) => student.since !== null).length : 0,
    came: students.filter((student) => student.intervals.length > 0).length,
    state: stateOf(session, now),
  }
}

export interface SiteDay {
  readonly today: readonly DayRow[]
  /** Of earlier dates, and not certified as they stand. */
  readonly unfinished: readonly DayRow[]
}

/** The day of one school: its meetings from the sections' patterns and from what was started. */
export function siteDay(ledger: Ledger, site: SiteId, today: SchoolDate, now: Instant): SiteDay {
  const zone = ledger.site(site)?.zone ?? 'America/Los_Angeles'
  const sessions = [...ledger.sessions()].filter((session) => session.started && session.site === site)
  const startedToday = new Set(sessions.filter((session) => session.on === today).map((session) => session.section))
  const planned = [...ledger.sections()]
    .filter((section) => section.site === site && meetsOn(section, today) && !startedToday.has(section.id))
    .map((section): DayRow => {
      const plan = planOf(section, today, zone)
      const state: DayState = { kind: now > plan.window.from + GRACE ? 'late' : 'planned' }
      return {
        key: section.id,
        session: null,
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
  const started = sessions.filter((session) => session.on === today).map((session) => sessionRow(session, now))
  const unfinished = sessions
    .filter((session) => session.on < today)
    .map((session) => sessionRow(session, now))
    .filter((row) => row.state.kind !== 'certified')
  return { today: [...started, ...planned].sort(byUrgency), unfinished: unfinished.sort((a, b) => byUrgency(a, b)) }
}

const byUrgency = (a: DayRow, b: DayRow): number => urgency(a.state) - urgency(b.state) || a.window.from - b.window.from
