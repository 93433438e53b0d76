import { addDays, DAY, MINUTE, type SchoolDate, startOfDay } from '../../time.ts'
import type { PolicyChoices, SchoolFacts, SessionFacts } from '../facts.ts'
import { intersect, NEVER, type Spans, subtract, total, union } from '../spans.ts'
import { ratioBreach } from './ratio.ts'
import { regularDay } from './schoolDay.ts'

/** What a session's own facts say about its time: worked out once, asked for every student. */
export interface SessionTime {
  readonly facts: SessionFacts
  /** The date of the session, and the dates its window reaches into when it runs over midnight. */
  readonly dates: readonly SchoolDate[]
  /** The midnights between those dates. */
  readonly midnights: readonly number[]
  readonly window: Spans
  /** Breaks that are no instruction in grades 1 to 12, and those (meals) that are none for the youngest. */
  readonly breaks: Spans
  readonly meals: Spans
  readonly supervised: Spans
  readonly breach: Spans
  /** The part of the window that counts for students of some schools: every step but presence, exclusion and overlap. */
  open(youngest: boolean, schools: readonly SchoolFacts[]): Spans
  regularDays(schools: readonly SchoolFacts[]): Spans
}

/** The session's window, breaks, supervision and breaches as time.
 *  @cite Reading: window, EC 46115, EC 46211(b) supervision, EC 46211(b)(1), EC 46211(b) ratio
 *  @reading Recess counts for the youngest; a meal counts for nobody. Time is supervised while at least one certificated employee is there. */
export function sessionTime(facts: SessionFacts, policy: PolicyChoices): SessionTime {
  const { on, from, until } = facts
  const dates = [on]
  const midnights: number[] = []
  for (let next = startOfDay(addDays(on, 1), facts.zone); next < until; next = startOfDay(addDays(dates.at(-1) ?? on, 1), facts.zone)) {
    midnights.push(next)
    dates.push(addDays(dates.at(-1) ?? on, 1))
    if (next - from > 7 * DAY) break
  }
  const window: Spans = from < until ? [from, until] : NEVER
  const breaks = union(facts.breaks.map((pause) => [pause.from, pause.until]))
  const meals = union(facts.breaks.filter((pause) => pause.meal).map((pause) => [pause.from, pause.until]))
  const supervised = union(facts.certificated)
  const breach = ratioBreach(facts)

  const regular = new Map<string, Spans>()
  const regularDays = (schools: readonly SchoolFacts[]): Spans => {
    const only = schools[0]
    if (only && schools.length === 1) {
      const known = regular.get(only.key)
      if (known) return known
      const spans = union(dates.map((date) => regularDay(only, date)))
      regular.set(only.key, spans)
      return spans
    }
    return union(schools.map((school) => regularDays([school])))
  }

  const opened = new Map<string, Spans>()
  const open = (youngest: boolean, schools: readonly SchoolFacts[]): Spans => {
    const key = schools.length === 1 ? (schools[0] as SchoolFacts).key : schools.map((school) => school.key).join('\n')
    const label = youngest ? `\t${key}` : key
    const known = opened.get(label)
    if (known) return known
    const instruction = subtract(window, youngest ? meals : breaks)
    const outsideSchool = subtract(intersect(instruction, supervised), regularDays(schools))
    const spans = policy.ratioBreach === 'noCredit' ? subtract(outsideSchool, breach) : outsideSchool
    opened.set(label, spans)
    return spans
  }
  return { facts, dates, midnights, window, breaks, meals, supervised, breach, open, regularDays }
}

/** The part of some time that falls on the session's nth date. Time before the window belongs to the first date, after it to the last. */
export function onDate(session: SessionTime, spans: Spans, index: number): Spans {
  const { midnights } = session
  if (midnights.length === 0) return spans
  return intersect(spans, [midnights[index - 1] ?? Number.NEGATIVE_INFINITY, midnights[index] ?? Number.POSITIVE_INFINITY])
}

/** Whole minutes of the sum of some time: seconds are dropped once, at the end.
 *  @cite CDE FAQ hours */
export const wholeMinutes = (spans: Spans): number => Math.floor(total(spans) / MINUTE)
