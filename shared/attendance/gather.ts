/** One pass over a session's effective events: who was there, who supervised, what was signed. */
import type { AttendanceEvent, EventOf } from '../events.ts'
import type { StaffId, StudentId } from '../ids.ts'
import type { Instant } from '../time.ts'
import { inOrder } from './order.ts'
import { stretches } from './presence.ts'
import { type Mark, StudentInSession } from './studentInSession.ts'

export interface Supervision {
  readonly staff: StaffId
  readonly from: Instant
  readonly until: Instant | null
}

export interface WalkIn {
  readonly student: StudentId
  /** As it was typed. */
  readonly name: string
  readonly matched: StudentId | null
}

export interface Gathered {
  readonly start: EventOf<'SessionStarted'> | undefined
  /** The newest signature. */
  readonly certified: EventOf<'SessionCertified'> | undefined
  readonly endedAt: Instant | null
  readonly supervision: readonly Supervision[]
  readonly students: ReadonlyMap<StudentId, StudentInSession>
  readonly walkIns: readonly WalkIn[]
}

/** @param events the effective events of one session, in reading order */
export function gather(events: readonly AttendanceEvent[]): Gathered {
  let start: EventOf<'SessionStarted'> | undefined
  let certified: EventOf<'SessionCertified'> | undefined
  const ends: EventOf<'SessionEnded'>[] = []
  const added: EventOf<'WalkInAdded'>[] = []
  const notes: EventOf<'StudentNoted'>[] = []
  const shifts = new Map<StaffId, AttendanceEvent[]>()
  const students = new Map<StudentId, StudentInSession>()
  const matched = matchesIn(events)
  const real = (student: StudentId): StudentId => matched.get(student) ?? student
  const mark = (event: Mark): void => {
    const student = real(event.student)
    const known = students.get(student)
    if (known) known.add(event)
    else students.set(student, new StudentInSession(student, [event]))
  }

  const read = (event: AttendanceEvent): void => {
    switch (event.type) {
      case 'StudentCheckedIn':
      case 'StudentCheckedOut':
        return mark(event)
      case 'SessionStarted':
        start ??= event
        return append(shifts, event.actor, event)
      case 'SupervisionStarted':
      case 'SupervisionEnded':
        return append(shifts, event.staff, event)
      case 'StudentNoted':
        notes.push(event)
        return
      case 'SessionEnded':
        ends.push(event)
        return
      case 'SessionCertified':
        certified = event
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
  for (const note of notes) noteOn(students, real(note.student), note)

  return {
    start,
    certified,
    endedAt: ends[0]?.at ?? null,
    supervision: supervisionOf(shifts, ends),
    students,
    walkIns: added.map(({ student, name }) => ({ student, name, matched: matched.get(student) ?? null })),
  }
}

const NOBODY: ReadonlyMap<StudentId, StudentId> = new Map()

/** Who the walk-ins turned out to be. Known before the first mark is read, whenever it was said. */
function matchesIn(events: readonly AttendanceEvent[]): ReadonlyMap<StudentId, StudentId> {
  let matched: Map<StudentId, StudentId> | undefined
  for (const event of events) if (event.type === 'WalkInMatched') (matched ??= new Map()).set(event.temporary, event.student)
  return matched ?? NOBODY
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

function noteOn(students: Map<StudentId, StudentInSession>, id: StudentId, { text, at, actor }: EventOf<'StudentNoted'>): void {
  const student = students.get(id) ?? new StudentInSession(id, [])
  student.notes = [...student.notes, { text, at, by: actor }]
  students.set(id, student)
}

/** The end of the session is the end of every supervision still open. */
function supervisionOf(shifts: ReadonlyMap<StaffId, AttendanceEvent[]>, ends: readonly AttendanceEvent[]): Supervision[] {
  const all: Supervision[] = []
  for (const [staff, changes] of shifts) {
    const ordered = ends.length > 0 ? inOrder([...changes, ...ends]) : changes
    for (const shift of stretches(ordered as readonly AttendanceEvent[])) all.push({ staff, from: shift.in, until: shift.out })
  }
  return all
}
