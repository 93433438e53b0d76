/** A session that is only planned, as the rules would be told of it once it was held as planned. */
import type { SectionId, SiteId, StaffId } from '../ids.ts'
import type { Section, Site } from '../registry.ts'
import type { PresenceFacts, SessionFacts } from '../rules/facts.ts'
import { addDays, type Instant, type LocalTime, localInstant, type SchoolDate, weekday } from '../time.ts'

export interface PlannedSession {
  readonly section: SectionId
  readonly site: SiteId
  readonly on: SchoolDate
  readonly window: { readonly from: Instant; readonly until: Instant }
  readonly breaks: readonly { readonly from: Instant; readonly until: Instant; readonly meal: boolean }[]
  readonly staff: readonly StaffId[]
}

/** What is known of a school's calendar; undefined where the school is not known. */
type Calendar = Pick<Site, 'years'> | undefined
type Weekly = Extract<Section['meets'], { kind: 'weekly' }>

/** Whether the calendar holds school on a date, or closes it; undefined for weekends and outside every school year. */
function isOpen(years: Site['years'], on: SchoolDate): boolean | undefined {
  const year = weekday(on) % 6 === 0 ? undefined : years.find(({ first, last }) => first <= on && on <= last)
  return year && !year.noSchool.includes(on)
}

/** Whether a school holds school on a date: a weekday of a school year that its calendar does not close. */
export const isSchoolDay = (calendar: Calendar, on: SchoolDate): boolean => isOpen(calendar?.years ?? [], on) === true

const hits = (meets: Weekly, on: SchoolDate): boolean => meets.from <= on && on < meets.until && meets.weekdays.includes(weekday(on))

/** Whether a pattern is meant on closed days, too: it has all days of the week, or none of its days is a school day, since it is made for the days between. */
function isForClosedDays(meets: Weekly, years: Site['years']): boolean {
  if (new Set(meets.weekdays).size === 7) return true
  for (const { first, last } of years)
    for (let on = first; on <= last; on = addDays(on, 1)) if (hits(meets, on) && isOpen(years, on) === true) return false
  return true
}

/**
 * Whether a section meets on a date. Dates of its own are meant as they stand; a weekly pattern passes over the weekdays of a school year that
 * the calendar closes, unless it is made for every day of the week or all its days lie between. Saturdays, summers and years without a calendar are never closed.
 */
export function meetsOn({ meets }: Pick<Section, 'meets'>, on: SchoolDate, calendar: Calendar): boolean {
  if (meets.kind === 'dates') return meets.dates.includes(on)
  const years = calendar?.years ?? []
  return hits(meets, on) && (isOpen(years, on) !== false || isForClosedDays(meets, years))
}

/** Whether a section's pattern goes on to a date or past it. One without any date of its own meets when somebody starts it. */
export const meetsFrom = ({ meets }: Section, on: SchoolDate): boolean =>
  meets.kind === 'weekly' ? meets.until > on : meets.dates.length === 0 || meets.dates.some((date) => date >= on)

/** The dates of a section's meetings, from one date to another, both included. */
export function meetingsOf(section: Section, from: SchoolDate, to: SchoolDate, calendar: Calendar): readonly SchoolDate[] {
  const dates: SchoolDate[] = []
  for (let on = from; on <= to; on = addDays(on, 1)) if (meetsOn(section, on, calendar)) dates.push(on)
  return dates
}

/** A section's session on a date, whether or not its pattern has one. A window that ends at or before it begins runs over midnight. */
export function plannedOn(section: Section, on: SchoolDate, zone: string): PlannedSession {
  const { from, until } = section.window
  const at = (time: LocalTime, isNextDay: boolean): Instant => localInstant(isNextDay ? addDays(on, 1) : on, time, zone)
  return {
    section: section.id,
    site: section.site,
    on,
    window: { from: at(from, false), until: at(until, until <= from) },
    breaks: section.breaks.map((pause) => ({
      from: at(pause.from, pause.from < from),
      until: at(pause.until, pause.until < from),
      meal: pause.meal ?? false,
    })),
    staff: section.staff,
  }
}

/** Everybody of the staff is there all the time, the session will be signed, and no more come than the ratio allows. */
export function plannedFacts(planned: PlannedSession, zone: string, teaches: (staff: StaffId) => boolean): SessionFacts {
  const { from, until } = planned.window
  return {
    key: planned.section,
    on: planned.on,
    zone,
    from,
    until,
    breaks: planned.breaks,
    certificated: planned.staff.filter(teaches).map(() => [from, until]),
    crowd: [],
    certified: true,
  }
}

/** A student who is there from the first minute to the last. */
export const wholePresence = ({ window: { from, until } }: PlannedSession): PresenceFacts => ({
  spans: [from, until],
  firstIn: from,
  firstMark: from,
  lastMark: until,
  missingCheckOut: false,
  enteredLater: [],
  clockSuspect: false,
})
