/** What the devices of a school ask of its coordinator: what each needs, and from which planned session nothing has arrived. Pure. */
import type { DeviceRow } from '../../../shared/api/desk.ts'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import { meetsOn } from '../../../shared/attendance/planned.ts'
import { isSignedByOther, sessionsUpTo } from '../../../shared/attendance/signed.ts'
import type { SectionId, SiteId } from '../../../shared/ids.ts'
import type { Instant, SchoolDate } from '../../../shared/time.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/time.ts'
import type { Tone } from '../../ui/tone.ts'
import { planOf } from '../teacher/sessions.ts'
import { meetingKey, notHeldIn, takenBack } from '../teacher/takenBack.ts'

/** What to do about a device, the most urgent first. */
export type Act = 'emptied' | 'oldUnsent' | 'attention' | 'reserve' | 'differ' | 'clock' | 'temporary' | 'silent' | 'version'

export const ACT_TONE: Readonly<Record<Act, Tone>> = {
  emptied: 'stop',
  oldUnsent: 'stop',
  attention: 'stop',
  reserve: 'warn',
  differ: 'stop',
  clock: 'warn',
  temporary: 'warn',
  silent: 'warn',
  version: 'calm',
}

/** A clock within two minutes is right enough to check in by. */
export const CLOCK_FINE = 2 * MINUTE
/** What has waited longer is of another day, most likely. */
export const OLD_UNSENT = 12 * HOUR
const SILENT = 7 * DAY

/** What still matters of a device that was revoked: what it holds. Nobody is to work on it again. */
const OF_REVOKED: readonly Act[] = ['emptied', 'oldUnsent', 'attention']

/** @param version the version that the asking device runs: what differs from it is to be updated, or this one is */
export function actsFor({ report, lastSeenAt, revokedAt }: DeviceRow, now: Instant, version: string): readonly Act[] {
  const acts: Act[] = []
  const say = (act: Act, holds: boolean): void => {
    if (holds && (revokedAt == null || OF_REVOKED.includes(act))) acts.push(act)
  }
  say('emptied', report?.storage === 'emptied')
  say('oldUnsent', report?.oldestUnsentAt != null && report.unsent > 0 && now - report.oldestUnsentAt > OLD_UNSENT)
  say('attention', (report?.attention ?? 0) > 0)
  say('reserve', report?.storage === 'reserve')
  say('differ', report?.totals === 'differ')
  say('clock', report?.clockOffset != null && Math.abs(report.clockOffset) > CLOCK_FINE)
  say('temporary', report?.storage === 'temporary')
  say('silent', lastSeenAt !== null && now - lastSeenAt > SILENT)
  say('version', report !== null && report.appVersion !== version)
  return acts
}

/** A planned session that should have begun, and of which the district has nothing. */
export interface Missing {
  readonly section: SectionId
  readonly title: string
  readonly room: string
  readonly site: SiteId
  readonly window: { readonly from: Instant; readonly until: Instant }
  /** The devices its teachers used last; those that say that something waits on them first. */
  readonly devices: readonly DeviceRow[]
}

export interface Expected {
  /** Planned sessions whose time has come, and how many of them the district has heard of. */
  readonly due: number
  readonly received: number
  readonly missing: readonly Missing[]
}

/** The sessions of some schools that somebody signed who did not supervise them, as the checklist has them; the newest first. */
export const signedByOthers = (ledger: Ledger, sites: readonly SiteId[], today: SchoolDate): readonly SessionState[] =>
  sessionsUpTo(ledger, today)
    .filter((session) => sites.includes(session.site) && isSignedByOther(session))
    .sort((a, b) => b.window.from - a.window.from)

/** A quarter of an hour after its begin, something should have arrived. */
const GRACE = 15 * MINUTE

const waits = ({ report }: DeviceRow): number => (report ? report.unsent + report.openSessions : 0)

/** Sessions expected of some schools against those received. `ledger` is what this device was told by the district. */
export function expectedOf(
  ledger: Ledger,
  sites: readonly SiteId[],
  today: SchoolDate,
  now: Instant,
  devices: readonly DeviceRow[],
): Expected {
  const begun = new Set(
    [...ledger.sessions()]
      .map((session) => takenBack(session)?.start ?? session)
      .filter(({ on }) => on === today)
      .map(({ section }) => section),
  )
  const notHeld = notHeldIn(ledger)
  const due = [...ledger.sections()]
    .filter((section) => sites.includes(section.site) && meetsOn(section, today, ledger.site(section.site)))
    .filter((section) => !notHeld.has(meetingKey(section.id, today)))
    .map((section) => ({ section, window: planOf(section, today, ledger.site(section.site)?.zone ?? 'America/Los_Angeles').window }))
    .filter(({ window }) => now > window.from + GRACE)
  const missing = due
    .filter(({ section }) => !begun.has(section.id))
    .map(({ section, window }): Missing => {
      const teachers = new Set(section.staff.map((staff) => ledger.staff(staff)?.name))
      const used = devices.filter((device) => device.lastPerson !== '' && teachers.has(device.lastPerson))
      return {
        section: section.id,
        title: section.name,
        room: section.room,
        site: section.site,
        window,
        devices: used.sort((a, b) => waits(b) - waits(a) || (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0)),
      }
    })
  return { due: due.length, received: due.length - missing.length, missing: missing.sort((a, b) => a.window.from - b.window.from) }
}
