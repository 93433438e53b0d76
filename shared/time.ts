/**
 * Dates, instants and minutes, without a clock. Nothing here reads the time of day or the machine's zone:
 * a zone's offset comes from `zones.ts`, the one audited table, so that every device gets the same minutes.
 */
import { offsetAt } from './zones.ts'

declare const brand: unique symbol

/** A calendar date at a school, `YYYY-MM-DD`. Compares as text. */
export type SchoolDate = string & { readonly [brand]: 'SchoolDate' }
/** A moment, in milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly [brand]: 'Instant' }
/** Whole minutes of attendance. */
export type Minutes = number & { readonly [brand]: 'Minutes' }
/** A time on the wall clock, `HH:MM` or `HH:MM:SS`, 24 hours. */
export type LocalTime = string & { readonly [brand]: 'LocalTime' }

export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

export const instant = (ms: number): Instant => ms as Instant
export const minutes = (n: number): Minutes => n as Minutes

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/

/** The text as a school date, or undefined when no such day exists (2026-02-30). */
export function parseSchoolDate(text: string): SchoolDate | undefined {
  const m = DATE.exec(text)
  if (!m) return undefined
  const ms = Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]))
  return dateOfDay(ms / DAY) === text ? (text as SchoolDate) : undefined
}

/** The text as a wall-clock time, or undefined. */
export function parseLocalTime(text: string): LocalTime | undefined {
  return TIME.test(text) ? (text as LocalTime) : undefined
}

/** Days since 1970-01-01 of a school date. */
export function dayNumber(on: SchoolDate): number {
  return Date.UTC(Number(on.slice(0, 4)), Number(on.slice(5, 7)) - 1, Number(on.slice(8, 10))) / DAY
}

const pad = (n: number): string => (n < 10 ? `0${n}` : String(n))
const yearText = (year: number): string => String(year).padStart(4, '0')

/** The school date of a day number. */
export function dateOfDay(day: number): SchoolDate {
  const d = new Date(day * DAY)
  return `${yearText(d.getUTCFullYear())}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}` as SchoolDate
}

/** The date `days` later (or earlier, when negative). */
export const addDays = (on: SchoolDate, days: number): SchoolDate => dateOfDay(dayNumber(on) + days)

/** 0 Sunday to 6 Saturday. */
export const weekday = (on: SchoolDate): number => (dayNumber(on) + 4) % 7

/** Seconds after midnight of a wall-clock time. */
export const secondsOf = (time: LocalTime): number =>
  Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60 + (time.length > 5 ? Number(time.slice(6, 8)) : 0)

/**
 * The instant at which a clock on the wall of `zone` shows `time` on `on`. An hour that happens twice (autumn) is the first one;
 * an hour that does not happen (spring) is read with the offset before the change, as clocks that were not set would show it.
 */
export function localInstant(on: SchoolDate, time: LocalTime, zone: string): Instant {
  const wall = dayNumber(on) * DAY + secondsOf(time) * 1000
  const early = wall - offsetAt(zone, wall - DAY) * MINUTE
  const late = wall - offsetAt(zone, wall + DAY) * MINUTE
  const fits = (at: number): boolean => at + offsetAt(zone, at) * MINUTE === wall
  if (fits(early)) return instant(early)
  return instant(fits(late) ? late : early)
}

/** The school date on which a moment falls in `zone`. */
export const schoolDateOf = (at: Instant, zone: string): SchoolDate => dateOfDay(Math.floor((at + offsetAt(zone, at) * MINUTE) / DAY))

/** The time a clock on the wall of `zone` shows at a moment, `HH:MM`. */
export function localTimeOf(at: Instant, zone: string): LocalTime {
  const s = Math.floor(((((at + offsetAt(zone, at) * MINUTE) % DAY) + DAY) % DAY) / 1000)
  return `${pad(Math.floor(s / 3600))}:${pad(Math.floor((s % 3600) / 60))}` as LocalTime
}

/** The first moment of a school date in `zone`. */
export const startOfDay = (on: SchoolDate, zone: string): Instant => localInstant(on, '00:00' as LocalTime, zone)

/** The fiscal year (1 July to 30 June) that holds a date, named by the calendar year it begins in. */
export const fiscalYearOf = (on: SchoolDate): number => Number(on.slice(0, 4)) - (on.slice(5, 7) < '07' ? 1 : 0)

/** First and last day of a fiscal year. */
export const fiscalYear = (year: number): { readonly first: SchoolDate; readonly last: SchoolDate } => ({
  first: `${yearText(year)}-07-01` as SchoolDate,
  last: `${yearText(year + 1)}-06-30` as SchoolDate,
})
