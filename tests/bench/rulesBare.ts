/** The least code that gives the same days from the same events: one pass, no corrections, no second room, no reasons. */
import { TZDate } from '@date-fns/tz'
import { differenceInMinutes, format, max, min } from 'date-fns'
import type { AttendanceEvent } from '../../shared/events.ts'
import type { StudentId } from '../../shared/ids.ts'
import { MINUTE } from '../../shared/time.ts'
import { type Year, ZONE } from './rulesData.ts'

export interface Days {
  earned: number
  claimable: number
}

interface Came {
  readonly on: string
  readonly minutes: number
}

/** How the pass reads times. */
interface Clock {
  readonly dateOf: (event: AttendanceEvent, on: string) => string
  readonly minutes: (came: number, left: number, window: { readonly from: number; readonly until: number }) => number
}

const PLAIN: Clock = {
  dateOf: (_, on) => on,
  minutes: (came, left, { from, until }) => Math.max(0, Math.floor((Math.min(left, until) - Math.max(came, from)) / MINUTE)),
}
const DATE_FNS: Clock = {
  dateOf: ({ at }) => format(new TZDate(at, ZONE), 'yyyy-MM-dd'),
  minutes: (came, left, { from, until }) =>
    Math.max(0, differenceInMinutes(min([new Date(left), new Date(until)]), max([new Date(came), new Date(from)]))),
}

export const bare = (year: Year): Days => pass(year, PLAIN)
export const withDateFns = (year: Year): Days => pass(year, DATE_FNS)

function pass({ events, absences }: Year, clock: Clock): Days {
  const seen = new Set<string>()
  const inside = new Map<StudentId, number>()
  const came = new Map<StudentId, Came[]>()
  let session = { on: '', window: { from: 0, until: 0 } }
  for (const event of events) {
    if (seen.size === seen.add(event.id).size) continue
    const on = clock.dateOf(event, session.on)
    if (event.type === 'SessionStarted') session = event
    else if (event.type === 'StudentCheckedIn') inside.set(event.student, event.at)
    else if (event.type === 'StudentCheckedOut') {
      const minutes = clock.minutes(inside.get(event.student) ?? event.at, event.at, session.window)
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
