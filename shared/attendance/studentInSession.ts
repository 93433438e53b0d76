/** What one student's marks in a session say. */
import type { EventOf } from '../events.ts'
import type { StaffId, StudentId } from '../ids.ts'
import type { PresenceFacts } from '../rules/facts.ts'
import type { Spans } from '../rules/spans.ts'
import type { Instant } from '../time.ts'
import { isClockSuspect, isEnteredLater, type Stretch, spansOf, stretches } from './presence.ts'

export type Mark = EventOf<'StudentCheckedIn'> | EventOf<'StudentCheckedOut'>
export interface Note {
  readonly text: string
  readonly at: Instant
  readonly by: StaffId
}

const NONE: readonly never[] = []

export class StudentInSession implements PresenceFacts {
  readonly student: StudentId
  private ordered: Mark[]
  notes: readonly Note[] = NONE
  private made: readonly Stretch[] | undefined

  /** @param marks effective check-ins and check-outs, in reading order */
  constructor(student: StudentId, marks: Mark[]) {
    this.student = student
    this.ordered = marks
  }

  /** For the fold alone, before anybody asks: the next mark in reading order. */
  add(mark: Mark): void {
    const [first] = this.ordered
    // Nearly everybody comes and leaves: a list of two takes no more room than two.
    if (first && this.ordered.length === 1) this.ordered = [first, mark]
    else this.ordered.push(mark)
  }

  /** Effective check-ins and check-outs, in reading order. */
  get marks(): readonly Mark[] {
    return this.ordered
  }

  get intervals(): readonly Stretch[] {
    this.made ??= stretches(this.ordered)
    return this.made
  }

  /** In once, out once later, each told when it happened, by a clock in no doubt: nearly everybody. */
  get isUsual(): boolean {
    const came = this.ordered[0]
    const left = this.ordered[1]
    if (this.ordered.length !== 2 || !came || !left) return false
    if (came.type !== 'StudentCheckedIn' || left.type !== 'StudentCheckedOut' || came.at >= left.at) return false
    return !isEnteredLater(came) && !isEnteredLater(left) && !isClockSuspect(came) && !isClockSuspect(left)
  }

  /** Since when the student is in; null when out. */
  get since(): Instant | null {
    const last = this.intervals.at(-1)
    return last && last.out === null ? last.in : null
  }

  get missingCheckOut(): boolean {
    return this.since !== null
  }

  /** Flat pairs of the stretches that have an end. */
  get spans(): Spans {
    return spansOf(this.intervals)
  }

  /** The first check-in; never, for a check-out alone. */
  get firstIn(): number {
    return this.ordered.find((mark) => mark.type === 'StudentCheckedIn')?.at ?? Number.POSITIVE_INFINITY
  }

  get firstMark(): number {
    return this.ordered[0]?.at ?? Number.POSITIVE_INFINITY
  }

  get lastMark(): number {
    return this.ordered.at(-1)?.at ?? Number.NEGATIVE_INFINITY
  }

  /** Marks entered after the moment they are a record of. */
  get enteredLater(): readonly Mark[] {
    return this.ordered.filter(isEnteredLater)
  }

  get clockSuspect(): boolean {
    return this.ordered.some(isClockSuspect)
  }
}
