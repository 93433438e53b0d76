import { MINUTE, type SchoolDate } from '../../time.ts'
import type { PolicyChoices, StudentFacts } from '../facts.ts'
import type { SourceKey } from '../law.ts'
import { total } from '../spans.ts'
import type { ClaimedDay } from './claim.ts'
import { lostTime } from './countable.ts'
import { accruing, hourlyCost, type PolicyOn, type SessionMinutes } from './earnedDays.ts'
import type { Weighed } from './judge.ts'
import { minimumDay } from './minimumDay.ts'
import { isInForce } from './policy.ts'
import { onDate } from './sessionTime.ts'
import { type NotCountedReason, REASON_CITES } from './reasons.ts'

/** Minutes of one session on one of its dates. */
export interface SessionShare {
  readonly session: string
  readonly on: SchoolDate
  readonly minutes: number
}

export interface NotCounted extends SessionShare {
  readonly reason: NotCountedReason
  readonly cites: readonly SourceKey[]
}

export interface ExplainedDay extends ClaimedDay {
  /** The minimum day on that date. */
  readonly minimumMinutes: number
  /** The minutes this day was made of. */
  readonly made: readonly SessionShare[]
  readonly cites: readonly SourceKey[]
}

/** Why the totals are what they are. Every minute present is in a day, accrues towards one, or did not count for a reason. */
export interface Explanation {
  readonly days: readonly ExplainedDay[]
  readonly accruing: readonly SessionShare[]
  readonly notCounted: readonly NotCounted[]
  readonly minutesPresent: number
  readonly minutesCounted: number
  readonly minutesNotCounted: number
}

/** A session's minutes on one date: what counted of them and, by reason, what did not. They add up to the minutes present. */
export interface DateMinutes {
  readonly on: SchoolDate
  readonly present: number
  readonly counted: number
  readonly notCounted: readonly { readonly reason: NotCountedReason; readonly minutes: number }[]
}

/** Splits a student's time in a session into whole minutes, date by date. Seconds are shared out so that the minutes add up. */
export function minutesByDate(student: StudentFacts, weighed: Weighed, policy: PolicyChoices): readonly DateMinutes[] {
  const { attended, counted, overlap } = weighed
  const { session, presence } = attended
  const lost = [...lostTime(student, attended, policy), { reason: 'overlap' as const, spans: overlap }]
  return session.dates.map((on, i) => {
    let spent = total(onDate(session, counted, i))
    const whole = Math.floor(spent / MINUTE)
    const notCounted: { reason: NotCountedReason; minutes: number }[] = []
    for (const { reason, spans } of lost) {
      const before = Math.floor(spent / MINUTE)
      spent += total(onDate(session, spans, i))
      const minutes = Math.floor(spent / MINUTE) - before
      if (minutes > 0) notCounted.push({ reason, minutes })
    }
    if (i === 0 && presence.missingCheckOut) notCounted.push({ reason: 'missingCheckOut', minutes: 0 })
    return { on, present: Math.floor(spent / MINUTE), counted: whole, notCounted }
  })
}

/** Follows every minute to where it went. It decides nothing: the days are those of the totals.
 *  @param parts in date order */
export function explain(
  student: StudentFacts,
  weighed: readonly Weighed[],
  parts: readonly SessionMinutes[],
  days: readonly ClaimedDay[],
  policyOn: PolicyOn,
): Explanation {
  const made: ExplainedDay[] = []
  const notCounted: NotCounted[] = []
  const lose = (part: SessionShare, reason: NotCountedReason, minutes: number): void => {
    if (minutes > 0 || reason === 'missingCheckOut') {
      notCounted.push({ session: part.session, on: part.on, reason, minutes, cites: REASON_CITES[reason] })
    }
  }

  let present = 0
  const dates = new Set(parts.map((part) => part.on))
  for (const each of weighed) {
    const session = each.attended.session.facts
    for (const { on, present: minutes, notCounted: lost } of minutesByDate(student, each, policyOn(session.on))) {
      if (!dates.has(on)) continue
      present += minutes
      for (const { reason, minutes: gone } of lost) lose({ session: session.key, on, minutes: gone }, reason, gone)
    }
  }

  const dayOn = new Map<string, ClaimedDay>(days.map((day) => [day.earnedOn, day]))
  let accrued: SessionShare[] = []
  for (const on of dates) {
    const policy = policyOn(on)
    const minimum = minimumDay(student, on)
    const signed: SessionMinutes[] = []
    for (const part of parts) {
      if (part.on !== on) continue
      if (!isInForce(on) || minimum === 0) lose(part, 'programNotInForce', part.minutes)
      else if (part.certified || policy.countUncertified) signed.push(part)
      else lose(part, 'uncertified', part.minutes)
    }
    const day = dayOn.get(on)
    if (day?.path === 'daily') {
      const { taken, left } = take(signed, minimum)
      for (const part of left) lose(part, 'overMinimumDay', part.minutes)
      made.push({ ...day, minimumMinutes: minimum, made: taken, cites: ['CDE FAQ daily', 'EC 46211(d)(1)'] })
      continue
    }
    for (const part of signed) {
      const minutes = accruing(part.minutes, policy)
      lose(part, 'partOfAnHour', part.minutes - minutes)
      if (minutes > 0) accrued.push({ session: part.session, on, minutes })
    }
    if (!day) continue
    const { taken, left } = take(accrued, hourlyCost(minimum, policy))
    if (policy.remainder === 'discard') for (const part of left) lose(part, 'leftOver', part.minutes)
    accrued = policy.remainder === 'carry' ? left : []
    made.push({ ...day, minimumMinutes: minimum, made: taken, cites: ['CDE FAQ hours', 'EC 46211(d)(1)'] })
  }

  const gone = notCounted.reduce((sum, each) => sum + each.minutes, 0)
  const counted = [...accrued, ...made.flatMap((day) => day.made)].reduce((sum, each) => sum + each.minutes, 0)
  return { days: made, accruing: accrued, notCounted, minutesPresent: present, minutesCounted: counted, minutesNotCounted: gone }
}

/** The first minutes of some shares, and the rest. */
function take(shares: readonly SessionShare[], minutes: number): { taken: SessionShare[]; left: SessionShare[] } {
  const taken: SessionShare[] = []
  const left: SessionShare[] = []
  let wanted = minutes
  for (const { session, on, minutes: has } of shares) {
    const used = Math.min(has, wanted)
    wanted -= used
    if (used > 0) taken.push({ session, on, minutes: used })
    if (has > used) left.push({ session, on, minutes: has - used })
  }
  return { taken, left }
}
