/** Which events hold. A void takes an event back; a void may itself be voided, and then the event holds again. */
import type { AttendanceEvent, EventOf, KeptEvent } from '../events.ts'
import type { EventId } from '../ids.ts'

type Void = EventOf<'EventVoided'>

export interface Effective {
  /** The events that hold, in the order given. */
  readonly events: readonly AttendanceEvent[]
  /** By voided event, the first void that holds. */
  readonly voidedBy: ReadonlyMap<EventId, Void>
  /** How many events this build cannot read. */
  readonly unknown: number
}

const NO_VOIDS: ReadonlyMap<EventId, Void> = new Map()
const isKnown = (event: KeptEvent): event is AttendanceEvent => !('unknown' in event)

/** Sorts a session's events into those that hold and those taken back. */
export function effective(events: readonly KeptEvent[]): Effective {
  const known = events.every(isKnown) ? events : events.filter(isKnown)
  const unknown = events.length - known.length
  if (!known.some(({ type }) => type === 'EventVoided')) return { events: known, voidedBy: NO_VOIDS, unknown }

  const voids = new Map<EventId, Void[]>()
  for (const event of known) {
    if (event.type !== 'EventVoided') continue
    const others = voids.get(event.voids)
    if (others) others.push(event)
    else voids.set(event.voids, [event])
  }
  const answers = new Map<EventId, Void | undefined>()
  for (const { id } of known) answer(id, voids, answers)
  const voidedBy = new Map<EventId, Void>()
  for (const [id, by] of answers) if (by) voidedBy.set(id, by)
  return { events: known.filter((event) => !voidedBy.has(event.id)), voidedBy, unknown }
}

/** Finds the first void of an event that holds itself. Without recursion: somebody may write voids of voids thousands deep. */
function answer(asked: EventId, voids: ReadonlyMap<EventId, readonly Void[]>, answers: Map<EventId, Void | undefined>): void {
  const open: { readonly id: EventId; next: number }[] = []
  const begin = (id: EventId): void => {
    // While an event is being looked at it holds: two voids that take back each other do not go round for ever.
    answers.set(id, undefined)
    open.push({ id, next: 0 })
  }
  if (!answers.has(asked)) begin(asked)
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const candidate = voids.get(top.id)?.[top.next]
    if (candidate && !answers.has(candidate.id)) begin(candidate.id)
    else if (candidate && answers.get(candidate.id)) top.next++
    else {
      answers.set(top.id, candidate)
      open.pop()
    }
  }
}
