/**
 * When recording under a sign-in ends. What is certain is what the district said last and the time that was counted since while the app was
 * open: no clock is needed for it, and none changes it. This device's clock, put right by the last answer, is believed besides, unless it stands
 * before that. It may have been set ahead, or the device have slept: nobody can tell the one from the other. So it ends nothing at once in a page
 * that was open before, and setting it right begins recording again. Sending never ends.
 */
import type { SignedIn } from '../../shared/api/people.ts'
import type { Instant } from '../../shared/time.ts'
import { DAY, HOUR, instant, MINUTE } from '../../shared/time.ts'
import type { ClockSample } from '../log/rows.ts'
import { estimate } from '../sync/clock.ts'

/** So much behind, and the clock was set back: less is what clocks do by themselves. */
const SET_BACK = 10 * MINUTE
/** So long, counted, an open page goes on after its clock jumped past the end: a day at school. */
const GRACE = 12 * HOUR

/**
 * Whether the end has come. `jumped`: by the clock alone, which jumped while the page was open; recording goes on for a while. `byClock`: by the
 * clock alone, and setting it right undoes it where it is wrong.
 */
export type Ending = 'none' | 'jumped' | 'byClock' | 'certain'

export interface Watch {
  /** A sign-in from before there were grants has no end of this kind. */
  ending(account: SignedIn | null): Ending
  /** Whether the person may record no more. */
  isEnded(account: SignedIn | null): boolean
  isSetBack(): boolean
  /** The time now, as well as it is known. */
  look(): Instant
  /** The time that it is at least, whatever a clock says; undefined before the district's first answer. */
  counted(): Instant | undefined
  /** What was counted when the app was last open. */
  remember(counted: Instant): void
  /** Whether the grant is the district's, and for this device. */
  judged(isGood: boolean): void
}

/**
 * A watch over this device's clock and what the district's answers said of it.
 * @param elapsed milliseconds that count on by themselves while the page is open, from wherever they began
 */
export function openWatch(now: () => Instant, elapsed: () => number, samples: () => readonly ClockSample[]): Watch {
  /** A moment of the district that is certain, and what had elapsed then. */
  let known: { readonly at: Instant; readonly when: number } | undefined
  /** What the clock said when the page was opened, or at the last answer. */
  let begun: { readonly clock: Instant; readonly when: number } | undefined
  let told: Instant | undefined
  let jumped: number | undefined
  let isRefused = false

  const counted = (): Instant | undefined => {
    const newest = samples().at(-1)
    if (!begun || (newest && newest.at !== told)) {
      begun = { clock: now(), when: elapsed() }
      jumped = undefined
      // An answer that is news is the truth, also when it says that it is earlier than was thought.
      if (newest) known = { at: instant(newest.at + newest.offset), when: elapsed() }
      told = newest?.at
    }
    return known && instant(known.at + elapsed() - known.when)
  }
  /** What a clock may mean: as the last answer put it right, or as it is, since somebody may have set it right after that. */
  const readings = (clock: Instant): readonly Instant[] => [instant(clock + (estimate(samples(), clock).offset ?? 0)), clock]
  const isBehind = (at: Instant): boolean => at < (counted() ?? at) - SET_BACK
  const isPast = (clock: Instant, until: Instant): boolean => {
    const likely = readings(clock).filter((at) => !isBehind(at))
    return likely.length > 0 && likely.every((at) => at >= until)
  }

  function ending(account: SignedIn | null): Ending {
    if (!account?.grant) return 'none'
    const { offlineUntil: until } = account
    if (isRefused || (counted() ?? 0) >= until) return 'certain'
    if (!isPast(now(), until)) return 'none'
    const { clock, when } = begun ?? { clock: now(), when: elapsed() }
    if (isPast(instant(clock + elapsed() - when), until)) return 'byClock'
    jumped ??= elapsed()
    return elapsed() - jumped < GRACE ? 'jumped' : 'byClock'
  }
  return {
    ending,
    isEnded: (account) => ['byClock', 'certain'].includes(ending(account)),
    isSetBack: () => readings(now()).every(isBehind),
    look: () => instant(Math.max(readings(now())[0] as Instant, counted() ?? 0)),
    counted,
    remember(before) {
      if ((counted() ?? before) <= before) known = { at: before, when: elapsed() }
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
