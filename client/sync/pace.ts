/** How much is sent at once: as much as the way takes in a few seconds, so that a slow one makes progress and a fast one is not chatty. */

/** What a request carries at most. */
export const MOST_EVENTS = 500
const FEWEST = 10
/** Under this, more goes at once. */
const QUICK = 2_000
/** Over this, less. */
const SLOW = 8_000

/** How many events go with one push, and how many found nobody in a row. Kept from round to round by the one who syncs. */
export interface Pace {
  most: number
  silent: number
}

export const freshPace = (): Pace => ({ most: MOST_EVENTS, silent: 0 })

/** The most to send next, after what stands between refused so many at once, or cut them off. */
export const paceAfterBlock = (sent: number): number => Math.max(1, Math.ceil(sent / 2))

/** The most to send next, after `sent` events took `ms` milliseconds to be answered. */
export function paceAfter(most: number, sent: number, ms: number): number {
  if (ms > SLOW) return Math.max(FEWEST, Math.floor(Math.min(most, sent) / 2))
  // Only a push that was full says that a larger one would do.
  if (ms < QUICK && sent >= most) return Math.min(MOST_EVENTS, most * 2)
  return most
}

/** How often in a row nobody answers before less is tried: something between may cut off what is large. */
const SILENT = 3

/**
 * The most to send next, after nothing answered for `ms` milliseconds, `silent` times in a row. No network at all is known at once, and says
 * nothing of its pace; where that goes on, less is tried all the same.
 */
export function paceAfterSilence(most: number, sent: number, ms: number, silent = 1): number {
  if (sent === 0) return most
  if (ms > SLOW) return Math.max(FEWEST, Math.floor(Math.min(most, sent) / 4))
  return silent > SILENT ? paceAfterBlock(sent) : most
}
