/** The least code that gives the same days from the same events: one pass, no corrections, no second room, no reasons. */
import { differenceInMinutes, max, min, parseISO } from 'date-fns'
import type { AttendanceEvent } from '../../shared/events.ts'
import type { StudentId } from '../../shared/ids.ts'
import { MINUTE } from '../../shared/time.ts'
import type { Year } from './rulesData.ts'

export interface Days {
  earned: number
  claimable: number
}

interface Came {
  readonly on: string
  readonly minutes: number
}

/** The minutes between a check-in and a check-out that lie in the window. */
type MinutesIn = (came: number, left: number, window: { readonly from: number; readonly until: number }) => number

const plainly: MinutesIn = (came, left, { from, until }) => Math.max(0, Math.floor((Math.min(left, until) - Math.max(came, from)) / MINUTE))
const byDateFns: MinutesIn = (came, left, { from, until }) =>
  Math.max(0, differenceInMinutes(min([new Date(left), new Date(until)]), max([new Date(came), new Date(from)])))

export const bare = (year: Year): Days => pass(year, ({ at }) => at, plainly)
/** With the times as text, as an event is stored, and date-fns for each of them.
 *  @param times the `at` of each event, ISO 8601 */
export const withDateFns = (year: Year, times: readonly string[]): Days =>
  pass(year, (_, i) => parseISO(times[i] ?? '').getTime(), byDateFns)

function pass({ events, absences }: Year, atOf: (event: AttendanceEvent, i: number) => number, minutesIn: MinutesIn): Days {
  const seen = new Set<string>()
  const inside = new Map<StudentId, number>()
  const came = new Map<StudentId, Came[]>()
  let session = { on: '', window: { from: 0, until: 0 } }
  for (let i = 0; i < events.length; i++) {
    const event = events[i] as AttendanceEvent
    if (seen.size === seen.add(event.id).size) continue
    const at = atOf(event, i)
    if (event.type === 'SessionStarted') session = event
    else if (event.type === 'StudentCheckedIn') inside.set(event.student, at)
    else if (event.type === 'StudentCheckedOut') {
      const minutes = minutesIn(inside.get(event.student) ?? at, at, session.window)
      const list = came.get(event.student)
      if (list) list.push({ on: session.on, minutes })
      else came.set(event.student, [{ on: session.on, minutes }])
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
