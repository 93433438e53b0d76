/**
 * The rules asked about what the log and the registry hold. What was worked out is kept until something it rests on changes:
 * one event more costs its session and the students in it, one record more costs what was worked out from records.
 */
import type { SessionId, SiteId, StaffId, StudentId } from '../ids.ts'
import type { Attended } from '../rules/california/countable.ts'
import { type Explanation, explain, minutesByDate } from '../rules/california/explain.ts'
import { judge, sessionMinutes, type Totals, weigh } from '../rules/california/judge.ts'
import { isYoungest } from '../rules/california/minimumDay.ts'
import { type NextSession, nextSession } from '../rules/california/nextSession.ts'
import { placementOn } from '../rules/california/placement.ts'
import { DEFAULT_POLICY } from '../rules/california/policy.ts'
import type { NotCountedReason } from '../rules/california/reasons.ts'
import { SessionTime } from '../rules/california/sessionTime.ts'
import type { PolicyChoices, PresenceFacts, SchoolFacts } from '../rules/facts.ts'
import { type SchoolDate, schoolDateOf } from '../time.ts'
import type { SessionState, StudentInSession } from './fold.ts'
import { type LoggedSession, type Log, openLog } from './log.ts'
import { type PlannedSession, plannedFacts, wholePresence } from './planned.ts'
import { spansOf } from './presence.ts'
import type { Records } from './records.ts'
import { pooled, sessionFacts } from './sessionFacts.ts'
import { type Entry, type Person, personOf, schoolFacts } from './studentFacts.ts'
import { type SessionWarning, sessionWarnings } from './warnings.ts'

/** Minutes of one student in one session: what counted and what did not are together what was present. */
export interface SessionCredit {
  readonly minutesPresent: number
  readonly minutesCounted: number
  readonly notCounted: readonly { readonly reason: NotCountedReason; readonly minutes: number }[]
}

export interface Judging {
  readonly log: Log<SessionTime>
  /** Forgets what was worked out from records. */
  recordsChanged(): void
  /** Forgets what was worked out about a student. */
  studentChanged(student: StudentId): void
  policyOn(on: SchoolDate): PolicyChoices
  judge(student: StudentId, asOf: SchoolDate): Totals
  explain(student: StudentId, asOf: SchoolDate): Explanation
  sessionCredit(session: SessionId, student: StudentId): SessionCredit
  sessionWarnings(session: SessionId): readonly SessionWarning[]
  nextSession(student: StudentId, planned: PlannedSession): NextSession
}

/** Where a school is that we have no record of, until the district says. */
const DEFAULT_ZONE = 'America/Los_Angeles'
const NO_CREDIT: SessionCredit = { minutesPresent: 0, minutesCounted: 0, notCounted: [] }

export function openJudging(records: Records): Judging {
  const schools = new Map<SiteId, SchoolFacts>()
  const persons = new Map<StudentId, Person>()
  const judgements = new Map<StudentId, { readonly asOf: SchoolDate; readonly totals: Totals }>()
  const log = openLog<SessionTime>(forgetJudgement)
  let policies: ReturnType<typeof records.policies> | undefined
  /** Nothing is worked out: a district's records come in by the thousand, and forgetting nothing must cost nothing. */
  let isEmpty = true

  function recordsChanged(): void {
    if (isEmpty) return
    schools.clear()
    persons.clear()
    judgements.clear()
    policies = undefined
    for (const session of log.sessions.values()) session.worked = undefined
    isEmpty = true
  }

  function studentChanged(student: StudentId): void {
    for (const same of records.sameStudent(student)) persons.delete(same)
    forgetJudgement(student)
  }

  function forgetJudgement(student: StudentId): void {
    if (judgements.size > 0) for (const same of records.sameStudent(student)) judgements.delete(same)
  }

  function school(id: SiteId): SchoolFacts {
    const known = schools.get(id)
    if (known) return known
    isEmpty = false
    const made = schoolFacts(id, records.sites.get(id), records.district()?.zone ?? DEFAULT_ZONE)
    schools.set(id, made)
    return made
  }

  function person(student: StudentId): Person {
    const known = persons.get(student)
    if (known) return known
    const made = personOf(student, records, school)
    for (const entry of made.entries) persons.set(entry.student, made)
    return made
  }

  const teaches = (id: StaffId): boolean => {
    const staff = records.staff.get(id)
    return staff !== undefined && staff.certificated && staff.employee
  }

  function policyOn(on: SchoolDate): PolicyChoices {
    isEmpty = false
    policies ??= records.policies()
    return policies.findLast((policy) => policy.from <= on) ?? DEFAULT_POLICY
  }

  function timeOf(session: LoggedSession<SessionTime>, state: SessionState): SessionTime {
    isEmpty = false
    session.worked ??= new SessionTime(sessionFacts(state, school(state.site).zone, teaches, person), policyOn(state.on))
    return session.worked
  }

  function presenceOf(student: StudentInSession, zone: string): PresenceFacts {
    const { intervals, firstIn, firstMark, lastMark, clockSuspect } = student
    const missingCheckOut = intervals.at(-1)?.out === null
    const lateEntry = student.enteredLater.some((mark) => schoolDateOf(mark.recordedAt, zone) > schoolDateOf(mark.at, zone))
    return { spans: spansOf(intervals), firstIn, firstMark, lastMark, missingCheckOut, clockSuspect, lateEntry }
  }

  /** The started sessions, up to a date, in which somebody has a mark. */
  function attendedBy({ entries, facts }: Person, asOf: SchoolDate): Attended[] {
    const attended: Attended[] = []
    const sessions =
      entries.length === 1 ? log.ofStudent(entries[0].student) : new Set(entries.flatMap((entry) => log.ofStudent(entry.student)))
    for (const session of sessions) {
      const state = session.state()
      if (!state.started || state.on > asOf) continue
      const isHere = (entry: Entry): boolean => (state.students.get(entry.student)?.marks.length ?? 0) > 0
      const here = entries.length === 1 ? entries : entries.filter(isHere)
      const presence = here.length === 1 ? state.students.get((here[0] as Entry).student) : pooled(state, here)
      if (!presence || presence.marks.length === 0) continue
      const time = timeOf(session, state)
      const marked = here === entries ? facts.entries : here.map((entry) => entry.facts)
      attended.push({ session: time, presence: presenceOf(presence, time.facts.zone), entries: marked })
    }
    return attended
  }

  function judgeStudent(student: StudentId, asOf: SchoolDate): Totals {
    log.settle()
    const known = judgements.get(student)
    if (known?.asOf === asOf) return known.totals
    const who = person(student)
    const totals = judge(who.facts, attendedBy(who, asOf), policyOn, asOf)
    judgements.set(student, { asOf, totals })
    return totals
  }

  function explainStudent(student: StudentId, asOf: SchoolDate): Explanation {
    const who = person(student)
    const weighed = weigh(who.facts, attendedBy(who, asOf), asOf)
    return explain(who.facts, weighed, sessionMinutes(weighed, asOf), judgeStudent(student, asOf).days, policyOn)
  }

  function sessionCredit(id: SessionId, student: StudentId): SessionCredit {
    const session = log.sessions.get(id)
    if (!session?.state().started) return NO_CREDIT
    const who = person(student)
    const lastDate = timeOf(session, session.state()).dates.at(-1) as SchoolDate
    const weighed = weigh(who.facts, attendedBy(who, lastDate), lastDate).find((each) => each.attended.session.facts.key === id)
    if (!weighed) return NO_CREDIT
    const dates = minutesByDate(who.facts, weighed, policyOn(session.state().on))
    return {
      minutesPresent: dates.reduce((sum, date) => sum + date.present, 0),
      minutesCounted: dates.reduce((sum, date) => sum + date.counted, 0),
      notCounted: dates.flatMap((date) => date.notCounted),
    }
  }

  function warnings(id: SessionId): readonly SessionWarning[] {
    const state = log.sessions.get(id)?.state()
    if (!state) return []
    const youngest = (student: StudentId): boolean =>
      person(student).entries.some((entry) => isYoungest(placementOn(entry.facts, state.on).grade))
    return sessionWarnings(state, school(state.site), teaches, youngest)
  }

  /** What a planned session would give, judged beside everything that is in the log. */
  function plan(student: StudentId, planned: PlannedSession): NextSession {
    log.settle()
    const { facts } = person(student)
    const session = new SessionTime(plannedFacts(planned, school(planned.site).zone, teaches), policyOn(planned.on))
    const asOf = session.dates.at(-1) as SchoolDate
    const attended = attendedBy(person(student), asOf)
    return nextSession(facts, attended, { session, presence: wholePresence(planned), entries: facts.entries }, policyOn, asOf)
  }

  return {
    log,
    recordsChanged,
    studentChanged,
    policyOn,
    judge: judgeStudent,
    explain: explainStudent,
    sessionCredit,
    sessionWarnings: warnings,
    nextSession: plan,
  }
}
