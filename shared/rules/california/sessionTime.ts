import { addDays, type Instant, MINUTE, type SchoolDate, schoolDateOf, startOfDay } from '../../time.ts'
import type { EntryFacts, PolicyChoices, SchoolFacts, SessionFacts } from '../facts.ts'
import { intersect, NEVER, type Spans, subtract, total, union } from '../spans.ts'
import { isYoungest } from './minimumDay.ts'
import { placementOn } from './placement.ts'
import { ratioBreach } from './ratio.ts'
import { regularDay } from './schoolDay.ts'

/** What is open in a session to students of one age and school. */
export interface Open {
  /** The part of the window that counts for them: every step but presence, exclusion and overlap. */
  readonly spans: Spans
  /** Whether nothing but breaks was taken from the window: who was there all the time loses nothing. */
  readonly isWhole: boolean
}

/** What a session's own facts say about its time: worked out once, asked for every student.
 *  @cite Reading: window, EC 46115, EC 46211 supervision, EC 46211(b)(1), EC 46211 ratio
 *  @reading Recess counts for the youngest; a meal counts for nobody. Time is supervised while at least one certificated employee is there. */
export class SessionTime {
  /** The crowd has said what it has to say once the ratio is known; it is not kept. */
  readonly facts: Omit<SessionFacts, 'crowd'>
  /** The date of the session, and the dates its window reaches into when it runs over midnight. */
  readonly dates: readonly SchoolDate[]
  /** The last of these dates. */
  readonly last: SchoolDate
  /** The midnights between those dates. */
  readonly midnights: readonly number[]
  readonly window: Spans
  readonly supervised: Spans
  /** When the ratio was exceeded. */
  readonly breach: Spans
  private readonly policy: PolicyChoices
  /** By school and age, what is open to such students. In one room there are few of either. */
  private readonly opened: { readonly youngest: boolean; readonly school: SchoolFacts; readonly open: Open }[] = []

  constructor(session: SessionFacts, policy: PolicyChoices) {
    const { key, on, zone, from, until, breaks, certificated, certified } = session
    const facts = { key, on, zone, from, until, breaks, certificated, certified }
    this.facts = facts
    this.policy = policy
    this.window = facts.from < facts.until ? [facts.from, facts.until] : NEVER
    this.supervised = facts.certificated.length === 1 ? (facts.certificated[0] as Spans) : union(facts.certificated)
    this.breach = ratioBreach(session)
    this.dates = datesOf(facts)
    this.last = this.dates.at(-1) as SchoolDate
    this.midnights = this.dates.slice(1).map((date) => startOfDay(date, zone))
  }

  /** Breaks that are no instruction: all of them in grades 1 to 12, meals for the youngest. */
  breaksFor(youngest: boolean): Spans {
    const { breaks } = this.facts
    if (breaks.length === 0) return NEVER
    return union(breaks.filter(({ meal }) => meal || !youngest).map(({ from, until }) => [from, until]))
  }

  /** The regular school day of any of these schools, on the session's dates. */
  regularDays(schools: readonly SchoolFacts[]): Spans {
    if (schools.length === 1 && this.dates.length === 1) return regularDay(schools[0] as SchoolFacts, this.facts.on)
    return union(schools.flatMap((school) => this.dates.map((date) => regularDay(school, date))))
  }

  /** What is open to a student, by the entries under which the marks were made. */
  openTo(entries: readonly EntryFacts[]): Open {
    if (entries.length > 1) return this.work(areYoungest(entries, this.facts.on), schoolsOf(entries, this.facts.on))
    const { school, grade } = placementOn(entries[0] as EntryFacts, this.facts.on)
    const youngest = isYoungest(grade)
    for (const known of this.opened) if (known.school === school && known.youngest === youngest) return known.open
    const open = this.work(youngest, [school])
    this.opened.push({ youngest, school, open })
    return open
  }

  private work(youngest: boolean, schools: readonly SchoolFacts[]): Open {
    const instruction = subtract(this.window, this.breaksFor(youngest))
    const outsideSchool = subtract(intersect(instruction, this.supervised), this.regularDays(schools))
    const spans = this.policy.ratioBreach === 'noCredit' ? subtract(outsideSchool, this.breach) : outsideSchool
    return { spans, isWhole: total(spans) === total(instruction) }
  }
}

/** Where a student's entries are, on a session's date. */
export const schoolsOf = (entries: readonly EntryFacts[], on: SchoolDate): readonly SchoolFacts[] =>
  entries.map((entry) => placementOn(entry, on).school)

/** Whether all of a student's entries are of the youngest: only then does recess count. */
export const areYoungest = (entries: readonly EntryFacts[], on: SchoolDate): boolean =>
  entries.every((entry) => isYoungest(placementOn(entry, on).grade))

/** The session's date and those its window reaches into; a week at most. */
function datesOf({ on, until, zone }: Pick<SessionFacts, 'on' | 'until' | 'zone'>): readonly SchoolDate[] {
  const last = schoolDateOf((until - 1) as Instant, zone)
  const dates = [on]
  for (let date = on; date < last && dates.length < 8; ) dates.push((date = addDays(date, 1)))
  return dates
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
