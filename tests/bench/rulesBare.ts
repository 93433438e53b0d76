/** The least code that gives the same days from the same events: one pass, no corrections, no second room, no reasons. */
import { differenceInMinutes, format, isWeekend, isWithinInterval, max, min, parseISO } from 'date-fns'
import type { AttendanceEvent } from '../../shared/events.ts'
import type { StudentId } from '../../shared/ids.ts'
import { fiscalYear, fiscalYearOf, MINUTE } from '../../shared/time.ts'
import { AS_OF, type Year, YEAR, ZONE } from './rulesData.ts'

export interface Days {
  earned: number
  claimable: number
}

interface Came {
  readonly on: string
  readonly minutes: number
}

interface Window {
  readonly from: number
  readonly until: number
}

/** How a pass gets at dates and minutes. */
interface Calendar<Moment> {
  /** The moment of an event; undefined when it is none of the fiscal year's. */
  momentOf(event: AttendanceEvent, i: number): Moment | undefined
  /** The minutes between a check-in and a check-out that lie in the window. */
  minutesIn(came: Moment, left: Moment, window: Window): number
  /** The school date on which a student left, of a session that began on a date. */
  dateOf(left: Moment, began: string): string
}

/** Numbers alone, and the date that the session itself carries. */
const plainly: Calendar<number> = {
  momentOf: ({ at }) => at,
  minutesIn: (came, left, { from, until }) => Math.max(0, Math.floor((Math.min(left, until) - Math.max(came, from)) / MINUTE)),
  dateOf: (_, began) => began,
}

export const bare = (year: Year): Days => pass(year, plainly)

/** What has to be known of a check-in or check-out before any of its minutes may count. */
interface Moment {
  readonly at: Date
  /** On the school's clocks. */
  readonly on: string
  readonly isInSchoolDay: boolean
}

/**
 * The same pass, with date-fns for what the rules need to know of each check-in and check-out: the moment, from the text that is
 * stored; its date on the school's clocks; whether it lies in the fiscal year, on a school day and in the regular
 * day of the school; and the minutes between the two. The machine is set to the school's zone for it, which is the fastest that
 * date-fns can be: a zone of its own for each school would cost more.
 * @param times the `at` of each event, ISO 8601
 */
export function withDateFns(year: Year, times: readonly string[]): Days {
  const before = process.env['TZ']
  process.env['TZ'] = ZONE
  const { first, last } = fiscalYear(fiscalYearOf(AS_OF))
  const fiscal = { start: parseISO(first), end: parseISO(`${last}T23:59:59.999`) }
  const school = { start: parseISO(YEAR.first), end: parseISO(`${YEAR.last}T23:59:59.999`) }
  try {
    return pass<Moment>(year, {
      momentOf(_, i) {
        const at = parseISO(times[i] ?? '')
        if (!isWithinInterval(at, fiscal)) return undefined
        const time = format(at, 'HH:mm')
        const isSchoolDay = isWithinInterval(at, school) && !isWeekend(at)
        return { at, on: format(at, 'yyyy-MM-dd'), isInSchoolDay: isSchoolDay && time >= YEAR.day.from && time < YEAR.day.until }
      },
      minutesIn(came, left, { from, until }) {
        if (came.isInSchoolDay || left.isInSchoolDay) return 0
        return Math.max(0, differenceInMinutes(min([left.at, new Date(until)]), max([came.at, new Date(from)])))
      },
      dateOf: ({ on }) => on,
    })
  } finally {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  }
}

function pass<Moment>({ events, absences }: Year, calendar: Calendar<Moment>): Days {
  const seen = new Set<string>()
  const inside = new Map<StudentId, Moment>()
  const came = new Map<StudentId, Came[]>()
  let session = { on: '', window: { from: 0, until: 0 } }
  for (let i = 0; i < events.length; i++) {
    const event = events[i] as AttendanceEvent
    if (seen.size === seen.add(event.id).size) continue
    if (event.type === 'SessionStarted') session = event
    if (event.type !== 'StudentCheckedIn' && event.type !== 'StudentCheckedOut') continue
    const moment = calendar.momentOf(event, i)
    if (moment === undefined) continue
    if (event.type === 'StudentCheckedIn') inside.set(event.student, moment)
    else {
      const minutes = calendar.minutesIn(inside.get(event.student) ?? moment, moment, session.window)
      const on = calendar.dateOf(moment, session.on)
      const list = came.get(event.student)
      if (list) list.push({ on, minutes })
      else came.set(event.student, [{ on, minutes }])
    }
  }
  const days: Days = { earned: 0, claimable: 0 }
  for (const [student, list] of came) {
    const earned = earnedOf(list)
    days.earned += earned
    days.claimable += Math.min(10, earned, absences.get(student)?.length ?? 0)
  }
  return days
}

function earnedOf(list: readonly Came[]): number {
  let earned = 0
  let hours = 0
  for (let i = 0; i < list.length; ) {
    const { on } = list[i] as Came
    let together = 0
    let whole = 0
    for (; list[i]?.on === on; i++) {
      const { minutes } = list[i] as Came
      together += minutes
      whole += Math.floor(minutes / 60)
    }
    if (together >= 240) earned++
    else if ((hours += whole) >= 4) {
      earned++
      hours = 0
    }
  }
  return earned
}
