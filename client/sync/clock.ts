import type { Instant } from '../../shared/time.ts'
import type { ClockSample } from '../log/rows.ts'

const KEPT = 8

/** How far the server's clock is from ours, by one request: it answered half-way between asking and hearing. */
export function sample(serverTime: Instant, asked: Instant, heard: Instant): ClockSample {
  return { offset: Math.round(serverTime - (asked + heard) / 2), roundTrip: heard - asked, at: heard }
}

/** Two samples of a clock that nobody touched agree within this, besides what their own ways leave open. */
const AGREE = 5_000

/**
 * The last eight samples, the newest last. A clock set back while the answer was on its way gives none: no way takes less than no time.
 * Older ones that the newest contradicts are of a clock that was set since, and go.
 */
export function withSample(samples: readonly ClockSample[], next: ClockSample): readonly ClockSample[] {
  if (next.roundTrip < 0) return samples
  const agrees = (other: ClockSample): boolean => Math.abs(other.offset - next.offset) <= AGREE + (other.roundTrip + next.roundTrip) / 2
  return [...samples.filter(agrees), next].slice(-KEPT)
}

/**
 * The estimate an event carries: the sample with the shortest round trip, and how old it is. None when this device's clock stands before
 * the sample: it was set back, and nothing is known of it until the next answer. The clock never blocks anything. (S11)
 */
export function estimate(samples: readonly ClockSample[], now: Instant): { offset: number | null; age: number | null } {
  const best = samples.reduce<ClockSample | undefined>((a, b) => (a && a.roundTrip <= b.roundTrip ? a : b), undefined)
  return best && now >= best.at - AGREE ? { offset: best.offset, age: Math.max(0, now - best.at) } : { offset: null, age: null }
}
