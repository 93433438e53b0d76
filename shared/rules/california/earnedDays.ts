import type { SchoolDate } from '../../time.ts'
import type { PolicyChoices, StudentFacts } from '../facts.ts'
import { minimumDay } from './minimumDay.ts'
import { isInForce } from './policy.ts'

/** The whole minutes that one session gave one student on one date. */
export interface SessionMinutes {
  readonly session: string
  readonly on: SchoolDate
  readonly minutes: number
  readonly certified: boolean
}

export interface EarnedDay {
  readonly earnedOn: SchoolDate
  readonly path: 'daily' | 'hourly'
}

export interface Earned {
  /** Oldest first, one a date. */
  readonly days: readonly EarnedDay[]
  /** Minutes that accrue towards the next day by the hourly path; whole hours unless the policy accrues minutes. */
  readonly accrued: number
}

export type PolicyOn = (on: SchoolDate) => PolicyChoices

/** Minutes in the whole hours of some minutes. */
export const inWholeHours = (minutes: number): number => minutes - (minutes % 60)

/** What one session adds to the hourly path.
 *  @cite CDE FAQ hours
 *  @reading Each session is floored on its own: two times 35 minutes are no hour. */
export const accruing = (minutes: number, policy: PolicyChoices): number => (policy.accrual === 'hours' ? inWholeHours(minutes) : minutes)

/** What a day by the hourly path uses up: 230 minutes need four whole hours. */
export const hourlyCost = (minimum: number, policy: PolicyChoices): number =>
  policy.accrual === 'hours' ? Math.ceil(minimum / 60) * 60 : minimum

/** Whether a date's minutes make a day by themselves.
 *  @cite CDE FAQ daily */
export const isDailyDay = (minutes: number, minimum: number, policy: PolicyChoices): boolean =>
  (policy.dailyPath === 'minutes' ? minutes : inWholeHours(minutes)) >= minimum

/** The days that minutes earn within one fiscal year. A date that reaches the minimum day is a day, and what is over it is
 *  lost; on all other dates whole hours add up, and a day is earned on the date they reach it. A date never earns two.
 *  @cite CDE FAQ daily, CDE FAQ hours, EC 46211(d)(1), EC 46211(a), Reading: surplus
 *  @reading A date of which nothing counted is no day of participation: what was kept from before makes none of it.
 *  @param parts in date order, of one fiscal year */
export function earnedDays(student: StudentFacts, parts: readonly SessionMinutes[], policyOn: PolicyOn): Earned {
  const days: EarnedDay[] = []
  let accrued = 0
  for (let i = 0; i < parts.length; ) {
    const on = (parts[i] as SessionMinutes).on
    const policy = policyOn(on)
    let together = 0
    let added = 0
    for (; i < parts.length && (parts[i] as SessionMinutes).on === on; i++) {
      const { minutes } = parts[i] as SessionMinutes
      together += minutes
      added += accruing(minutes, policy)
    }
    const minimum = minimumDay(student, on)
    if (minimum === 0 || !isInForce(on)) continue
    if (isDailyDay(together, minimum, policy)) {
      days.push({ earnedOn: on, path: 'daily' })
      continue
    }
    accrued += added
    if (together > 0 && accrued >= minimum) {
      days.push({ earnedOn: on, path: 'hourly' })
      accrued = policy.remainder === 'carry' ? Math.max(0, accrued - hourlyCost(minimum, policy)) : 0
    }
  }
  return { days, accrued }
}
