/** What the rules say of a scenario: the same ledger that the tablet and the server ask, under the file's own names. */
import { openLedger } from '../../shared/attendance/ledger.ts'
import type { SessionId, StudentId } from '../../shared/ids.ts'
import type { Explanation, SessionShare } from '../../shared/rules/california/explain.ts'
import type { Totals } from '../../shared/rules/california/judge.ts'
import { SOURCES, type SourceKey } from '../../shared/rules/law.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { Scenario } from './format.ts'
import { scenarioLog } from './scenarioLog.ts'

export interface Citation {
  readonly pin: string
  readonly says: string
  readonly link: string
}

/** An explanation in the file's names, with its citations written out. */
export interface WrittenExplanation {
  readonly minutesPresent: number
  readonly minutesCounted: number
  readonly minutesNotCounted: number
  readonly days: readonly {
    readonly earnedOn: SchoolDate
    readonly rule: 'dailyPath' | 'hourlyPath'
    readonly minimumDayMinutes: number
    readonly sessions: readonly SessionShare[]
    readonly recovers: SchoolDate | null
    readonly school: string | null
    readonly citations: readonly Citation[]
  }[]
  readonly accruing: readonly SessionShare[]
  readonly notCounted: readonly (SessionShare & { readonly reason: string; readonly citations: readonly Citation[] })[]
}

export interface ScenarioTotals {
  readonly totals: Totals
  explanation(): WrittenExplanation
}

/** The totals of every student of a scenario, in the order of the file. */
export function runScenario(scenario: Scenario): ReadonlyMap<string, ScenarioTotals> {
  const { records, events, students, schools, sessions } = scenarioLog(scenario)
  const ledger = openLedger()
  for (const record of records) ledger.putRecord(record)
  ledger.putEvents(events)
  const schoolOf = nameOf(schools)
  const sessionOf = nameOf(sessions)
  const results = new Map<string, ScenarioTotals>()
  for (const key of scenario.students.keys()) {
    const student = students.get(key) as StudentId
    const totals = ledger.judge(student, scenario.asOf)
    const days = totals.days.map((day) => ({ ...day, school: day.school === null ? null : schoolOf(day.school) }))
    results.set(key, {
      totals: { ...totals, days },
      explanation: () => written(ledger.explain(student, scenario.asOf), schoolOf, sessionOf),
    })
  }
  return results
}

function nameOf(ids: ReadonlyMap<string, string | SessionId>): (id: string) => string {
  const names = new Map([...ids].map(([name, id]) => [id as string, name]))
  return (id) => names.get(id) ?? id
}

const cited = (keys: readonly SourceKey[]): readonly Citation[] =>
  keys.map((key) => {
    const { pin, says, link } = SOURCES[key]
    return { pin, says, link }
  })

function written(explanation: Explanation, schoolOf: (id: string) => string, sessionOf: (id: string) => string): WrittenExplanation {
  const share = ({ session, on, minutes }: SessionShare): SessionShare => ({ session: sessionOf(session), on, minutes })
  return {
    minutesPresent: explanation.minutesPresent,
    minutesCounted: explanation.minutesCounted,
    minutesNotCounted: explanation.minutesNotCounted,
    days: explanation.days.map((day) => ({
      earnedOn: day.earnedOn,
      rule: day.path === 'daily' ? 'dailyPath' : 'hourlyPath',
      minimumDayMinutes: day.minimumMinutes,
      sessions: day.made.map(share),
      recovers: day.recovers,
      school: day.school === null ? null : schoolOf(day.school),
      citations: cited(day.cites),
    })),
    accruing: explanation.accruing.map(share),
    notCounted: explanation.notCounted.map((each) => ({ ...share(each), reason: each.reason, citations: cited(each.cites) })),
  }
}
