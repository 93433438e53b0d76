/** The board of a school: the sessions of some days, planned and held, and what stands out in each. Pure. */
import type { SessionState } from '../../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../../shared/attendance/ledger.ts'
import { meetsOn } from '../../../../shared/attendance/planned.ts'
import { isClockSuspect } from '../../../../shared/attendance/presence.ts'
import type { Resolution } from '../../../../shared/api/day.ts'
import type { SiteId } from '../../../../shared/ids.ts'
import type { Section } from '../../../../shared/registry.ts'
import { addDays, type Instant, type SchoolDate, schoolDateOf } from '../../../../shared/time.ts'
import type { BoardFilter } from '../../../words/day.ts'
import { planOf } from '../../teacher/sessions.ts'
import { meetingKey, takenBack } from '../../teacher/takenBack.ts'
import { waitingIn } from '../walkIns.ts'
import { type DayRow, sessionRow, takenBackRow, type Unsent, urgency } from '../siteDay.ts'

export type ProblemKind = 'missing' | 'late' | 'clock' | 'notArrived' | 'walkIn'
export interface Problem {
  readonly kind: ProblemKind
  /** How many students it is about. */
  readonly n: number
}

export interface BoardRow extends DayRow {
  readonly held: SessionState | null
  readonly plannedIn: Section | null
  readonly problems: readonly Problem[]
}

/** The marks of a session that were entered on a later day, or by a clock in doubt. */
export const lateMarks = (session: SessionState, zone: string) =>
  [...session.students.values()].flatMap((student) =>
    student.enteredLater.filter(({ at, recordedAt }) => schoolDateOf(recordedAt, zone) > schoolDateOf(at, zone)),
  )
export const doubtfulMarks = (session: SessionState) =>
  [...session.students.values()].flatMap((student) => student.marks.filter(isClockSuspect))

function problemsOf(session: SessionState, row: DayRow, zone: string, looked: ReadonlySet<string>): readonly Problem[] {
  const problems: Problem[] = []
  const add = (kind: ProblemKind, n: number): void => {
    if (n > 0) problems.push({ kind, n })
  }
  add('missing', row.state.kind === 'missing' ? row.state.n : 0)
  add('walkIn', waitingIn(session).length)
  if (!looked.has(`lateEntry ${session.id} ${session.digest}`))
    add('late', new Set(lateMarks(session, zone).map((mark) => mark.student)).size)
  if (!looked.has(`clockDoubt ${session.id} ${session.digest}`))
    add('clock', new Set(doubtfulMarks(session).map((mark) => mark.student)).size)
  return problems
}

export interface BoardOf {
  readonly ledger: Ledger
  readonly site: SiteId
  readonly today: SchoolDate
  readonly now: Instant
  readonly unsent: Unsent
  readonly resolutions: readonly Resolution[]
  /** How many days, today included. What is unfinished is shown however old it is. */
  readonly days: number
}

/** The rows of the board, most urgent first. */
export function boardOf({ ledger, site, today, now, unsent, resolutions, days }: BoardOf): readonly BoardRow[] {
  const school = ledger.site(site)
  const zone = school?.zone ?? 'America/Los_Angeles'
  const first = addDays(today, 1 - days)
  const looked = new Set(resolutions.map((one) => `${one.problem} ${one.session} ${one.digest}`))
  const notHeld = new Set(resolutions.filter((one) => one.problem === 'notArrived').map((one) => `${one.section} ${one.on}`))
  const rows: BoardRow[] = []
  const met = new Set<string>()
  for (const session of ledger.sessions()) {
    if (session.site !== site) continue
    const taken = takenBack(session)
    if (taken) {
      const { on, section } = taken.start
      met.add(meetingKey(section, on))
      if (on >= first || taken.came > 0) rows.push({ ...takenBackRow(taken), held: null, plannedIn: null, problems: [] })
    }
    if (!session.started) continue
    met.add(meetingKey(session.section, session.on))
    const row = sessionRow(session, now, unsent)
    const problems = problemsOf(session, row, zone, looked)
    if (session.on < first && problems.length === 0 && row.state.kind === 'confirmed') continue
    if (session.on < first && row.state.kind === 'confirmed' && problems.every(({ kind }) => kind === 'late' || kind === 'clock')) continue
    rows.push({ ...row, held: session, plannedIn: null, problems })
  }
  for (const section of ledger.sections()) {
    if (section.site !== site) continue
    for (let on = first; on <= today; on = addDays(on, 1)) {
      const key = meetingKey(section.id, on)
      if (!meetsOn(section, on, school) || met.has(key) || notHeld.has(key)) continue
      rows.push(plannedRow(section, on, zone, now, today))
    }
  }
  return rows.sort((a, b) => rank(a) - rank(b) || (a.on === b.on ? a.window.from - b.window.from : a.on < b.on ? 1 : -1))
}

/** A quarter of an hour after its begin, a planned session that nobody started is late; once it is over, nothing has arrived. */
const GRACE = 15 * 60_000

function plannedRow(section: Section, on: SchoolDate, zone: string, now: Instant, today: SchoolDate): BoardRow {
  const { window } = planOf(section, on, zone)
  const isOver = on < today || now > window.until
  return {
    key: `${section.id} ${on}`,
    session: null,
    section: section.id,
    ended: false,
    title: section.name,
    room: section.room,
    on,
    window,
    staff: section.staff,
    here: 0,
    came: 0,
    state: { kind: now > window.from + GRACE ? 'late' : 'planned' },
    held: null,
    plannedIn: section,
    problems: isOver ? [{ kind: 'notArrived', n: 1 }] : [],
  }
}

const rank = (row: BoardRow): number =>
  row.problems.length > 0 || row.state.kind === 'cameAllTheSame' ? urgency(row.state) : 10 + urgency(row.state)

const has = (row: BoardRow, kind: ProblemKind): boolean => row.problems.some((problem) => problem.kind === kind)

/** Whether a row belongs under a filter. */
export function isUnder(row: BoardRow, filter: BoardFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'planned':
      return row.session === null && !has(row, 'notArrived')
    case 'open':
      return row.held !== null && !row.ended
    case 'toCertify':
      return row.ended && row.held !== null && row.held.certification.state !== 'certified'
    case 'missing':
    case 'late':
    case 'clock':
    case 'notArrived':
    case 'walkIn':
      return has(row, filter)
  }
}
