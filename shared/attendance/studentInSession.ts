/** What one student's marks in a session say. Only the marks are kept: a district has millions of them, and asks for few at a time. */
import type { EventOf } from '../events.ts'
import type { StaffId, StudentId } from '../ids.ts'
import type { Instant } from '../time.ts'
import { isClockSuspect, isEnteredLater, type Stretch, spansOf, stretches } from './presence.ts'

export type Mark = EventOf<'StudentCheckedIn'> | EventOf<'StudentCheckedOut'>
export interface Note {
  readonly text: string
  readonly at: Instant
  readonly by: StaffId
}

export class StudentInSession {
  readonly student: StudentId
  /** Effective check-ins and check-outs, in reading order. */
  readonly marks: readonly Mark[]
  readonly notes: readonly Note[]

  constructor(student: StudentId, marks: readonly Mark[], notes: readonly Note[]) {
    this.student = student
    this.marks = marks
    this.notes = notes
  }

  get intervals(): readonly Stretch[] {
    return stretches(this.marks)
  }

  /** Since when the student is in; null when out. */
  get since(): Instant | null {
    const last = this.intervals.at(-1)
    return last && last.out === null ? last.in : null
  }

  get missingCheckOut(): boolean {
    return this.since !== null
  }

  /** Flat pairs of the intervals that have an end. */
  get spans(): readonly number[] {
    return spansOf(this.intervals)
  }

  /** The first check-in; never, for a check-out alone. */
  get firstIn(): number {
    for (const mark of this.marks) if (mark.type === 'StudentCheckedIn') return mark.at
    return Number.POSITIVE_INFINITY
  }

  get firstMark(): number {
    return this.marks[0]?.at ?? Number.POSITIVE_INFINITY
  }

  get lastMark(): number {
    return this.marks.at(-1)?.at ?? Number.NEGATIVE_INFINITY
  }

  /** Marks entered after the moment they are a record of. */
  get enteredLater(): readonly Mark[] {
    return this.marks.some(isEnteredLater) ? this.marks.filter(isEnteredLater) : NONE
  }

  get clockSuspect(): boolean {
    return this.marks.some(isClockSuspect)
  }
}

const NONE: readonly never[] = []
