/**
 * One session's events, folded into what is known of it. Pure: any order of arrival gives the same, and an event that
 * arrives twice changes nothing.
 */
import type { AttendanceEvent, EventOf, KeptEvent } from '../events.ts'
import type { EventId, SectionId, SessionId, SiteId, StaffId, StudentId } from '../ids.ts'
import { DAY, dateOfDay, type Instant, instant, type SchoolDate } from '../time.ts'
import { certifiedDigest } from './certify.ts'
import { inOrder } from './order.ts'
import { stretches } from './presence.ts'
import { type Mark, type Note, StudentInSession } from './studentInSession.ts'
import { effective } from './voids.ts'

export type { Mark, StudentInSession } from './studentInSession.ts'

export type Certification =
  | { readonly state: 'none' }
  | { readonly state: 'certified' | 'stale'; readonly at: Instant; readonly by: StaffId; readonly name: string; readonly event: EventId }

/** An event as the audit trail shows it: also those taken back, with the void that says who and why. */
export interface TrailEntry {
  readonly event: KeptEvent
  readonly voidedBy: EventOf<'EventVoided'> | null
}

export interface SessionState {
  readonly id: SessionId
  readonly site: SiteId
  readonly section: SectionId | null
  readonly on: SchoolDate
  readonly window: { readonly from: Instant; readonly until: Instant }
  readonly breaks: readonly { readonly from: Instant; readonly until: Instant; readonly meal?: boolean | undefined }[]
  readonly room: string
  readonly title: string
  /** False while the events of a session are here and its start is not (yet): window and date are then not known, and nothing counts. */
  readonly started: boolean
  readonly startedAt: Instant | null
  readonly startedBy: StaffId | null
  /** Why the session was recorded after the fact. */
  readonly reason: string | undefined
  readonly supervision: readonly { readonly staff: StaffId; readonly from: Instant; readonly until: Instant | null }[]
  readonly endedAt: Instant | null
  readonly students: ReadonlyMap<StudentId, StudentInSession>
  readonly certification: Certification
  readonly walkIns: readonly { readonly student: StudentId; readonly name: string; readonly matched: StudentId | null }[]
  /** What a certification of the session as it stands would sign. */
  readonly digest: string
  /** Events of a type or version this build does not know: kept, not counted. */
  readonly needsUpdate: number
  /** Everything that was recorded, in reading order. */
  readonly events: readonly TrailEntry[]
}

/** What the events of one session say. */
export function foldSession(id: SessionId, kept: readonly KeptEvent[]): SessionState {
  const ordered = inOrder(kept)
  const { events, voidedBy, unknown } = effective(ordered)
  const gathered = gather(events)
  const { start, certified } = gathered
  const first = ordered[0]
  let digest: string | undefined
  const digestNow = (): string => (digest ??= certifiedDigest(events))
  const at = start?.at ?? first?.at ?? instant(0)
  return {
    id,
    site: start?.site ?? first?.site ?? ('' as SiteId),
    section: start?.section ?? null,
    on: start?.on ?? dateOfDay(Math.floor(at / DAY)),
    window: start?.window ?? { from: at, until: at },
    breaks: start?.breaks ?? [],
    room: start?.room ?? '',
    title: start?.title ?? '',
    started: start !== undefined,
    startedAt: start?.at ?? null,
    startedBy: start?.actor ?? null,
    reason: start?.reason,
    supervision: gathered.supervision(),
    endedAt: gathered.endedAt,
    students: gathered.students(),
    walkIns: gathered.walkIns(),
    needsUpdate: unknown,
    get digest() {
      return digestNow()
    },
    get certification(): Certification {
      if (!certified) return { state: 'none' }
      const state = certified.digest === digestNow() ? 'certified' : 'stale'
      return { state, at: certified.at, by: certified.actor, name: certified.name, event: certified.id }
    },
    get events() {
      return ordered.map((event) => ({ event, voidedBy: voidedBy.get(event.id) ?? null }))
    },
  }
}

interface Gathered {
  start: EventOf<'SessionStarted'> | undefined
  certified: EventOf<'SessionCertified'> | undefined
  endedAt: Instant | null
  supervision(): SessionState['supervision']
  students(): SessionState['students']
  walkIns(): SessionState['walkIns']
}

function gather(events: readonly AttendanceEvent[]): Gathered {
  const shifts = new Map<StaffId, AttendanceEvent[]>()
  const marks = new Map<StudentId, Mark[]>()
  const notes = new Map<StudentId, EventOf<'StudentNoted'>[]>()
  const added: EventOf<'WalkInAdded'>[] = []
  const ends: EventOf<'SessionEnded'>[] = []
  const matched = new Map<StudentId, StudentId>()
  for (const event of events) if (event.type === 'WalkInMatched') matched.set(event.temporary, event.student)

  const push = <K, V>(lists: Map<K, V[]>, key: K, value: V): void => {
    const list = lists.get(key)
    if (list) list.push(value)
    else lists.set(key, [value])
  }
  const real = (student: StudentId): StudentId => (matched.size === 0 ? student : (matched.get(student) ?? student))

  const gathered: Gathered = {
    start: undefined,
    certified: undefined,
    endedAt: null,
    supervision: () => supervisionOf(shifts, ends),
    students: () => studentsOf(marks, notes),
    walkIns: () => added.map(({ student, name }) => ({ student, name, matched: matched.get(student) ?? null })),
  }
  const read = (event: AttendanceEvent): void => {
    switch (event.type) {
      case 'SessionStarted':
        gathered.start ??= event
        return push(shifts, event.actor, event)
      case 'SupervisionStarted':
      case 'SupervisionEnded':
        return push(shifts, event.staff, event)
      case 'StudentCheckedIn':
      case 'StudentCheckedOut':
        return push(marks, real(event.student), event)
      case 'StudentNoted':
        return push(notes, real(event.student), event)
      case 'SessionEnded':
        gathered.endedAt ??= event.at
        ends.push(event)
        return
      case 'SessionCertified':
        gathered.certified = event
        return
      case 'WalkInAdded':
        added.push(event)
        return
      case 'WalkInMatched':
      case 'EventVoided':
      case 'ReviewDecided':
        return
    }
  }
  for (const event of events) read(event)
  return gathered
}

/** The end of the session is the end of every supervision still open. */
function supervisionOf(shifts: ReadonlyMap<StaffId, AttendanceEvent[]>, ends: readonly AttendanceEvent[]): SessionState['supervision'] {
  const all: { staff: StaffId; from: Instant; until: Instant | null }[] = []
  for (const [staff, changes] of shifts) {
    const ordered = ends.length > 0 ? inOrder([...changes, ...ends]) : changes
    for (const shift of stretches(ordered as readonly AttendanceEvent[])) all.push({ staff, from: shift.in, until: shift.out })
  }
  return all
}

const NO_NOTES: readonly never[] = []

function studentsOf(
  marks: ReadonlyMap<StudentId, Mark[]>,
  notes: ReadonlyMap<StudentId, EventOf<'StudentNoted'>[]>,
): SessionState['students'] {
  const notesOf = (student: StudentId): readonly Note[] =>
    notes.get(student)?.map(({ text, at, actor }) => ({ text, at, by: actor })) ?? NO_NOTES
  const students = new Map<StudentId, StudentInSession>()
  // A list that was pushed to has room to grow; the copy that is kept is no longer than it needs to be.
  for (const [student, own] of marks) students.set(student, new StudentInSession(student, own.slice(), notesOf(student)))
  for (const student of notes.keys()) {
    if (!students.has(student)) students.set(student, new StudentInSession(student, NO_NOTES, notesOf(student)))
  }
  return students
}
