/** Which sessions a teacher sees today: from the sections' patterns, and from what was started. Pure. */
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import { meetsOn, plannedOn } from '../../../shared/attendance/planned.ts'
import type { SignedIn } from '../../../shared/api/people.ts'
import { SESSION_LIMITS } from '../../../shared/eventTypes.ts'
import type { SessionId, StaffId } from '../../../shared/ids.ts'
import type { Section } from '../../../shared/registry.ts'
import type { Instant, SchoolDate } from '../../../shared/time.ts'
import type { SessionPlan } from '../../log/commands.ts'
import { meetingKey, notHeldIn } from './takenBack.ts'

/** A section's meeting on a date, as it would be started. */
export function planOf(section: Section, on: SchoolDate, zone: string): SessionPlan {
  const { site, window, breaks } = plannedOn(section, on, zone)
  return {
    site,
    section: section.id,
    on,
    window,
    breaks: breaks.map(({ from, until, meal }) => ({ from, until, ...(meal ? { meal } : {}) })),
    room: cut(section.room, SESSION_LIMITS.room),
    title: cut(section.name, SESSION_LIMITS.title),
  }
}

/** A name as long as an event may hold it: a session that begins under a longer one would be taken by nobody. */
const cut = (name: string, most: number): string => name.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')

export type SessionStage = 'running' | 'toEnd' | 'toCertify' | 'stale' | 'certified'

/** Where a started session stands. */
export function stageOf(session: SessionState, now: Instant): SessionStage {
  if (session.endedAt === null) return now < session.window.until ? 'running' : 'toEnd'
  if (session.certification.state === 'none') return 'toCertify'
  return session.certification.state
}

export interface TodayView {
  /** Started today and not over. */
  readonly running: readonly SessionState[]
  /** `notHeld` is the session that was begun, and then said not to have taken place. */
  readonly planned: readonly { readonly section: Section; readonly plan: SessionPlan; readonly notHeld: SessionId | undefined }[]
  /** Over, and not ended, not certified, or changed since. */
  readonly toFinish: readonly SessionState[]
  readonly recent: readonly SessionState[]
}

const RECENT = 8

/** Sections a person teaches; a person of the office sees all of the site. */
export function sectionsOf(ledger: Ledger, me: SignedIn['me']): Section[] {
  const all = [...ledger.sections()].filter((section) => me.districtWide || me.sites.includes(section.site))
  // Whoever is limited to sections is told no others, and need not stand on their lists of staff.
  if (me.sections) return all
  const own = all.filter((section) => section.staff.includes(me.staff))
  return me.role === 'teacher' || me.role === 'substitute' || own.length > 0 ? own : all
}

const isMine = (session: SessionState, staff: StaffId, sections: ReadonlySet<string>): boolean =>
  session.startedBy === staff ||
  (session.section !== null && sections.has(session.section)) ||
  session.supervision.some((each) => each.staff === staff)

export function todayView(ledger: Ledger, me: SignedIn['me'], today: SchoolDate, now: Instant): TodayView {
  const sections = sectionsOf(ledger, me)
  const ids = new Set<string>(sections.map((section) => section.id))
  const mine = [...ledger.sessions()].filter((session) => session.started && isMine(session, me.staff, ids))
  mine.sort((a, b) => b.window.from - a.window.from)
  const startedToday = new Set(mine.filter((session) => session.on === today).map((session) => session.section))
  const notHeld = notHeldIn(ledger)
  const stage = new Map(mine.map((session) => [session.id, stageOf(session, now)]))
  const isAt = (session: SessionState, ...stages: readonly SessionStage[]): boolean => stages.includes(stage.get(session.id) ?? 'certified')
  return {
    running: mine.filter((session) => isAt(session, 'running')),
    planned: sections
      .filter((section) => meetsOn(section, today, ledger.site(section.site)) && !startedToday.has(section.id))
      .map((section) => ({
        section,
        plan: planOf(section, today, ledger.site(section.site)?.zone ?? 'America/Los_Angeles'),
        notHeld: notHeld.get(meetingKey(section.id, today))?.id,
      }))
      .sort((a, b) => a.plan.window.from - b.plan.window.from),
    toFinish: mine.filter((session) => isAt(session, 'toEnd', 'toCertify', 'stale')),
    recent: mine.filter((session) => isAt(session, 'certified')).slice(0, RECENT),
  }
}
