/** The one reading order of events, whatever order they arrived in: when it happened, then the id, by code units. */
import type { KeptEvent } from '../events.ts'

export function byTime(a: KeptEvent, b: KeptEvent): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** The events in reading order, each id once. */
export function inOrder(events: readonly KeptEvent[]): readonly KeptEvent[] {
  let sorted = true
  for (let i = 1; sorted && i < events.length; i++) sorted = byTime(events[i - 1] as KeptEvent, events[i] as KeptEvent) < 0
  if (sorted) return events
  const ordered = [...events].sort(byTime)
  const seen = new Set<string>()
  return ordered.filter((event) => seen.size < seen.add(event.id).size)
}
