/** Of which school year a page of the district speaks. A year goes by the calendar year in which its fiscal year begins. */
import { FIRST_YEAR } from '../../../shared/report/reportedNext.ts'
import { fiscalYearOf, type SchoolDate } from '../../../shared/time.ts'

/** This year and the two before it, newest first. */
export function yearsOffered(today: SchoolDate): readonly number[] {
  const now = fiscalYearOf(today)
  return [now, now - 1, now - 2].filter((year) => year >= FIRST_YEAR)
}

/** The year that an address asks for, where it is one of those offered. */
export const yearIn = (params: URLSearchParams, today: SchoolDate): number | undefined =>
  yearsOffered(today).find((year) => String(year) === params.get('year'))

/** Where a student's reasons are as of a day: the same figures as those that lead there. */
export const reasonsHref = (student: string, asOf: SchoolDate): string => `/district/student/${student}?asOf=${asOf}`
