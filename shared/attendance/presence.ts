/** From marks to stretches of time: a check-in and the next check-out make one. */
import type { AttendanceEvent } from '../events.ts'
import type { EventId } from '../ids.ts'
import { HOUR, type Instant, MINUTE } from '../time.ts'

/** Half-open. Without an end it is nobody's presence yet: the rules invent no minute. */
export interface Stretch {
  readonly in: Instant
  readonly out: Instant | null
  readonly inEvent: EventId
  readonly outEvent: EventId | null
}

const NONE: readonly number[] = []

const opens = (event: AttendanceEvent): boolean =>
  event.type === 'StudentCheckedIn' || event.type === 'SupervisionStarted' || event.type === 'SessionStarted'

/** The stretches that one person's marks make. A second check-in while in, or a check-out while out, changes nothing. At one
 *  and the same moment the next mark that changes something is read first, whatever their order: out and in again are two
 *  stretches without a gap, and in and out again leave one out.
 *  @param marks of one person, in reading order */
export function stretches(marks: readonly AttendanceEvent[]): readonly Stretch[] {
  const [first, second] = marks
  if (first && second && marks.length === 2 && opens(first) && !opens(second)) return [stretch(first, second)]
  const made: Stretch[] = []
  let open: AttendanceEvent | undefined
  for (let i = 0; i < marks.length; ) {
    const { at } = marks[i] as AttendanceEvent
    const together = [marks[i++] as AttendanceEvent]
    while (marks[i]?.at === at) together.push(marks[i++] as AttendanceEvent)
    for (;;) {
      const isIn: boolean = open !== undefined
      const next = together.findIndex((mark) => opens(mark) !== isIn)
      if (next < 0) break
      const [mark] = together.splice(next, 1) as [AttendanceEvent]
      if (open) made.push(stretch(open, mark))
      open = isIn ? undefined : mark
    }
  }
  if (open) made.push(stretch(open, null))
  return made
}

const stretch = (opened: AttendanceEvent, closed: AttendanceEvent | null): Stretch => ({
  in: opened.at,
  out: closed?.at ?? null,
  inEvent: opened.id,
  outEvent: closed?.id ?? null,
})

/** The stretches that have an end and a length, as flat pairs. */
export function spansOf(made: readonly Stretch[]): readonly number[] {
  // Nearly always one: its list is then no longer than it needs to be.
  const [first = NONE, ...others] = made.map(({ in: from, out: until }) => (until !== null && from < until ? [from, until] : NONE))
  return others.length === 0 ? first : [first, ...others].flat()
}

/** Recorded so much later than it happened that it was no tap at the moment but a time entered afterwards. */
export const isEnteredLater = (mark: AttendanceEvent): boolean => mark.recordedAt - mark.at > MINUTE

/** A clock this far from the server's is in doubt; within it, a session's whole hours are hardly at stake. */
const CLOCK_DOUBT = HOUR / 30
export const isClockSuspect = (mark: AttendanceEvent): boolean => Math.abs(mark.clock.offset ?? 0) > CLOCK_DOUBT
