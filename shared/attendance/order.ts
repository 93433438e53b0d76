/** The one reading order of events, whatever order they arrived in: when it happened, then the id, by code units. */
import type { KeptEvent } from '../events.ts'

export function byTime(a: KeptEvent, b: KeptEvent): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** The events in reading order, each id once. A list that is in order already, as nearly all are, is given back as it is. */
export function inOrder(events: readonly KeptEvent[]): readonly KeptEvent[] {
  if (isInOrder(events)) return events
  const ordered = [...events].sort(byTime)
  return ordered.filter((event, i) => event.id !== ordered[i - 1]?.id)
}

function isInOrder(events: readonly KeptEvent[]): boolean {
  for (let i = 1; i < events.length; i++) {
    const before = events[i - 1] as KeptEvent
    const event = events[i] as KeptEvent
    if (before.at > event.at || (before.at === event.at && before.id >= event.id)) return false
  }
  return true
}
