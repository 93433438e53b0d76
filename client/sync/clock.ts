import type { Instant } from '../../shared/time.ts'
import type { ClockSample } from '../log/rows.ts'

const KEPT = 8

/** How far the server's clock is from ours, by one request: it answered half-way between asking and hearing. */
export function sample(serverTime: Instant, asked: Instant, heard: Instant): ClockSample {
  return { offset: Math.round(serverTime - (asked + heard) / 2), roundTrip: heard - asked, at: heard }
}

/** The last eight samples, the newest last. A clock set back while the answer was on its way gives none: no way takes less than no time. */
export const withSample = (samples: readonly ClockSample[], next: ClockSample): readonly ClockSample[] =>
  next.roundTrip < 0 ? samples : [...samples, next].slice(-KEPT)

/** The estimate an event carries: the sample with the shortest round trip, and how old it is. The clock never blocks anything. (S11) */
export function estimate(samples: readonly ClockSample[], now: Instant): { offset: number | null; age: number | null } {
  const best = samples.reduce<ClockSample | undefined>((a, b) => (a && a.roundTrip <= b.roundTrip ? a : b), undefined)
  return best ? { offset: best.offset, age: Math.max(0, now - best.at) } : { offset: null, age: null }
}
