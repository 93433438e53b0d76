/** Attendance of past days, as a teacher's tablet would have recorded it. */
import { v7 } from 'uuid'
import type { AttendanceEvent } from '../../shared/events.ts'
import type { SessionId, StudentId } from '../../shared/ids.ts'
import type { LocalTime, SchoolDate } from '../../shared/time.ts'
import { addDays, instant, localInstant, MINUTE } from '../../shared/time.ts'
import type { Device, Told } from '../support/device.ts'

const ZONE = 'America/Los_Angeles'

/** At least `count` events: sessions of twenty students each, one a day, backwards from the day before `today`. */
export function recordHistory(device: Device, students: readonly StudentId[], count: number, today: SchoolDate): AttendanceEvent[] {
  const events: AttendanceEvent[] = []
  const daysBack = 120
  for (let n = 0; events.length < count; n++) {
    const on = addDays(today, -1 - (n % daysBack))
    for (const told of oneSession(
      on,
      Array.from({ length: 20 }, (_, i) => students[(n * 20 + i) % students.length] as StudentId),
    )) {
      events.push(device.record(told))
    }
  }
  return events
}

function oneSession(on: SchoolDate, students: readonly StudentId[]): Told[] {
  const session = v7() as SessionId
  const from = localInstant(on, '15:00' as LocalTime, ZONE)
  const until = localInstant(on, '17:00' as LocalTime, ZONE)
  const after = (minutes: number) => instant(from + minutes * MINUTE)
  return [
    { type: 'SessionStarted', session, section: null, on, window: { from, until }, breaks: [], room: '12', title: 'Study hall', at: from },
    ...students.map((student, i): Told => ({ type: 'StudentCheckedIn', session, student, at: after(i % 5) })),
    ...students.map((student, i): Told => ({ type: 'StudentCheckedOut', session, student, at: after(110 + (i % 10)) })),
    { type: 'SessionEnded', session, at: until },
  ]
}

/** Events in pushes as large as the protocol allows. */
export const pushes = (events: readonly AttendanceEvent[]): AttendanceEvent[][] =>
  Array.from({ length: Math.ceil(events.length / 500) }, (_, i) => events.slice(i * 500, i * 500 + 500))
