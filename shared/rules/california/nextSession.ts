import type { SchoolDate } from '../../time.ts'
import type { PolicyChoices, StudentFacts } from '../facts.ts'
import type { Attended } from './countable.ts'
import { accruing, type PolicyOn } from './earnedDays.ts'
import { type DateMinutes, minutesByDate } from './explain.ts'
import { judge, type Totals, type Weighed, weigh } from './judge.ts'
import { isInForce, yearlyMost } from './policy.ts'
import type { NotCountedReason } from './reasons.ts'

/** Why a session would give a student nothing: its time would not count, or there is nothing left to claim with it. */
export type NothingReason = NotCountedReason | 'yearlyMost'

/** What one more session would give. */
export type Gain =
  /** A day that can be claimed at once. */
  | { readonly kind: 'day' }
  /** Hours towards a day that could then be claimed. */
  | { readonly kind: 'hours' }
  /** Something for an absence the student does not have yet. */
  | { readonly kind: 'toBank' }
  | { readonly kind: 'nothing'; readonly reason: NothingReason }

export interface NextSession {
  readonly gain: Gain
  /** Whole minutes that would count. */
  readonly minutes: number
  readonly before: Totals
  readonly after: Totals
  /** How many such sessions until the next day, this one included; null when none of it adds up to one. */
  readonly sessionsToDay: number | null
}

/** What a planned session would give a student who comes for all of it.
 *  @cite CDE FAQ daily, CDE FAQ hours, EC 46211 yearly most
 *  @reading Sessions that are not signed yet are taken as signed: whoever plans the next one expects that.
 *  @param planned the session, and the student's presence in it
 *  @param asOf the last date the planned session reaches */
export function nextSession(
  student: StudentFacts,
  attended: readonly Attended[],
  planned: Attended,
  policyOn: PolicyOn,
  asOf: SchoolDate,
): NextSession {
  const asSigned: PolicyOn = (on) => ({ ...policyOn(on), countUncertified: true })
  const together = [...attended, planned]
  const before = judge(student, attended, asSigned, asOf)
  const after = judge(student, together, asSigned, asOf)
  const { on } = planned.session.facts
  const policy = policyOn(on)
  const weighed = weigh(student, together, asOf).find((each) => each.attended === planned) as Weighed
  const dates = minutesByDate(student, weighed, policy)
  const minutes = dates.reduce((sum, date) => sum + date.counted, 0)
  const gain = gainOf(before, after, dates, on, yearlyMost(policy, on))
  return { gain, minutes, before, after, sessionsToDay: sessionsToDay(before, after, minutes, policy) }
}

function gainOf(before: Totals, after: Totals, dates: readonly DateMinutes[], on: SchoolDate, most: number): Gain {
  const isDay = after.earnedDays > before.earnedDays
  if (!isDay && after.minutes <= before.minutes) return { kind: 'nothing', reason: whyNothing(before, dates, on) }
  if (before.earnedDays >= most) return { kind: 'nothing', reason: 'yearlyMost' }
  if (before.remainingDays === 0) return { kind: 'toBank' }
  return { kind: isDay ? 'day' : 'hours' }
}

/** What took most of the time; where time was left, why it adds to nothing. */
function whyNothing(before: Totals, dates: readonly DateMinutes[], on: SchoolDate): NothingReason {
  if (!isInForce(on)) return 'programNotInForce'
  if (before.days.some((day) => dates.some((date) => date.on === day.earnedOn && date.counted > 0))) return 'overMinimumDay'
  if (dates.some((date) => date.counted > 0)) return 'partOfAnHour'
  const lost = dates.flatMap((date) => date.notCounted).sort((a, b) => b.minutes - a.minutes)
  return lost[0]?.reason ?? 'outsideWindow'
}

function sessionsToDay(before: Totals, after: Totals, minutes: number, policy: PolicyChoices): number | null {
  if (after.earnedDays > before.earnedDays) return 1
  if (after.minutes <= before.minutes) return null
  return Math.ceil((after.minimumDayMinutes - before.minutes) / accruing(minutes, policy))
}

/** The last date to begin with sessions so that a day is complete by a last day; null when too few meetings are left.
 *  @param meetings in date order
 *  @param sessions how many are needed */
export function beginBy(meetings: readonly SchoolDate[], last: SchoolDate, sessions: number): SchoolDate | null {
  const within = meetings.filter((on) => on <= last)
  return within[within.length - sessions] ?? null
}
