/** The log in memory: each session's events, once each, and where each student has marks. A session is folded when somebody asks. */
import type { KeptEvent } from '../events.ts'
import type { SessionId, StudentId } from '../ids.ts'
import { foldSession, type SessionState } from './fold.ts'
import { StudentInSession } from './studentInSession.ts'
import { Visits } from './visits.ts'

/** One session's events, and room for what was worked out from them. */
export interface LoggedSession<Worked> {
  readonly id: SessionId
  /** What the events say. The same object until the next event. */
  state(): SessionState
  /** The same for a single look: nothing is kept of it. */
  read(): SessionState
  /** What was worked out from this session; forgotten with its next event. */
  worked: Worked | undefined
  /** Everybody who has, or ever had, a mark or note here. */
  students(): Iterable<StudentId>
}

export interface Log<Worked, About> {
  /** Takes events in; those already here change nothing. Answers the sessions that changed. */
  put(events: Iterable<KeptEvent>): ReadonlyMap<SessionId, LoggedSession<Worked>>
  /** Folds what changed since the last time and tells whose marks, or whose company, that touches. */
  settle(): void
  readonly sessions: ReadonlyMap<SessionId, LoggedSession<Worked>>
  /** Everybody who was seen or asked about. */
  everyone(): Iterable<Visits<LoggedSession<Worked>, About>>
  /** A student's visits; call `settle` before reading them. */
  student(id: StudentId): Visits<LoggedSession<Worked>, About>
}

/** @param touched told of what is known about every student in a session that changed, before anything is answered about them
 *  @param work works out what is kept of a session, told its students in their order; what it gives is forgotten with its next event */
export function openLog<Worked, About>(
  touched: (about: About) => void,
  work: (state: SessionState, students: readonly Visits<LoggedSession<Worked>, About>[]) => Worked | undefined,
): Log<Worked, About> {
  const sessions = new Map<SessionId, Session<Worked>>()
  const byStudent = new Map<StudentId, Visits<LoggedSession<Worked>, About>>()
  const unsettled = new Set<Session<Worked>>()

  function put(events: Iterable<KeptEvent>): ReadonlyMap<SessionId, LoggedSession<Worked>> {
    const changed = new Map<SessionId, Session<Worked>>()
    const list = Array.isArray(events) ? (events as readonly KeptEvent[]) : [...events]
    for (let from = 0; from < list.length; ) {
      const id = sessionIdOf(list[from] as KeptEvent)
      let until = from + 1
      while (until < list.length && sessionIdOf(list[until] as KeptEvent) === id) until++
      if (id !== undefined) {
        let session = sessions.get(id)
        if (!session) sessions.set(id, (session = new Session(id)))
        if (session.take(list, from, until)) {
          changed.set(id, session)
          unsettled.add(session)
        }
      }
      from = until
    }
    return changed
  }

  function studentOf(id: StudentId): Visits<LoggedSession<Worked>, About> {
    const known = byStudent.get(id)
    if (known) return known
    const visits = new Visits<LoggedSession<Worked>, About>(id)
    byStudent.set(id, visits)
    return visits
  }

  function place(session: Session<Worked>, presence: StudentInSession, isKnown: boolean): Visits<LoggedSession<Worked>, About> {
    const visits = studentOf(presence.student)
    visits.put(session, presence, isKnown)
    if (visits.about) touched(visits.about)
    return visits
  }

  function settle(): void {
    for (const session of unsettled) {
      const state = session.read()
      const now = state.students
      const before = session.known.length > 0 ? new Set(session.known) : undefined
      const here: Visits<LoggedSession<Worked>, About>[] = []
      for (const presence of now.values()) here.push(place(session, presence, before?.has(presence.student) ?? false))
      if (before) for (const student of before) if (!now.has(student)) place(session, new StudentInSession(student, []), true)
      // Whoever was here once stays known: taking a void back brings the marks back, and the company of the others.
      session.known = before ? [...new Set([...before, ...now.keys()])] : [...now.keys()]
      session.worked ??= work(state, here)
    }
    unsettled.clear()
  }

  return {
    put,
    settle,
    sessions,
    everyone: () => byStudent.values(),
    student: studentOf,
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
  /** Everybody in whose visits this session is. */
  known: readonly StudentId[] = []
  private events: readonly KeptEvent[] = []
  /** Ids are made in order of time: what is beyond the greatest so far is new, and only what is not needs to be looked up. */
  private greatest = ''
  private ids: Set<string> | undefined
  private folded: SessionState | undefined
  private isAskedFor = false

  constructor(id: SessionId) {
    this.id = id
  }

  /** Takes some of a list in. Answers whether any of them was new. The events are a new list then: what was folded keeps the old one. */
  take(list: readonly KeptEvent[], from: number, until: number): boolean {
    const added = list.slice(from, until)
    let kept = 0
    for (const event of added) {
      const isLate = event.id <= this.greatest
      if (isLate) this.ids ??= new Set([...this.events, ...added.slice(0, kept)].map(({ id }) => id))
      else this.greatest = event.id
      if (isLate && this.ids?.has(event.id)) continue
      this.ids?.add(event.id)
      added[kept++] = event
    }
    if (kept === 0) return false
    added.length = kept
    this.events = this.events.length === 0 ? added : [...this.events, ...added]
    this.folded = undefined
    this.worked = undefined
    return true
  }

  state(): SessionState {
    this.isAskedFor = true
    this.folded ??= foldSession(this.id, this.events)
    return this.folded
  }

  /** The state, which is kept only where somebody looks at it: a district has tens of thousands. */
  read(): SessionState {
    return this.isAskedFor ? this.state() : foldSession(this.id, this.events)
  }

  students(): Iterable<StudentId> {
    return this.known
  }
}
