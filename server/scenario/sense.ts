/** Whether what a well-formed scenario says can be: names that are in the file, times in their order. */
import { type LocalTime, type SchoolDate, secondsOf } from '../../shared/time.ts'
import { type SessionClock, sessionClock } from './clock.ts'
import type { Scenario, ScenarioSession } from './format.ts'
import type { Fault, Path } from './reader.ts'

/** Everything about a scenario that does not make sense. */
export function nonsense(scenario: Scenario): readonly Fault[] {
  const faults: Fault[] = []
  const tell = (path: Path, expected: string): void => void faults.push({ path, expected })
  const named = (path: Path, what: string, name: string, among: ReadonlyMap<string, unknown>): void => {
    if (!among.has(name)) tell(path, `expected a ${what} of this file, found ${JSON.stringify(name)}`)
  }

  for (const [key, { day, year }] of scenario.schools) {
    if (secondsOf(day.until) <= secondsOf(day.from)) tell(['schools', key, 'day', 'until'], 'expected a time after from')
    if (year.last < year.first) tell(['schools', key, 'year', 'last'], 'expected a date on or after first')
  }
  for (const [key, student] of scenario.students) {
    named(['students', key, 'school'], 'school', student.school, scenario.schools)
    student.independentStudy.forEach((range, i) => {
      if (range.until < range.from) tell(['students', key, 'independentStudy', i, 'until'], 'expected a date on or after from')
    })
    const dates = new Set<SchoolDate>()
    student.absences.forEach(({ on }, i) => {
      if (dates.has(on)) tell(['students', key, 'absences', i], `expected each date once, found ${on} again`)
      dates.add(on)
    })
  }
  const clocks = new Map<string, SessionClock>()
  for (const [key, session] of scenario.sessions) {
    const path = ['sessions', key]
    named([...path, 'school'], 'school', session.school, scenario.schools)
    session.staff.forEach(({ who }, i) => named([...path, 'staff', i], 'member of staff', who, scenario.staff))
    const clock = clockOf(scenario, session)
    if (!clock) continue
    if (secondsOf(session.from) === secondsOf(session.until))
      tell([...path, 'until'], 'expected a time other than from: the window is empty')
    for (const end of ['from', 'until'] as const) {
      if (clock.at(session[end]) === undefined) tell([...path, end], `expected a time that exists on ${session.on}, found ${session[end]}`)
    }
    clocks.set(key, clock)
    const inside = (part: Path, from: LocalTime | null, until: LocalTime | null): void =>
      ordered([...path, ...part], clock, from, until, session, tell, true)
    session.breaks.forEach((pause, i) => inside(['breaks', i], pause.from, pause.until))
    session.staff.forEach((shift, i) => inside(['staff', i], shift.from, shift.until))
  }
  scenario.marks.forEach((mark, i) => {
    named(['marks', i, 'session'], 'session', mark.session, scenario.sessions)
    named(['marks', i, 'student'], 'student', mark.student, scenario.students)
    const clock = clocks.get(mark.session)
    const session = scenario.sessions.get(mark.session)
    if (clock && session) ordered(['marks', i], clock, mark.in, mark.out, session, tell, false)
  })
  for (const [key, { days }] of scenario.then) {
    named(['then', key], 'student', key, scenario.students)
    days?.forEach(({ school }, i) => {
      if (school !== null) named(['then', key, 'days', i, 'school'], 'school', school, scenario.schools)
    })
  }
  return faults
}

/** A session's clock; undefined when its school is unknown. */
export function clockOf(scenario: Scenario, session: ScenarioSession): SessionClock | undefined {
  const school = scenario.schools.get(session.school)
  return school && sessionClock(session.on, session.from, session.until, school.zone)
}

function ordered(
  path: Path,
  clock: SessionClock,
  from: LocalTime | null,
  until: LocalTime | null,
  session: ScenarioSession,
  tell: (path: Path, expected: string) => void,
  isSpan: boolean,
): void {
  const [first, last] = isSpan ? ['from', 'until'] : ['in', 'out']
  const begin = from === null ? clock.from : clock.at(from)
  const end = until === null ? (isSpan ? clock.until : Number.POSITIVE_INFINITY) : clock.at(until)
  if (begin === undefined) tell([...path, first as string], `expected a time that exists on ${session.on}, found ${from}`)
  if (end === undefined) tell([...path, last as string], `expected a time that exists on ${session.on}, found ${until}`)
  if (begin === undefined || end === undefined) return
  if (isSpan ? end <= begin : end < begin) {
    tell(
      [...path, last as string],
      `expected a time ${isSpan ? 'after' : 'at or after'} ${first} (${from ?? session.from}), found ${until ?? session.until}`,
    )
  }
}
