import { fiscalYear, type SchoolDate } from '../../time.ts'
import type { Grade, SchoolFacts, SchoolType } from '../facts.ts'
import type { SourceKey } from '../law.ts'
import { type Parameter, valueOn } from '../parameter.ts'
import { schoolDaysFrom } from './schoolDay.ts'

/** The reporting periods. Each begins on 1 July, so that a later one holds the earlier ones. */
export const PERIODS = ['P-1', 'P-2', 'Annual'] as const
export type Period = (typeof PERIODS)[number]

export const GRADE_SPANS = ['TK/K-3', '4-6', '7-8', '9-12'] as const
export type GradeSpan = (typeof GRADE_SPANS)[number]

/** The last days of the school months with which a district ends its periods in a fiscal year. */
export interface SchoolMonths {
  readonly year: number
  readonly 'P-1': SchoolDate | null
  readonly 'P-2': SchoolDate | null
}

/** The last day of a period of the fiscal year that begins in a calendar year.
 *  @param months what the district set for its years
 *  @cite EC 41601
 *  @reading The period ends with the last full school month that ends on or before the day the law names, where the district says which
 *  day that is; else on the day the law names. No period ends after that day, or before its fiscal year begins. */
export function cutOff(period: Period, year: number, months: readonly SchoolMonths[] = []): SchoolDate {
  const named = namedDay(period, year)
  const own = period === 'Annual' ? null : months.find((each) => each.year === year)?.[period]
  return own && fiscalYear(year).first <= own && own < named ? own : named
}

function namedDay(period: Period, year: number): SchoolDate {
  switch (period) {
    case 'P-1':
      return `${year}-12-31` as SchoolDate
    case 'P-2':
      return `${year + 1}-04-15` as SchoolDate
    case 'Annual':
      return fiscalYear(year).last
  }
}

/** The span a grade is funded in.
 *  @cite EC 42238.02(d) */
export function gradeSpan(grade: Grade): GradeSpan {
  if (grade === 'TK' || grade === 'KG' || grade <= '03') return 'TK/K-3'
  if (grade <= '06') return '4-6'
  return grade <= '08' ? '7-8' : '9-12'
}

const fixed = (period: Period, value: number): Parameter<number> => ({
  label: `Divisor of a community day school, ${period}`,
  unit: 'school days',
  values: [{ from: '1977-04-30', value, cite: 'EC 48660(b)' }],
})
/** What a community day school divides by, whatever its calendar. */
export const communityDayDivisors: Readonly<Record<Period, Parameter<number>>> = {
  'P-1': fixed('P-1', 70),
  'P-2': fixed('P-2', 135),
  Annual: fixed('Annual', 180),
}

/** On whose word a kind of school divides. */
export function divisorCite(type: SchoolType): SourceKey {
  if (type === 'communityDay') return 'EC 48660(b)'
  return type === 'charter' ? '5 CCR 11960' : 'EC 41601'
}

/** The days that a school's days of attendance are divided by for a period; 0 when no calendar is known.
 *  @param last the last day of the period, where the district ends it with a school month
 *  @cite EC 41601, EC 48660(b), 5 CCR 11960
 *  @reading The school days of the calendar from 1 July to the last day of the period, also those still to come: what is
 *  recovered so far then shows as what the report will hold, and not as more. */
export function divisor(school: SchoolFacts, period: Period, year: number, last = cutOff(period, year)): number {
  if (school.type === 'communityDay') {
    const value = valueOn(communityDayDivisors[period], last)
    return value === 'none' ? 0 : value
  }
  return schoolDaysFrom(school, fiscalYear(year).first, last)
}
