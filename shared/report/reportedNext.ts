/** Which period, and so which school year, is the next to be reported. A year goes by the calendar year in which its fiscal year begins. */
import type { Period } from '../rules/california/periods.ts'
import type { SchoolDate } from '../time.ts'

/** The first year in which there was anything to recover. */
export const FIRST_YEAR = 2025
/**
 * The month, January being 1, after which a period is no longer the next to be reported: P-1 is due on 15 January, P-2 on 1 May, Annual on
 * 15 July; CALPADS takes a year until the end of July.
 */
const UNTIL = { 'P-1': 1, 'P-2': 5, Annual: 8 } as const

/** The period that is reported next, and its year. */
export function reportedNext(today: SchoolDate): { readonly period: Period; readonly year: number } {
  const month = Number(today.slice(5, 7))
  const begun = Number(today.slice(0, 4)) - (month > UNTIL.Annual ? 0 : 1)
  if (begun < FIRST_YEAR) return { period: 'P-1', year: FIRST_YEAR }
  if (month > UNTIL.Annual || month <= UNTIL['P-1']) return { period: 'P-1', year: begun }
  return { period: month <= UNTIL['P-2'] ? 'P-2' : 'Annual', year: begun }
}
