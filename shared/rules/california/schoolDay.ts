import { addDays, type LocalTime, localInstant, type SchoolDate, weekday } from '../../time.ts'
import type { SchoolFacts, SchoolYearFacts } from '../facts.ts'
import { NEVER, type Spans } from '../spans.ts'

function yearHolding(school: SchoolFacts, on: SchoolDate): SchoolYearFacts | undefined {
  for (const year of school.years) if (year.first <= on && on <= year.last) return year
  return undefined
}

function heldOn(school: SchoolFacts, on: SchoolDate): SchoolYearFacts | undefined {
  const year = yearHolding(school, on)
  if (!year || year.noSchool.has(on)) return undefined
  const day = weekday(on)
  return day === 0 || day === 6 ? undefined : year
}

/** Whether the school holds school on a date: a weekday of the school year that is not a day without school. */
export const isSchoolDay = (school: SchoolFacts, on: SchoolDate): boolean => heldOn(school, on) !== undefined

const regularDays = new WeakMap<SchoolFacts, Map<SchoolDate, Spans>>()

/** The regular school day of a date, as time; never on a day without school. Worked out once for all sessions of that date.
 *  @cite EC 46211(b)(1) */
export function regularDay(school: SchoolFacts, on: SchoolDate): Spans {
  const known = regularDays.get(school) ?? new Map<SchoolDate, Spans>()
  regularDays.set(school, known)
  let day = known.get(on)
  if (!day) {
    const hours = heldOn(school, on)?.day
    day = hours ? [localInstant(on, hours.from as LocalTime, school.zone), localInstant(on, hours.until as LocalTime, school.zone)] : NEVER
    known.set(on, day)
  }
  return day
}

/** School days from one date to another, both included. */
export function schoolDaysFrom(school: SchoolFacts, from: SchoolDate, to: SchoolDate): number {
  let days = 0
  for (let on = from; on <= to; on = addDays(on, 1)) if (isSchoolDay(school, on)) days++
  return days
}
