import { fiscalYear, fiscalYearOf, type SchoolDate } from '../../time.ts'
import { byCodeUnits } from '../codeUnits.ts'
import type { StudentFacts } from '../facts.ts'
import type { Spans } from '../spans.ts'
import { eligibleAbsences } from './absences.ts'
import { type ClaimedDay, claim, type HeldBy } from './claim.ts'
import { type Attended, countableTime } from './countable.ts'
import { earnedDays, type PolicyOn, type SessionMinutes } from './earnedDays.ts'
import { FLAGS, type Flag, flagSession, flagTotals } from './flags.ts'
import { minimumDay } from './minimumDay.ts'
import { byFirstCheckIn, countedOnce } from './overlap.ts'
import { yearlyMost } from './policy.ts'
import { onDate, wholeMinutes } from './sessionTime.ts'

/** What a student has at the end of a school date. Days, minutes and hours are whole. */
export interface Totals {
  /** The student's minimum day on that date. */
  readonly minimumDayMinutes: number
  /** Days earned by certified sessions in the fiscal year of that date, up to and on it, before any limit. */
  readonly earnedDays: number
  /** Further days that would be earned if the sessions not yet certified were certified. */
  readonly pendingDays: number
  readonly eligibleAbsences: number
  readonly claimableDays: number
  readonly bankedDays: number
  readonly beyondCapDays: number
  /** How many more days could be claimed. */
  readonly remainingDays: number
  /** Whole hours accrued by certified sessions towards the next day; 0 where the policy accrues minutes. */
  readonly hours: number
  readonly minutes: number
  readonly heldBy: HeldBy
  readonly days: readonly ClaimedDay[]
  readonly flags: readonly Flag[]
}

/** A session of the year with what counted of it: what the totals and their explanation are both made from. */
export interface Weighed {
  readonly attended: Attended
  readonly counted: Spans
  readonly overlap: Spans
}

/** The sessions of the fiscal year of a date, up to it, in the order in which they may claim a minute. */
export function weigh(student: StudentFacts, attended: readonly Attended[], asOf: SchoolDate): readonly Weighed[] {
  const { first } = fiscalYear(fiscalYearOf(asOf))
  const inYear = attended.filter(({ session }) => session.facts.on <= asOf && session.last >= first).sort(byFirstCheckIn)
  const once = countedOnce(inYear.map((each) => countableTime(student, each)))
  return inYear.map((each, i) => ({ attended: each, counted: once.spans[i] as Spans, overlap: once.overlap[i] as Spans }))
}

/** The whole minutes of each session on each of its dates within the year, in date order.
 *  @cite CDE fiscal year
 *  @reading A session over midnight gives each date its part, also across 1 July. */
export function sessionMinutes(weighed: readonly Weighed[], asOf: SchoolDate): readonly SessionMinutes[] {
  const { first } = fiscalYear(fiscalYearOf(asOf))
  const parts: SessionMinutes[] = []
  for (const { attended, counted } of weighed) {
    const { session } = attended
    for (let i = 0; i < session.dates.length; i++) {
      const on = session.dates[i] as SchoolDate
      if (on < first || on > asOf) continue
      parts.push({
        session: session.facts.key,
        on,
        minutes: wholeMinutes(onDate(session, counted, i)),
        certified: session.facts.certified,
      })
    }
  }
  return parts.sort((a, b) => byCodeUnits(a.on, b.on))
}

/** The totals of one student at the end of a school date.
 *  @cite EC 46211(a), EC 46211 yearly most, EC 46211(d)(1), CDE FAQ certified teacher */
export function judge(student: StudentFacts, attended: readonly Attended[], policyOn: PolicyOn, asOf: SchoolDate): Totals {
  const weighed = weigh(student, attended, asOf)
  const parts = sessionMinutes(weighed, asOf)
  const signed = parts.filter((part) => part.certified || policyOn(part.on).countUncertified)
  const earned = earnedDays(student, signed, policyOn)
  const withPending = signed.length === parts.length ? earned : earnedDays(student, parts, policyOn)

  const policy = policyOn(asOf)
  const most = yearlyMost(policy, asOf)
  const eligible = eligibleAbsences(student.absences, asOf)
  const claimed = claim(earned.days, eligible, most)

  const flags = new Set<Flag>()
  for (const { attended: each, overlap } of weighed) {
    flagSession(flags, student, each, overlap, policyOn(each.session.facts.on))
  }
  flagTotals(flags, claimed.claimableDays, claimed.bankedDays, most)

  const hours = policy.accrual === 'hours' ? Math.floor(earned.accrued / 60) : 0
  return {
    minimumDayMinutes: minimumDay(student, asOf),
    earnedDays: earned.days.length,
    pendingDays: Math.max(0, withPending.days.length - earned.days.length),
    eligibleAbsences: eligible.length,
    claimableDays: claimed.claimableDays,
    bankedDays: claimed.bankedDays,
    beyondCapDays: claimed.beyondCapDays,
    remainingDays: claimed.remainingDays,
    hours,
    minutes: policy.accrual === 'hours' ? hours * 60 : earned.accrued,
    heldBy: claimed.heldBy,
    days: claimed.days,
    flags: FLAGS.filter((flag) => flags.has(flag)),
  }
}
