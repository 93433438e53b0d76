/**
 * The rules asked about what the log and the registry hold. What was worked out is kept until something it rests on changes:
 * one event more costs its session and the students in it, one record more costs what was worked out from records.
 */
import type { SessionId, SiteId, StaffId, StudentId } from '../ids.ts'
import type { Attended } from '../rules/california/countable.ts'
import { type Explanation, explain, minutesByDate } from '../rules/california/explain.ts'
import { judge, sessionMinutes, type Totals, type Weighed, weigh } from '../rules/california/judge.ts'
import { isYoungest } from '../rules/california/minimumDay.ts'
import { type NextSession, nextSession } from '../rules/california/nextSession.ts'
import { placementOn } from '../rules/california/placement.ts'
import { DEFAULT_POLICY } from '../rules/california/policy.ts'
import type { NotCountedReason } from '../rules/california/reasons.ts'
import { SessionTime } from '../rules/california/sessionTime.ts'
import type { PolicyChoices, SchoolFacts } from '../rules/facts.ts'
import type { SchoolDate } from '../time.ts'
import type { SessionState } from './fold.ts'
import { type LoggedSession, type Log, openLog } from './log.ts'
import { type PlannedSession, plannedFacts, wholePresence } from './planned.ts'
import { type Records, sameStudent } from './records.ts'
import { pooled, sessionFacts } from './sessionFacts.ts'
import { type Entry, type Person, personOf, schoolFacts } from './studentFacts.ts'
import type { Visits } from './visits.ts'
import { type SessionWarning, sessionWarnings } from './warnings.ts'

/** Minutes of one student in one session: what counted and what did not are together what was present. */
export interface SessionCredit {
  readonly minutesPresent: number
  readonly minutesCounted: number
  readonly notCounted: readonly { readonly reason: NotCountedReason; readonly minutes: number }[]
}

/** What was worked out about a person; shared by all entries of that person. */
export interface About {
  readonly person: Person
  judged: { readonly asOf: SchoolDate; readonly totals: Totals } | undefined
}

type Known = Visits<LoggedSession<SessionTime>, About>

export interface Judging {
  readonly log: Log<SessionTime, About>
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
  const log = openLog<SessionTime, About>((about) => (about.judged = undefined), work)
  let policies: ReturnType<typeof records.policies> | undefined
  /** Nothing is worked out: a district's records come in by the thousand, and forgetting nothing must cost nothing. */
  let isEmpty = true

  function recordsChanged(): void {
    if (isEmpty) return
    schools.clear()
    policies = undefined
    for (const session of log.sessions.values()) session.worked = undefined
    for (const student of log.everyone()) student.about = undefined
    isEmpty = true
  }

  function studentChanged(student: StudentId): void {
    for (const same of sameStudent(student, records.of(student))) log.student(same).about = undefined
  }

  function school(id: SiteId): SchoolFacts {
    const known = schools.get(id)
    if (known) return known
    isEmpty = false
    const made = schoolFacts(id, records.sites.get(id), records.district()?.zone ?? DEFAULT_ZONE)
    schools.set(id, made)
    return made
  }

  function aboutOf(known: Known): About {
    if (known.about) return known.about
    const about: About = { person: personOf(known.student, records, school), judged: undefined }
    known.about = about
    for (const { student } of about.person.entries) if (student !== known.student) log.student(student).about = about
    return about
  }

  const personOfKnown = (known: Known): Person => aboutOf(known).person
  const person = (student: StudentId): Person => personOfKnown(log.student(student))

  const teaches = (id: StaffId): boolean => {
    const staff = records.staff.get(id)
    return staff !== undefined && staff.certificated && staff.employee
  }

  function policyOn(on: SchoolDate): PolicyChoices {
    isEmpty = false
    policies ??= records.policies()
    return policies.findLast((policy) => policy.from <= on) ?? DEFAULT_POLICY
  }

  /** What a session says about its time; nothing while its start is not here. */
  function timeOf(session: LoggedSession<SessionTime>): SessionTime | undefined {
    if (session.worked) return session.worked
    const state = session.read()
    session.worked = work(state, [...state.students.keys()].map(log.student))
    return session.worked
  }

  function work(state: SessionState, students: readonly Known[]): SessionTime | undefined {
    if (!state.started) return undefined
    isEmpty = false
    return new SessionTime(sessionFacts(state, school(state.site).zone, teaches, students.map(personOfKnown)), policyOn(state.on))
  }

  /** The started sessions in which somebody has a mark. */
  function attendedBy(visits: Known): Attended[] {
    log.settle()
    const { entries, facts } = personOfKnown(visits)
    if (entries.length > 1) return attendedByAll(entries)
    const attended: Attended[] = []
    for (let i = 0; i < visits.sessions.length; i++) {
      const logged = visits.sessions[i] as LoggedSession<SessionTime>
      const session = timeOf(logged)
      if (!session) continue
      const presence = logged.presence(visits.places[i] as number)
      if (presence) attended.push({ session, presence, entries: facts.entries })
    }
    return attended
  }

  /** The same for somebody with several entries: marks made under any of them are one student's. */
  function attendedByAll(entries: readonly Entry[]): Attended[] {
    const attended: Attended[] = []
    for (const logged of new Set(entries.flatMap((entry) => log.student(entry.student).sessions))) {
      const session = timeOf(logged)
      if (!session) continue
      const state = logged.read()
      const here = entries.filter((entry) => (state.students.get(entry.student)?.marks.length ?? 0) > 0)
      if (here.length > 0) attended.push({ session, presence: pooled(state, here), entries: here.map((entry) => entry.facts) })
    }
    return attended
  }

  function judgeStudent(student: StudentId, asOf: SchoolDate): Totals {
    log.settle()
    const known = log.student(student)
    const about = aboutOf(known)
    if (about.judged?.asOf === asOf) return about.judged.totals
    const totals = judge(about.person.facts, attendedBy(known), policyOn, asOf)
    about.judged = { asOf, totals }
    return totals
  }

  function explainStudent(student: StudentId, asOf: SchoolDate): Explanation {
    const known = log.student(student)
    const { facts } = personOfKnown(known)
    const weighed = weigh(facts, attendedBy(known), asOf)
    return explain(facts, weighed, sessionMinutes(weighed, asOf), judgeStudent(student, asOf).days, policyOn)
  }

  function sessionCredit(id: SessionId, student: StudentId): SessionCredit {
    const session = log.sessions.get(id)
    const time = session && timeOf(session)
    if (!time) return NO_CREDIT
    const known = log.student(student)
    const { facts } = personOfKnown(known)
    const attended = attendedBy(known)
    const own = attended.find((each) => each.session === time)
    if (!own) return NO_CREDIT
    // Only a session that has a minute with this one can take it: of a year's sessions next to none.
    const close = attended.filter(
      ({ presence }) => presence.firstMark <= own.presence.lastMark && presence.lastMark >= own.presence.firstMark,
    )
    const weighed = weigh(facts, close, time.last).find((each) => each.attended === own) as Weighed
    const dates = minutesByDate(facts, weighed, policyOn(time.facts.on))
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
    const known = log.student(student)
    const { facts } = personOfKnown(known)
    const session = new SessionTime(plannedFacts(planned, school(planned.site).zone, teaches), policyOn(planned.on))
    const attended = attendedBy(known)
    return nextSession(facts, attended, { session, presence: wholePresence(planned), entries: facts.entries }, policyOn, session.last)
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
