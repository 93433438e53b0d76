/** The one reading order of events, whatever order they arrived in: when it happened, then the id, by code units. */
import type { KeptEvent } from '../events.ts'
import { byCodeUnits } from '../rules/codeUnits.ts'

export function byTime(a: KeptEvent, b: KeptEvent): number {
  return a.at - b.at || byCodeUnits(a.id, b.id)
}

/** The events in reading order, each id once. */
export function inOrder(events: readonly KeptEvent[]): readonly KeptEvent[] {
  const ordered = sorted(events, byTime)
  return ordered.filter((event, i) => i === 0 || byTime(ordered[i - 1] as KeptEvent, event) !== 0)
}

/** How far, on average, each may be from its place before the engine's own sort is the faster one. */
const NEAR = 16

/** A sorted copy. What people tap in a room is nearly in order: putting each where it belongs takes a few steps then. */
export function sorted<T>(list: readonly T[], compare: (a: T, b: T) => number): T[] {
  const copy = [...list]
  let steps = 0
  for (let i = 1; i < copy.length && steps < NEAR * copy.length; i++) {
    const each = copy[i] as T
    let place = i
    for (; place > 0 && compare(copy[place - 1] as T, each) > 0; place--) copy[place] = copy[place - 1] as T
    copy[place] = each
    steps += i - place
  }
  return steps < NEAR * copy.length ? copy : copy.sort(compare)
}
