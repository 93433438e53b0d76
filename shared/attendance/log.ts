/** The log in memory: each session's events, once each, and which sessions a student has marks in. Folds a session when it is asked for. */
import type { KeptEvent } from '../events.ts'
import type { SessionId, StudentId } from '../ids.ts'
import { foldSession, type SessionState } from './fold.ts'

/** One session's events, and room for what was worked out from them. */
export interface LoggedSession<Worked> {
  readonly id: SessionId
  /** Everybody a mark or match names, also in events taken back. */
  readonly students: ReadonlySet<StudentId>
  state(): SessionState
  /** What was worked out from this session; forgotten with its next event. */
  worked: Worked | undefined
}

export interface Log<Worked> {
  /** Takes events in; those already here change nothing. Answers the sessions that changed. */
  put(events: Iterable<KeptEvent>): ReadonlyMap<SessionId, LoggedSession<Worked>>
  readonly sessions: ReadonlyMap<SessionId, LoggedSession<Worked>>
  ofStudent(student: StudentId): readonly LoggedSession<Worked>[]
}

export function openLog<Worked>(): Log<Worked> {
  const sessions = new Map<SessionId, Session<Worked>>()
  const byStudent = new Map<StudentId, LoggedSession<Worked>[]>()

  function put(events: Iterable<KeptEvent>): ReadonlyMap<SessionId, LoggedSession<Worked>> {
    const touched = new Map<SessionId, Session<Worked>>()
    let session: Session<Worked> | undefined
    for (const event of events) {
      const id = sessionIdOf(event)
      if (id === undefined) continue
      if (session?.id !== id) {
        session = sessions.get(id)
        if (!session) {
          session = new Session(id)
          sessions.set(id, session)
        }
      }
      if (!session.take(event)) continue
      touched.set(id, session)
      const student = studentOf(event)
      if (student === undefined || !session.admits(student)) continue
      const own = byStudent.get(student)
      if (own) own.push(session)
      else byStudent.set(student, [session])
    }
    return touched
  }
  return { put, sessions, ofStudent: (student) => byStudent.get(student) ?? [] }
}

/** An event this build cannot read may still say which session it belongs to. */
function sessionIdOf(event: KeptEvent): SessionId | undefined {
  if (!('session' in event)) return undefined
  return typeof event.session === 'string' ? (event.session as SessionId) : undefined
}

function studentOf(event: KeptEvent): StudentId | undefined {
  if ('unknown' in event) return undefined
  const { type } = event
  return type === 'StudentCheckedIn' || type === 'StudentCheckedOut' || type === 'WalkInMatched' ? event.student : undefined
}

class Session<Worked> implements LoggedSession<Worked> {
  readonly id: SessionId
  readonly students = new Set<StudentId>()
  worked: Worked | undefined
  private readonly ids = new Set<string>()
  private readonly events: KeptEvent[] = []
  private folded: SessionState | undefined

  constructor(id: SessionId) {
    this.id = id
  }

  /** Whether the event was new. */
  take(event: KeptEvent): boolean {
    const before = this.ids.size
    if (this.ids.add(event.id).size === before) return false
    this.events.push(event)
    this.folded = undefined
    this.worked = undefined
    return true
  }

  /** Whether the student is new here. */
  admits(student: StudentId): boolean {
    const before = this.students.size
    return this.students.add(student).size > before
  }

  state(): SessionState {
    this.folded ??= foldSession(this.id, this.events)
    return this.folded
  }
}
