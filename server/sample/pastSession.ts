/** One past session of a sample section, as its tablet recorded it. */
import { foldSession } from '../../shared/attendance/fold.ts'
import type { AttendanceEvent } from '../../shared/events.ts'
import { as, type SessionId, type StaffId, type StudentId } from '../../shared/ids.ts'
import type { Section } from '../../shared/registry.ts'
import { type Instant, instant, localInstant, MINUTE, type SchoolDate } from '../../shared/time.ts'
import type { Tablet } from './tablet.ts'

/** How somebody attended: minutes after the start in, minutes before the end out; `stays` means nobody checked them out. */
export interface Attended {
  readonly student: StudentId
  readonly late: number
  readonly early: number
  readonly stays?: boolean
  /** The check-out was first tapped for the wrong moment, taken back and entered again. */
  readonly corrected?: boolean
}
export interface PastSession {
  readonly section: Section
  readonly on: SchoolDate
  readonly zone: string
  readonly teachers: readonly { readonly staff: StaffId; readonly name: string }[]
  readonly attended: readonly Attended[]
  readonly walkIns: readonly { readonly name: string; readonly temporary: StudentId; readonly matched: StudentId | null }[]
  readonly certified: boolean
}

export const STATEMENT =
  'I was present, I supervised this session as a certificated employee, and the times recorded are those at which each student came and left.'

/** Records the session from its first tap to the signature. */
export function recordPastSession(tablet: Tablet, session: SessionId, past: PastSession): void {
  const { section, on, zone, teachers } = past
  const lead = teachers[0]
  if (!lead) return
  const at = (time: Section['window']['from']): Instant => localInstant(on, time, zone)
  const window = { from: at(section.window.from), until: at(section.window.until) }
  const breaks = section.breaks.map((one) => ({ from: at(one.from), until: at(one.until) }))
  const later = (from: Instant, minutes: number): Instant => instant(from + Math.round(minutes * MINUTE))
  const mine: AttendanceEvent[] = []
  const record = (...given: Parameters<Tablet['record']>): AttendanceEvent => {
    const event = tablet.record(...given)
    mine.push(event)
    return event
  }

  const begin = later(window.from, -5)
  record(lead.staff, begin, {
    type: 'SessionStarted',
    session,
    section: section.id,
    on,
    window,
    breaks,
    room: section.room,
    title: section.name,
  })
  for (const { staff } of teachers.slice(1)) record(staff, begin, { type: 'SupervisionStarted', session, staff })
  for (const { student, late } of past.attended)
    record(lead.staff, later(window.from, late), { type: 'StudentCheckedIn', session, student })
  for (const { name, temporary } of past.walkIns) {
    record(lead.staff, later(window.from, 12), { type: 'WalkInAdded', session, student: temporary, name })
    record(lead.staff, later(window.from, 12), { type: 'StudentCheckedIn', session, student: temporary })
    record(lead.staff, later(window.until, -1), { type: 'StudentCheckedOut', session, student: temporary })
  }
  for (const { student, early, stays, corrected } of past.attended) {
    if (stays) continue
    const out = later(window.until, -early)
    if (!corrected) {
      record(lead.staff, out, { type: 'StudentCheckedOut', session, student })
      continue
    }
    const wrong = record(lead.staff, later(out, -60), { type: 'StudentCheckedOut', session, student })
    const noticed = later(out, 2)
    record(lead.staff, noticed, { type: 'EventVoided', session, voids: wrong.id, reason: 'Tapped for the wrong student' })
    record(
      lead.staff,
      out,
      { type: 'StudentCheckedOut', session, student, reason: 'Left at the end of the session', replaces: wrong.id },
      noticed,
    )
  }
  record(lead.staff, later(window.until, 3), { type: 'SessionEnded', session })
  for (const { temporary, matched } of past.walkIns) {
    if (matched !== null) record(lead.staff, later(window.until, 4), { type: 'WalkInMatched', session, temporary, student: matched })
  }
  if (!past.certified) return
  const { digest } = foldSession(session, mine)
  record(lead.staff, later(window.until, 6), {
    type: 'SessionCertified',
    session,
    digest,
    statement: STATEMENT,
    name: lead.name,
    method: 'typedName',
  })
}

export const sessionId = (section: Section, on: SchoolDate): SessionId => as<SessionId>(`${section.id}-${on}`)
