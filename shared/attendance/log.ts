/** The log in memory: each session's events, once each, and where each student has marks. A session is folded when somebody asks. */
import type { KeptEvent } from '../events.ts'
import type { SessionId, StudentId } from '../ids.ts'
import { foldSession, type SessionState } from './fold.ts'
import type { PresenceFacts } from '../rules/facts.ts'
import { StudentInSession } from './studentInSession.ts'
import { placeIn, Presences, Visits } from './visits.ts'

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
  /** The presence of the student with a place here; none where there are no marks (any more). */
  presence(place: number): PresenceFacts | undefined
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
  type Known = Visits<Session<Worked, About>, About>
  const sessions = new Map<SessionId, Session<Worked, About>>()
  const byStudent = new Map<StudentId, Known>()
  const unsettled = new Set<Session<Worked, About>>()

  function put(events: Iterable<KeptEvent>): ReadonlyMap<SessionId, LoggedSession<Worked>> {
    const changed = new Map<SessionId, Session<Worked, About>>()
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

  function studentOf(id: StudentId): Known {
    let known = byStudent.get(id)
    if (!known) byStudent.set(id, (known = new Visits(id)))
    return known
  }

  /** Keeps who was when in a session. Whoever was here once stays known, at the same place: taking a void back brings the marks
   *  back, and the company of the others. */
  function place(session: Session<Worked, About>, { students }: SessionState): Known[] {
    const { known, presences } = session
    const places = known.length > 0 ? new Map(known.map(({ student }, i) => [student, i])) : undefined
    const here: Known[] = []
    // Those who meet have mostly met before: they are looked for among the company of the first, and only then in the whole district.
    let company: readonly Known[] = []
    let last = 0
    for (const presence of students.values()) {
      const at = places?.get(presence.student) ?? known.length
      last = placeIn(company, last, presence.student)
      const student = known[at] ?? company[last] ?? studentOf(presence.student)
      if (here.length === 0) company = student.sessions.at(-1)?.known ?? []
      if (at === known.length) {
        known.push(student)
        student.sessions.push(session)
        student.places.push(at)
      }
      presences.put(at, presence)
      here.push(student)
    }
    places?.forEach((at, student) => {
      if (!students.has(student)) presences.put(at, new StudentInSession(student, []))
    })
    return here
  }

  function settle(): void {
    for (const session of unsettled) {
      const state = session.read()
      const here = place(session, state)
      for (const { about } of session.known) if (about) touched(about)
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
  const { session } = event as { readonly session?: unknown }
  return typeof session === 'string' ? (session as SessionId) : undefined
}

class Session<Worked, About> implements LoggedSession<Worked> {
  readonly id: SessionId
  worked: Worked | undefined
  /** Everybody in whose visits this session is, by place. */
  readonly known: Visits<Session<Worked, About>, About>[] = []
  readonly presences = new Presences()
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
    return this.known.map(({ student }) => student)
  }

  presence(place: number): PresenceFacts | undefined {
    return this.presences.at(place)
  }
}
