/** One student's presence in all sessions. A district has millions of them, nearly all in once and out once: kept as two numbers. */
import type { StudentId } from '../ids.ts'
import type { PresenceFacts } from '../rules/facts.ts'
import type { Spans } from '../rules/spans.ts'
import type { StudentInSession } from './studentInSession.ts'

const NONE: readonly never[] = []

/** In once, out once, each told when it happened. */
class OnceIn implements PresenceFacts {
  readonly spans: Spans
  readonly firstIn: number
  readonly missingCheckOut = false
  readonly enteredLater = NONE
  readonly clockSuspect = false

  constructor(from: number, until: number) {
    this.spans = [from, until]
    this.firstIn = from
  }

  get firstMark(): number {
    return this.spans[0] as number
  }

  get lastMark(): number {
    return this.spans[1] as number
  }
}

/** A student of the log, and room for what was worked out about the person. */
export class Visits<Session, About> {
  readonly student: StudentId
  about: About | undefined
  /** Where the student has, or ever had, a mark or note. */
  readonly sessions: Session[] = []
  /** By session, when the student came and left. */
  private readonly times: number[] = []
  /** What two numbers cannot say. */
  private others: Map<Session, StudentInSession> | undefined

  constructor(student: StudentId) {
    this.student = student
  }

  /** Says what the student did in a session, instead of what was said before. */
  put(session: Session, presence: StudentInSession, isKnown: boolean): void {
    const index = isKnown ? this.sessions.indexOf(session) : this.sessions.length
    this.sessions[index] = session
    this.times[2 * index] = presence.firstMark
    this.times[2 * index + 1] = presence.lastMark
    if (presence.isUsual) this.others?.delete(session)
    else (this.others ??= new Map()).set(session, presence)
  }

  /** The presence in the nth session; none where there are no marks (any more). */
  presence(index: number): PresenceFacts | undefined {
    const other = this.others?.get(this.sessions[index] as Session)
    if (other) return other.marks.length > 0 ? other : undefined
    return new OnceIn(this.times[2 * index] as number, this.times[2 * index + 1] as number)
  }
}
