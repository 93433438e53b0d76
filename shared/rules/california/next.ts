import type { PolicyChoices } from '../facts.ts'
import { inWholeHours } from './earnedDays.ts'
import type { Totals } from './judge.ts'

/** What a student needs for the next whole day. Minutes are counted minutes, from now. */
export interface NextDay {
  /** Minutes more on this date that make it a day by itself; null when the date already is one. */
  readonly daily: number | null
  /** Minutes more, in whole hours of one session each, that complete the hours accrued; null when the date already is a day. */
  readonly hourly: number | null
  /** How many days could still be claimed now. */
  readonly remainingDays: number
}

/** What is missing to the next day by either path.
 *  @cite CDE FAQ daily, CDE FAQ hours, EC 46211(d)(1)
 *  @param today counted minutes of the date so far, not yet in the totals' accrued hours */
export function nextDay(totals: Totals, today: number, alreadyDay: boolean, policy: PolicyChoices): NextDay {
  const { minimumDayMinutes: minimum, remainingDays } = totals
  if (alreadyDay) return { daily: null, hourly: null, remainingDays }
  const reached = policy.dailyPath === 'wholeHours' ? Math.ceil(minimum / 60) * 60 : minimum
  const accrued = policy.accrual === 'hours' ? totals.minutes + inWholeHours(today) : totals.minutes + today
  const short = Math.max(0, minimum - accrued)
  const hourly = policy.accrual === 'hours' ? Math.max(0, Math.ceil(short / 60) * 60 - (today % 60)) : short
  return { daily: Math.max(0, reached - today), hourly, remainingDays }
}
