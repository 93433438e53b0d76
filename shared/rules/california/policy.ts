/** A district's choices where the law leaves one, and what holds when it made none: the conservative reading. */
import type { SchoolDate } from '../../time.ts'
import type { PolicyChoices } from '../facts.ts'
import type { SourceKey } from '../law.ts'
import { type Parameter, valueOn } from '../parameter.ts'

export const DEFAULT_POLICY: PolicyChoices = {
  accrual: 'hours',
  dailyPath: 'minutes',
  remainder: 'discard',
  ratioBreach: 'noCredit',
  countUncertified: false,
  yearlyMost: 10,
}

/** What each choice decides, for the rulebook and the settings page. */
export const POLICY_READINGS: Readonly<Record<keyof PolicyChoices, { readonly reading: string; readonly cite: SourceKey }>> = {
  accrual: { reading: 'Whole hours of each session add up; the other choice adds raw minutes.', cite: 'CDE FAQ hours' },
  dailyPath: {
    reading: 'A date that reaches the minimum day in minutes is a day; the other choice asks for whole hours there too.',
    cite: 'CDE FAQ daily',
  },
  remainder: { reading: 'Hours left over after a day are dropped; the other choice keeps them.', cite: 'Reading: surplus' },
  ratioBreach: { reading: 'While the ratio is exceeded nobody earns; the other choice only flags it.', cite: 'Reading: ratio' },
  countUncertified: {
    reading: 'Only sessions the teacher has signed earn; the other choice counts all.',
    cite: 'CDE FAQ certified teacher',
  },
  yearlyMost: { reading: 'A district may set fewer days than the law allows, never more.', cite: 'EC 46211 yearly most' },
}

/** Most days that may be credited to a student in a year. The program itself begins with the first value. */
export const mostRecoveredDays: Parameter<number> = {
  label: 'Most days a student may recover in a fiscal year',
  unit: 'days',
  values: [{ from: '2025-07-01', value: 10, cite: 'EC 46211 yearly most' }],
}

/** Whether the law has such a program on a date.
 *  @cite EC 46211(a) */
export const isInForce = (on: SchoolDate): boolean => valueOn(mostRecoveredDays, on) !== 'none'

/** Most days this student may be credited with in the year of a date: the law's, or the district's when it is lower.
 *  @cite EC 46211 yearly most, EC 46211(a)
 *  @reading Before the program's first day nothing may be credited. */
export function yearlyMost(policy: PolicyChoices, on: SchoolDate): number {
  const most = valueOn(mostRecoveredDays, on)
  return most === 'none' ? 0 : Math.min(most, policy.yearlyMost)
}

/** Whether a minute more on one date can earn a day less over several. A date that falls short of whole hours then keeps what is over the minimum day
 *  for the next one, and a date that reaches them is a day and loses it: 239 minutes in grade 2 leave nine, 240 leave none.
 *  @cite Reading: surplus */
export const isUneven = ({ accrual, dailyPath, remainder }: PolicyChoices): boolean =>
  accrual === 'minutes' && dailyPath === 'wholeHours' && remainder === 'carry'
