import { addDays, MINUTE, type SchoolDate, startOfDay } from '../../time.ts'
import type { PolicyChoices, SchoolFacts, SessionFacts } from '../facts.ts'
import { intersect, NEVER, type Spans, subtract, total, union } from '../spans.ts'
import { ratioBreach } from './ratio.ts'
import { regularDay } from './schoolDay.ts'

/** What a session's own facts say about its time: worked out once, asked for every student.
 *  @cite Reading: window, EC 46115, EC 46211 supervision, EC 46211(b)(1), EC 46211 ratio
 *  @reading Recess counts for the youngest; a meal counts for nobody. Time is supervised while at least one certificated employee is there. */
export class SessionTime {
  /** The crowd has said what it has to say once the ratio is known; it is not kept. */
  readonly facts: Omit<SessionFacts, 'crowd'>
  /** The date of the session, and the dates its window reaches into when it runs over midnight. */
  readonly dates: readonly SchoolDate[]
  /** The midnights between those dates. */
  readonly midnights: readonly number[]
  readonly window: Spans
  readonly supervised: Spans
  /** When the ratio was exceeded. */
  readonly breach: Spans
  private readonly policy: PolicyChoices
  /** By school and age, what is open to such students. In one room there are few of either. */
  private readonly opened: { readonly youngest: boolean; readonly schools: readonly SchoolFacts[]; readonly spans: Spans }[] = []

  constructor(session: SessionFacts, policy: PolicyChoices) {
    const { crowd: _, ...facts } = session
    this.facts = facts
    this.policy = policy
    this.window = facts.from < facts.until ? [facts.from, facts.until] : NEVER
    this.supervised = facts.certificated.length === 1 ? (facts.certificated[0] as Spans) : union(facts.certificated)
    this.breach = ratioBreach(session)
    const dates = [facts.on]
    const midnights: number[] = []
    for (let date = addDays(facts.on, 1); dates.length < 8; date = addDays(date, 1)) {
      const midnight = startOfDay(date, facts.zone)
      if (midnight >= facts.until) break
      dates.push(date)
      midnights.push(midnight)
    }
    this.dates = dates
    this.midnights = midnights
  }

  /** Breaks that are no instruction: all of them in grades 1 to 12, meals for the youngest. */
  breaksFor(youngest: boolean): Spans {
    const { breaks } = this.facts
    if (breaks.length === 0) return NEVER
    return union(breaks.filter(({ meal }) => meal || !youngest).map(({ from, until }) => [from, until]))
  }

  /** The regular school day of any of these schools, on the session's dates. */
  regularDays(schools: readonly SchoolFacts[]): Spans {
    return union(schools.flatMap((school) => this.dates.map((date) => regularDay(school, date))))
  }

  /** The part of the window that counts for such students: every step but presence, exclusion and overlap. */
  open(youngest: boolean, schools: readonly SchoolFacts[]): Spans {
    for (const known of this.opened) if (known.youngest === youngest && isSame(known.schools, schools)) return known.spans
    const supervised = intersect(subtract(this.window, this.breaksFor(youngest)), this.supervised)
    const outsideSchool = subtract(supervised, this.regularDays(schools))
    const spans = this.policy.ratioBreach === 'noCredit' ? subtract(outsideSchool, this.breach) : outsideSchool
    this.opened.push({ youngest, schools, spans })
    return spans
  }
}

const isSame = (a: readonly SchoolFacts[], b: readonly SchoolFacts[]): boolean =>
  a.length === b.length && a.every((school, i) => school === b[i])

/** The part of some time that falls on the session's nth date. Time before the window belongs to the first date, after it to the last. */
export function onDate(session: SessionTime, spans: Spans, index: number): Spans {
  const { midnights } = session
  if (midnights.length === 0) return spans
  return intersect(spans, [midnights[index - 1] ?? Number.NEGATIVE_INFINITY, midnights[index] ?? Number.POSITIVE_INFINITY])
}

/** Whole minutes of the sum of some time: seconds are dropped once, at the end.
 *  @cite CDE FAQ hours */
export const wholeMinutes = (spans: Spans): number => Math.floor(total(spans) / MINUTE)
