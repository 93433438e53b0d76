import { byCodeUnits } from '../codeUnits.ts'
import { intersect, NEVER, type Spans, subtract, total, union } from '../spans.ts'
import type { Attended } from './countable.ts'

/** Sessions in the order in which they may claim a minute: the earlier first check-in, then the smaller key by code units. */
export function byFirstCheckIn(a: Attended, b: Attended): number {
  return a.presence.firstIn - b.presence.firstIn || byCodeUnits(a.session.facts.key, b.session.facts.key)
}

export interface CountedOnce {
  /** What is left of each session's time, in the order given. */
  readonly spans: readonly Spans[]
  /** What another session had already counted, in the order given. */
  readonly overlap: readonly Spans[]
}

/** Each minute once, for the session that comes first, whether or not either is certified.
 *  @cite Reading: once */
export function countedOnce(times: readonly Spans[]): CountedOnce {
  let latest = Number.NEGATIVE_INFINITY
  let mayOverlap = false
  for (const spans of times) {
    if (spans.length === 0) continue
    const begins = spans[0] as number
    if (begins < latest) mayOverlap = true
    latest = Math.max(latest, spans.at(-1) as number)
  }
  if (!mayOverlap) return { spans: times, overlap: times.map(() => NEVER) }

  let taken: Spans = NEVER
  const spans: Spans[] = []
  const overlap: Spans[] = []
  for (const time of times) {
    const twice = intersect(time, taken)
    overlap.push(twice)
    spans.push(total(twice) > 0 ? subtract(time, twice) : time)
    taken = union([taken, time])
  }
  return { spans, overlap }
}
