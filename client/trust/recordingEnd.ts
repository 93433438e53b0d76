/**
 * When recording under a sign-in ends. The district's clock counts, as well as this device knows it: its own clock, put right by the last
 * answer, and never earlier than the latest moment it has known, so that setting the clock back gives nobody more time. Sending never ends.
 */
import type { SignedIn } from '../../shared/api/people.ts'
import type { Instant } from '../../shared/time.ts'
import { DAY, instant, MINUTE } from '../../shared/time.ts'
import type { ClockSample } from '../log/rows.ts'
import { estimate } from '../sync/clock.ts'

/** So much behind, and the clock was set back: less is what clocks do by themselves. */
const SET_BACK = 10 * MINUTE

export interface Watch {
  /** Whether the person may record no more. A sign-in from before there were grants has no end of this kind. */
  isEnded(account: SignedIn | null): boolean
  isSetBack(): boolean
  /** The latest moment known now. */
  look(): Instant
  /** What was known when the app was last open. */
  remember(latest: Instant): void
  /** Whether the grant is the district's, and for this device. */
  judged(isGood: boolean): void
}

/** A watch over this device's clock and what the district's answers said of it. */
export function openWatch(now: () => Instant, samples: () => readonly ClockSample[]): Watch {
  let latest: Instant | undefined
  let told: Instant | undefined
  let isSetBack = false
  let isRefused = false
  const look = (): Instant => {
    const newest = samples().at(-1)
    // An answer that is news is the truth, also when it says that it is earlier than was thought.
    const isNews = newest !== undefined && newest.at !== told
    const floor = isNews ? instant(newest.at + newest.offset) : latest
    told = newest?.at ?? told
    const here = instant(now() + (estimate(samples(), now()).offset ?? 0))
    isSetBack = floor !== undefined && floor - here > SET_BACK
    latest = instant(Math.max(here, floor ?? here))
    return latest
  }
  return {
    isEnded: (account) => account?.grant !== undefined && (isRefused || look() >= account.offlineUntil),
    isSetBack: () => look() > 0 && isSetBack,
    look,
    remember(before) {
      // What the last answer said is newer than what was noted before it.
      if (latest === undefined || (told === undefined && before > latest)) latest = before
    },
    judged: (isGood) => void (isRefused = !isGood),
  }
}

/** Whether offline use has ended by the watch; for a sign-in from before there were grants, by this device's clock. */
export const isOver = (watch: Watch, account: SignedIn, now: Instant): boolean =>
  account.grant ? watch.isEnded(account) : account.offlineUntil < now

/** When the district's clock said it gave the grant; undefined without one, or for none of ours. */
function grantedAt({ grant }: SignedIn): number | undefined {
  try {
    const body: unknown = JSON.parse(grant?.body ?? 'null')
    return typeof body === 'object' && body !== null && 'at' in body && typeof body.at === 'number' ? body.at : undefined
  } catch {
    return undefined
  }
}

/** What the district's clock said when it gave the grant, as an answer: the first that a new device has. */
export function grantSample(account: SignedIn, now: Instant): ClockSample | undefined {
  const at = grantedAt(account)
  return at === undefined ? undefined : { offset: at - now, roundTrip: 2_000, at: now }
}

/**
 * Whether the end is near, `now` by the watch: less than half of what was given is left, and no more than three days, so that it is said on a
 * Friday of what ends on a Sunday.
 */
export function endsSoon(account: SignedIn, now: Instant): boolean {
  const at = grantedAt(account)
  return at !== undefined && account.offlineUntil - now < Math.min(3 * DAY, (account.offlineUntil - at) / 2)
}
