/** Who was when in a session, and in which sessions a student was. A district has millions of visits, nearly all in once and out once:
 *  kept as two numbers, and a place by which the student finds them. */
import type { StudentId } from '../ids.ts'
import type { PresenceFacts } from '../rules/facts.ts'
import type { Spans } from '../rules/spans.ts'
import type { StudentInSession } from './studentInSession.ts'

const NONE: readonly never[] = []

/** Where a student is in some company, looking from a place on and round to it; nowhere is beyond its end. */
export function placeIn(company: readonly { readonly student: StudentId }[], from: number, student: StudentId): number {
  for (let i = 0; i < company.length; i++) {
    const place = (from + i) % company.length
    if (company[place]?.student === student) return place
  }
  return company.length
}

/** In once, out once, each told when it happened. */
class OnceIn implements PresenceFacts {
  readonly spans: Spans
  readonly firstIn: number
  readonly firstMark: number
  readonly lastMark: number
  readonly missingCheckOut = false
  readonly enteredLater = NONE
  readonly clockSuspect = false

  constructor(from: number, until: number) {
    this.spans = [from, until]
    this.firstIn = from
    this.firstMark = from
    this.lastMark = until
  }
}

/** Everybody's presence in one session, by place. */
export class Presences {
  /** By place, when the student came and left. */
  private readonly times: number[] = []
  /** By place, what two numbers cannot say. */
  private others: Map<number, StudentInSession> | undefined

  put(place: number, presence: StudentInSession): void {
    this.times[2 * place] = presence.firstMark
    this.times[2 * place + 1] = presence.lastMark
    if (presence.isUsual) this.others?.delete(place)
    else (this.others ??= new Map()).set(place, presence)
  }

  /** None where there are no marks (any more). */
  at(place: number): PresenceFacts | undefined {
    const other = this.others?.get(place)
    if (other) return other.marks.length > 0 ? other : undefined
    return new OnceIn(this.times[2 * place] as number, this.times[2 * place + 1] as number)
  }
}

/** A student of the log, and room for what was worked out about the person. */
export class Visits<Session, About> {
  readonly student: StudentId
  about: About | undefined
  /** Where the student has, or ever had, a mark or note. */
  readonly sessions: Session[] = []
  /** In each of them, the student's place. */
  readonly places: number[] = []

  constructor(student: StudentId) {
    this.student = student
  }
}
