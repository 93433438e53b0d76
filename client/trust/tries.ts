/** How long one waits after wrong PINs. The count stops a person at the tablet; it does not stop somebody with a copy of its disk. */
import type { Instant } from '../../shared/time.ts'
import { instant, MINUTE } from '../../shared/time.ts'

/** So many wrong ones in a row, and what can be read is taken away. */
export const MOST_TRIES = 10
const FREE_TRIES = 5
/** After the fifth, the sixth, and so on. */
const DELAYS = [MINUTE / 2, MINUTE, 5 * MINUTE, 15 * MINUTE, 15 * MINUTE]

export interface Tries {
  readonly wrong: number
  /** When the last one was, by this device's clock. */
  readonly at: Instant
}

export const NO_TRIES: Tries = { wrong: 0, at: instant(0) }

/** When the next try may be made. A clock set back makes nobody wait longer than the delay itself. */
export function nextTryAt({ wrong, at }: Tries, now: Instant): Instant {
  if (wrong < FREE_TRIES) return now
  const delay = DELAYS[Math.min(wrong - FREE_TRIES, DELAYS.length - 1)] ?? 0
  return instant(Math.min(at, now) + delay)
}
