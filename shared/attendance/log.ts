/** The log in memory: each session's events, once each, and which sessions a student has marks in. A session is folded when somebody asks. */
import type { KeptEvent } from '../events.ts'
import type { SessionId, StudentId } from '../ids.ts'
import { foldSession, type SessionState } from './fold.ts'

/** One session's events, and room for what was worked out from them. */
export interface LoggedSession<Worked> {
  readonly id: SessionId
  state(): SessionState
  /** What was worked out from this session; forgotten with its next event. */
  worked: Worked | undefined
  /** Everybody who has, or ever had, a mark or note here. */
  students(): Iterable<StudentId>
}

export interface Log<Worked> {
  /** Takes events in; those already here change nothing. Answers the sessions that changed. */
  put(events: Iterable<KeptEvent>): ReadonlyMap<SessionId, LoggedSession<Worked>>
  /** Folds what changed since the last time and tells whose marks, or whose company, that touches. */
  settle(): void
  readonly sessions: ReadonlyMap<SessionId, LoggedSession<Worked>>
  ofStudent(student: StudentId): readonly LoggedSession<Worked>[]
}

/** @param touched told of every student in a session that changed, before anything is answered about them */
export function openLog<Worked>(touched: (student: StudentId) => void): Log<Worked> {
  const sessions = new Map<SessionId, Session<Worked>>()
  const byStudent = new Map<StudentId, Session<Worked>[]>()
  const unsettled = new Set<Session<Worked>>()

  function put(events: Iterable<KeptEvent>): ReadonlyMap<SessionId, LoggedSession<Worked>> {
    const changed = new Map<SessionId, Session<Worked>>()
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
      if (!session.take(event) || changed.get(id)) continue
      changed.set(id, session)
      unsettled.add(session)
    }
    return changed
  }

  function settle(): void {
    for (const session of unsettled) {
      const before = session.known
      const now = session.state().students
      for (const student of now.keys()) {
        if (before?.has(student)) continue
        const own = byStudent.get(student)
        if (own) own.push(session)
        else byStudent.set(student, [session])
      }
      // Whoever was here once stays known: taking a void back brings the marks back, and the company of the others.
      session.known = before && before.size > 0 ? new Set([...before.keys(), ...now.keys()]) : now
      for (const student of session.known.keys()) touched(student)
    }
    unsettled.clear()
  }

  return {
    put,
    settle,
    sessions,
    ofStudent: (student) => {
      settle()
      return byStudent.get(student) ?? []
    },
  }
}

/** An event this build cannot read may still say which session it belongs to. */
function sessionIdOf(event: KeptEvent): SessionId | undefined {
  if (!('session' in event)) return undefined
  return typeof event.session === 'string' ? (event.session as SessionId) : undefined
}

class Session<Worked> implements LoggedSession<Worked> {
  readonly id: SessionId
  worked: Worked | undefined
  /** The students this session stands under in the index. */
  known: { readonly size: number; has(student: StudentId): boolean; keys(): Iterable<StudentId> } | undefined
  private readonly events: KeptEvent[] = []
  /** Ids are made in order of time: what is beyond the greatest so far is new, and only what is not needs to be looked up. */
  private greatest = ''
  private ids: Set<string> | undefined
  private folded: SessionState | undefined

  constructor(id: SessionId) {
    this.id = id
  }

  /** Whether the event was new. */
  take(event: KeptEvent): boolean {
    if (event.id > this.greatest) {
      this.greatest = event.id
      this.ids?.add(event.id)
    } else {
      this.ids ??= new Set(this.events.map(({ id }) => id))
      if (this.ids.has(event.id)) return false
      this.ids.add(event.id)
    }
    this.events.push(event)
    this.folded = undefined
    this.worked = undefined
    return true
  }

  state(): SessionState {
    this.folded ??= foldSession(this.id, this.events)
    return this.folded
  }

  students(): Iterable<StudentId> {
    return this.known?.keys() ?? []
  }
}
