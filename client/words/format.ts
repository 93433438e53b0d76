/**
 * Numbers, dates and times as people write them, in each language, without the browser's own tables: the same words on every
 * device. A moment is always shown in the zone of its site.
 */
import type { Instant, LocalTime, SchoolDate } from '../../shared/time.ts'
import { DAY, localTimeOf, schoolDateOf, weekday } from '../../shared/time.ts'

interface Names {
  readonly months: readonly string[]
  readonly monthsShort: readonly string[]
  readonly weekdays: readonly string[]
  readonly weekdaysShort: readonly string[]
}

const EN: Names = {
  months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  monthsShort: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  weekdaysShort: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const ES: Names = {
  months: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
  monthsShort: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'],
  weekdays: ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
  weekdaysShort: ['dom', 'lun', 'mar', 'mié', 'jue', 'vie', 'sáb'],
}

/** Further away, a date without its year may be that of another. */
const HALF_YEAR = 182 * DAY

/** 12,345. Schools in the United States write it so in both languages. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

const parts = (on: SchoolDate) => ({ year: on.slice(0, 4), month: Number(on.slice(5, 7)) - 1, day: Number(on.slice(8, 10)) })

function makeFormat(names: Names, spanish: boolean) {
  const name = (list: readonly string[], i: number): string => list[i] ?? ''
  /** "Sat, Nov 21" · "sáb 21 nov" */
  const date = (on: SchoolDate): string => {
    const { month, day } = parts(on)
    const wd = name(names.weekdaysShort, weekday(on))
    return spanish ? `${wd} ${day} ${name(names.monthsShort, month)}` : `${wd}, ${name(names.monthsShort, month)} ${day}`
  }
  /** "3:02 pm" · "3:02 p. m." from a time on the wall clock; never broken over two lines. */
  const wallTime = (time: LocalTime | string): string => {
    const hour = Number(time.slice(0, 2))
    const half = spanish ? (hour < 12 ? 'a.\u00a0m.' : 'p.\u00a0m.') : hour < 12 ? 'am' : 'pm'
    return `${hour % 12 || 12}:${time.slice(3, 5)}\u00a0${half}`
  }
  /** The time of a moment in a zone. */
  const time = (at: Instant, zone: string): string => wallTime(localTimeOf(at, zone))
  return {
    number: grouped,
    /** 1,284.5 with so many places. */
    decimal: (n: number, places: number): string => {
      const [whole = '0', rest] = n.toFixed(places).split('.')
      return rest ? `${grouped(Number(whole))}.${rest}` : grouped(Number(whole))
    },
    percent: (part: number, of: number): string => (of === 0 ? '–' : `${Math.floor((part * 100) / of)}\u00a0%`),
    date,
    /** "Nov 21, 2026" · "21 nov 2026" */
    dateWithYear: (on: SchoolDate): string => {
      const { year, month, day } = parts(on)
      return spanish ? `${day} ${name(names.monthsShort, month)} ${year}` : `${name(names.monthsShort, month)} ${day}, ${year}`
    },
    /** "Saturday, November 21" · "sábado 21 de noviembre" */
    longDate: (on: SchoolDate): string => {
      const { month, day } = parts(on)
      const wd = name(names.weekdays, weekday(on))
      return spanish ? `${wd} ${day} de ${name(names.months, month)}` : `${wd}, ${name(names.months, month)} ${day}`
    },
    /** "November 2026" · "noviembre 2026" */
    month: (on: SchoolDate): string => `${name(names.months, parts(on).month)} ${parts(on).year}`,
    monthShort: (on: SchoolDate): string => name(names.monthsShort, parts(on).month),
    weekday: (day: number): string => name(names.weekdays, day),
    weekdayShort: (day: number): string => name(names.weekdaysShort, day),
    wallTime,
    time,
    /** The time when it is the same day as `now`; the date and time otherwise, with the year of what is half a year away. */
    moment: (at: Instant, zone: string, now: Instant): string => {
      const on = schoolDateOf(at, zone)
      if (on === schoolDateOf(now, zone)) return time(at, zone)
      const isFar = Math.abs(now - at) > HALF_YEAR
      return `${date(on)}${isFar ? `${spanish ? '' : ','} ${parts(on).year}` : ''}, ${time(at, zone)}`
    },
    dateTime: (at: Instant, zone: string): string => `${date(schoolDateOf(at, zone))}, ${time(at, zone)}`,
    /** "1 h 42 min", on one line. */
    duration: (minutes: number): string => {
      const h = Math.floor(minutes / 60)
      const m = minutes % 60
      const rest = `${m}\u00a0min`
      return h === 0 ? rest : m === 0 ? `${h}\u00a0h` : `${h}\u00a0h\u00a0${rest}`
    },
    /** "a, b and c" · "a, b y c" */
    list: (items: readonly string[]): string =>
      items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${spanish ? 'y' : 'and'} ${items[items.length - 1]}`,
  }
}

export type Format = ReturnType<typeof makeFormat>
export const enFormat: Format = makeFormat(EN, false)
export const esFormat: Format = makeFormat(ES, true)

/** What ends a sentence, with one full stop: a time in Spanish has its own, "7:49 a. m.". */
export const stop = (last: string): string => (last.endsWith('.') ? last : `${last}.`)

/** The word for one or for several: `plural(2, 'student', 'students')` is "2 students". */
export const plural = (n: number, one: string, many: string): string => `${grouped(n)} ${n === 1 ? one : many}`
