/** Orders: each records what happened, and nothing else writes. They return at once; `done` resolves when it is on the disk. */
import type { EventId, SectionId, SessionId, SiteId, StaffId, StudentId } from '../../shared/ids.ts'
import { as } from '../../shared/ids.ts'
import type { Mark, SessionState } from '../../shared/attendance/fold.ts'
import type { Instant, SchoolDate } from '../../shared/time.ts'
import type { AttendanceStore } from './attendanceStore.ts'
import type { EventDraft } from './drafts.ts'

type Where = Pick<SessionState, 'id' | 'site'>
/** A time other than now, and why. */
export interface Entered {
  readonly at: Instant
  readonly reason: string
}

export interface SessionPlan {
  readonly site: SiteId
  readonly section: SectionId | null
  readonly on: SchoolDate
  readonly window: { readonly from: Instant; readonly until: Instant }
  readonly breaks: readonly { readonly from: Instant; readonly until: Instant; readonly meal?: boolean | undefined }[]
  readonly room: string
  readonly title: string
}

/**
 * Begins a session; whoever begins it supervises from then on. With `entered` it is recorded after the fact. Not recorded, and said so, for
 * somebody whose sign-in has ended for use without a network.
 */
export function recordStart(
  store: AttendanceStore,
  newId: () => string,
  plan: SessionPlan,
  entered?: Entered,
): { session: SessionId; isRecorded: boolean } {
  const session = as<SessionId>(newId())
  const { events } = store.write([{ type: 'SessionStarted', session, ...plan, breaks: [...plan.breaks], ...entered }])
  return { session, isRecorded: events.length > 0 }
}

export const recordCheckIn = (store: AttendanceStore, { id, site }: Where, students: readonly StudentId[], entered?: Entered) =>
  store.write(students.map((student): EventDraft => ({ type: 'StudentCheckedIn', session: id, site, student, ...entered })))

export const recordCheckOut = (store: AttendanceStore, { id, site }: Where, students: readonly StudentId[], entered?: Entered) =>
  store.write(students.map((student): EventDraft => ({ type: 'StudentCheckedOut', session: id, site, student, ...entered })))

/** Takes events back. Nothing is deleted: the trail shows what was, who took it back and why. */
export const recordVoid = (store: AttendanceStore, { id, site }: Where, events: readonly EventId[], reason: string) =>
  store.write(events.map((voids): EventDraft => ({ type: 'EventVoided', session: id, site, voids, reason })))

/** Puts another time in the place of a mark's: the old one is voided, the new one says what it replaces. */
export function recordCorrection(store: AttendanceStore, { id, site }: Where, mark: Mark, { at, reason }: Entered) {
  return store.write([
    { type: 'EventVoided', session: id, site, voids: mark.id, reason },
    { type: mark.type, session: id, site, student: mark.student, at, reason, replaces: mark.id },
  ])
}

export const recordNote = (store: AttendanceStore, { id, site }: Where, student: StudentId, text: string) =>
  store.write([{ type: 'StudentNoted', session: id, site, student, text }])

/** Somebody who is not in the registry (yet): a name as typed, and a mark at once. Matched to a student later. */
export function recordWalkIn(store: AttendanceStore, newId: () => string, { id, site }: Where, name: string, entered?: Entered) {
  const student = as<StudentId>(newId())
  return store.write([
    { type: 'WalkInAdded', session: id, site, student, name, ...(entered ? { at: entered.at } : {}) },
    { type: 'StudentCheckedIn', session: id, site, student, ...entered },
  ])
}

/** Says who a walk-in is; what was recorded for the typed name becomes the student's. */
export const recordMatch = (store: AttendanceStore, { id, site }: Where, temporary: StudentId, student: StudentId) =>
  store.write([{ type: 'WalkInMatched', session: id, site, temporary, student }])

export const recordSupervision = (
  store: AttendanceStore,
  { id, site }: Where,
  staff: StaffId,
  change: 'SupervisionStarted' | 'SupervisionEnded',
  entered?: Entered,
) => store.write([{ type: change, session: id, site, staff, ...entered }])

/** Ends the session with the check-outs the teacher confirmed, each an event of its own: no minute is invented. */
export function recordEnd(
  store: AttendanceStore,
  { id, site }: Where,
  at: Instant,
  leaving: readonly { readonly student: StudentId; readonly at: Instant }[],
  reason?: string,
) {
  const why = reason ? { reason } : {}
  return store.write([
    ...leaving.map((each): EventDraft => ({ type: 'StudentCheckedOut', session: id, site, student: each.student, at: each.at, ...why })),
    { type: 'SessionEnded', session: id, site, at, ...why },
  ])
}

/** Signs the session exactly as it stands. A later change of any of its events asks for another signature. */
export const recordCertification = (
  store: AttendanceStore,
  { id, site, digest }: Where & Pick<SessionState, 'digest'>,
  statement: string,
  name: string,
) => store.write([{ type: 'SessionCertified', session: id, site, digest, statement, name, method: 'typedName' }])

/** Says what is to become of a record the district set aside. The district carries it out when this reaches it. */
export const recordReview = (store: AttendanceStore, site: SiteId, event: EventId, decision: 'accept' | 'refuse', reason: string) =>
  store.write([{ type: 'ReviewDecided', site, event, decision, reason }])
