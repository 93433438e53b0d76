/** The sample's files are of the school year 2026-27. In another year they are moved by whole weeks, so that weekdays stay weekdays. */
import { addDays, parseSchoolDate } from '../../shared/time.ts'

/** The fiscal year the files are of. */
export const SAMPLE_YEAR = 2026
const YEAR_OF_WEEKS = 364

/** A record's body with every date in it moved by a number of school years. */
export function shiftYears<T>(value: T, years: number): T {
  if (years === 0) return value
  // The shape stays: only texts that are dates are replaced, by texts that are dates.
  return shift(value, years * YEAR_OF_WEEKS) as T
}

function shift(value: unknown, days: number): unknown {
  if (typeof value === 'string') {
    const on = parseSchoolDate(value)
    return on === undefined ? value : addDays(on, days)
  }
  if (Array.isArray(value)) return value.map((item) => shift(item, days))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shift(member, days)]))
}
