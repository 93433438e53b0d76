/**
 * When the sample lives. Its files are of the school year 2026-27. Made in another one they are moved by whole weeks, so that weekdays stay
 * weekdays; made early in a school year they begin sooner, so that thirteen weeks of school lie behind whoever looks, on whatever day.
 */
import { addDays, dayNumber, fiscalYearOf, parseSchoolDate, type SchoolDate } from '../../shared/time.ts'

/** The first day of school in the files, and the fiscal year they are of. */
const SCHOOL_BEGINS = '2026-08-17' as SchoolDate
const YEAR = fiscalYearOf(SCHOOL_BEGINS)
const YEAR_OF_WEEKS = 364
const HISTORY_DAYS = 13 * 7

export interface SampleTime {
  readonly today: SchoolDate
  /** By how many days the files are moved: whole weeks. */
  readonly moved: number
  /** The first day of which the sample's tablets hold something. */
  readonly since: SchoolDate
}

/** The sample's time when it is made on a date. */
export function sampleTime(today: SchoolDate): SampleTime {
  const ownYear = (fiscalYearOf(today) - YEAR) * YEAR_OF_WEEKS
  const latest = Math.floor((dayNumber(today) - HISTORY_DAYS - dayNumber(SCHOOL_BEGINS)) / 7) * 7
  return { today, moved: Math.min(ownYear, latest), since: addDays(today, -HISTORY_DAYS) }
}

/** A record's body with every date in it moved by a number of days. */
export function moveDates<T>(value: T, days: number): T {
  // The shape stays: only texts that are dates are replaced, by texts that are dates.
  return days === 0 ? value : (move(value, days) as T)
}

function move(value: unknown, days: number): unknown {
  if (typeof value === 'string') {
    const on = parseSchoolDate(value)
    return on === undefined ? value : addDays(on, days)
  }
  if (Array.isArray(value)) return value.map((item) => move(item, days))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, move(member, days)]))
}
