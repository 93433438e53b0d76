/** Slows guessing: after too many failures by one key, further tries wait. A school shares one address, so keys are accounts and devices. */
import { type Instant, MINUTE } from '../../shared/time.ts'

const MOST_FAILURES = 10
const WINDOW = 15 * MINUTE
const MOST_KEYS = 10_000

export interface Attempts {
  /** Milliseconds to wait before another try; 0 when it may be made now. */
  wait(key: string): number
  failed(key: string): void
  succeeded(key: string): void
}

/** Attempts counted in memory: a restart forgives, which costs a guesser more than it gives. */
export function openAttempts(now: () => Instant): Attempts {
  const failures = new Map<string, { count: number; since: number }>()
  return {
    wait(key) {
      const held = failures.get(key)
      if (!held || held.count < MOST_FAILURES) return 0
      return Math.max(0, held.since + WINDOW - now())
    },
    failed(key) {
      const held = failures.get(key)
      if (held && held.since + WINDOW > now()) held.count += 1
      else failures.set(key, { count: 1, since: now() })
      if (failures.size > MOST_KEYS) failures.delete(failures.keys().next().value ?? '')
    },
    succeeded: (key) => void failures.delete(key),
  }
}
