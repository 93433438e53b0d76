/**
 * Registry and log together: the one object that client and server ask. One event more costs its session and that session's
 * students, nothing else; a new record makes what was worked out from records be worked out again, when it is next asked for.
 */
import type { KeptEvent } from '../events.ts'
import type { SectionId, SessionId, SiteId, StaffId, StudentId } from '../ids.ts'
import type { Absence, District, Enrollment, RegistryRecord, Section, Site, Staff, Student } from '../registry.ts'
import type { Attended } from '../rules/california/countable.ts'
import { type Explanation, explain, minutesByDate } from '../rules/california/explain.ts'
import { judge, sessionMinutes, type Totals, weigh } from '../rules/california/judge.ts'
import { isYoungest } from '../rules/california/minimumDay.ts'
import { placementOn } from '../rules/california/placement.ts'
import { DEFAULT_POLICY } from '../rules/california/policy.ts'
import type { NotCountedReason } from '../rules/california/reasons.ts'
import { SessionTime } from '../rules/california/sessionTime.ts'
import type { PolicyChoices, PresenceFacts, SchoolFacts } from '../rules/facts.ts'
import { type SchoolDate, schoolDateOf } from '../time.ts'
import type { SessionState, StudentInSession } from './fold.ts'
import { type LoggedSession, openLog } from './log.ts'
import { spansOf } from './presence.ts'
import { openRecords } from './records.ts'
import { pooled, sessionFacts } from './sessionFacts.ts'
import { type Entry, type Person, personOf, schoolFacts } from './studentFacts.ts'
import { type SessionWarning, sessionWarnings } from './warnings.ts'

export type Judgement = Totals

/** What some events changed. */
export interface Touched {
  readonly sessions: ReadonlySet<SessionId>
  /** Everybody with a mark in one of those sessions: who is there changes what the others earn. */
  readonly students: ReadonlySet<StudentId>
}

export interface StudentView {
  readonly student: Student
  readonly enrollments: readonly Enrollment[]
  readonly absences: readonly Absence[]
  /** The entries that are one student for the law, itself among them. */
  readonly sameStudent: readonly StudentId[]
}

/** Minutes of one student in one session: what counted and what did not are together what was present. */
export interface SessionCredit {
  readonly minutesPresent: number
  readonly minutesCounted: number
  readonly notCounted: readonly { readonly reason: NotCountedReason; readonly minutes: number }[]
}

export interface Ledger {
  putRecord(record: RegistryRecord): void
  putEvents(events: Iterable<KeptEvent>): Touched
  session(id: SessionId): SessionState | undefined
  sessions(): Iterable<SessionState>
  /** The sessions in which a student has (or had) a mark. */
  sessionsOf(student: StudentId): readonly SessionState[]
  site(id: SiteId): Site | undefined
  sites(): Iterable<Site>
  staff(id: StaffId): Staff | undefined
  allStaff(): Iterable<Staff>
  section(id: SectionId): Section | undefined
  sections(): Iterable<Section>
  student(id: StudentId): StudentView | undefined
  students(): Iterable<StudentView>
  district(): District | undefined
  /** The district's choices in force on a date; the pack's defaults where it made none. */
  policyOn(on: SchoolDate): PolicyChoices
  /** The enrollment that covers a date. */
  enrollmentOn(student: StudentId, on: SchoolDate): Enrollment | undefined
  /** A student's totals at the end of a school date. Kept until an event or a record touches them. */
  judge(student: StudentId, asOf: SchoolDate): Judgement
  /** Where every minute behind those totals went. Worked out when asked. */
  explain(student: StudentId, asOf: SchoolDate): Explanation
  sessionCredit(session: SessionId, student: StudentId): SessionCredit
  sessionWarnings(session: SessionId): readonly SessionWarning[]
}

/** Where a school is that we have no record of, until the district says. */
const DEFAULT_ZONE = 'America/Los_Angeles'
const NO_CREDIT: SessionCredit = { minutesPresent: 0, minutesCounted: 0, notCounted: [] }

export function openLedger(): Ledger {
  const records = openRecords()
  const schools = new Map<SiteId, SchoolFacts>()
  const persons = new Map<StudentId, Person>()
  const judgements = new Map<StudentId, { readonly asOf: SchoolDate; readonly judgement: Judgement }>()
  const log = openLog<SessionTime>((student) => forgetJudgement(student))
  let policies: ReturnType<typeof records.policies> | undefined

  function putRecord(record: RegistryRecord): void {
    const before = record.kind === 'absence' ? records.absence(record.id) : undefined
    if (!records.put(record) || record.kind === 'section') return
    if (record.kind === 'absence') return [before?.student, record.body.student].forEach(forgetStudent)
    schools.clear()
    persons.clear()
    judgements.clear()
    policies = undefined
    for (const session of log.sessions.values()) session.worked = undefined
  }

  function forgetStudent(student: StudentId | undefined): void {
    if (student === undefined) return
    for (const same of records.sameStudent(student)) persons.delete(same)
    forgetJudgement(student)
  }

  function forgetJudgement(student: StudentId): void {
    if (judgements.size > 0) for (const same of records.sameStudent(student)) judgements.delete(same)
  }

  function putEvents(events: Iterable<KeptEvent>): Touched {
    const sessions = log.put(events)
    return {
      sessions: new Set(sessions.keys()),
      get students() {
        log.settle()
        return new Set([...sessions.values()].flatMap((session) => [...session.students()]))
      },
    }
  }

  function school(id: SiteId): SchoolFacts {
    const known = schools.get(id)
    if (known) return known
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
    policies ??= records.policies()
    return policies.findLast((policy) => policy.from <= on) ?? DEFAULT_POLICY
  }

  function timeOf(session: LoggedSession<SessionTime>, state: SessionState): SessionTime {
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

  function judgeStudent(student: StudentId, asOf: SchoolDate): Judgement {
    log.settle()
    const known = judgements.get(student)
    if (known?.asOf === asOf) return known.judgement
    const who = person(student)
    const judgement = judge(who.facts, attendedBy(who, asOf), policyOn, asOf)
    judgements.set(student, { asOf, judgement })
    return judgement
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

  function view(student: Student): StudentView {
    const { id } = student
    return {
      student,
      enrollments: records.enrollmentsOf(id),
      absences: records.absencesOf(id),
      sameStudent: records.sameStudent(id),
    }
  }

  return {
    putRecord,
    putEvents,
    session: (id) => log.sessions.get(id)?.state(),
    *sessions() {
      for (const session of log.sessions.values()) yield session.state()
    },
    sessionsOf: (student) => log.ofStudent(student).map((session) => session.state()),
    site: (id) => records.sites.get(id),
    sites: () => records.sites.values(),
    staff: (id) => records.staff.get(id),
    allStaff: () => records.staff.values(),
    section: (id) => records.sections.get(id),
    sections: () => records.sections.values(),
    student: (id) => {
      const student = records.students.get(id)
      return student && view(student)
    },
    *students() {
      for (const student of records.students.values()) yield view(student)
    },
    district: () => records.district(),
    policyOn,
    enrollmentOn: (student, on) =>
      records.enrollmentsOf(student).findLast(({ from, until }) => from <= on && (until === null || on < until)),
    judge: judgeStudent,
    explain: explainStudent,
    sessionCredit,
    sessionWarnings: (id) => {
      const state = log.sessions.get(id)?.state()
      if (!state) return []
      const youngest = (student: StudentId): boolean =>
        person(student).entries.some((entry) => isYoungest(placementOn(entry.facts, state.on).grade))
      return sessionWarnings(state, school(state.site), teaches, youngest)
    },
  }
}
