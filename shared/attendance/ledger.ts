/** Registry and log together: the one object that client and server ask. */
import type { KeptEvent } from '../events.ts'
import type { SectionId, SessionId, SiteId, StaffId, StudentId } from '../ids.ts'
import type { Absence, District, Enrollment, RegistryRecord, Section, Site, Staff, Student } from '../registry.ts'
import type { Explanation } from '../rules/california/explain.ts'
import type { Totals } from '../rules/california/judge.ts'
import type { NextSession } from '../rules/california/nextSession.ts'
import type { PolicyChoices } from '../rules/facts.ts'
import type { SchoolDate } from '../time.ts'
import type { SessionState } from './fold.ts'
import { openJudging, type SessionCredit } from './judging.ts'
import type { PlannedSession } from './planned.ts'
import { openRecords, sameStudent } from './records.ts'
import type { SessionWarning } from './warnings.ts'

export type { SessionCredit } from './judging.ts'
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
  /** What a session that is only planned would give a student who comes for all of it. Nothing is kept of it. */
  nextSession(student: StudentId, planned: PlannedSession): NextSession
}

export function openLedger(): Ledger {
  const records = openRecords()
  const judging = openJudging(records)
  const { log } = judging

  function putRecord(record: RegistryRecord): void {
    const before = record.kind === 'absence' ? records.absence(record.id) : undefined
    if (!records.put(record) || record.kind === 'section') return
    if (record.kind !== 'absence') return judging.recordsChanged()
    if (before) judging.studentChanged(before.student)
    judging.studentChanged(record.body.student)
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

  function view(student: Student): StudentView {
    const own = records.of(student.id)
    return { student, enrollments: own.enrollments, absences: own.absences, sameStudent: sameStudent(student.id, own) }
  }

  return {
    putRecord,
    putEvents,
    session: (id) => log.sessions.get(id)?.state(),
    *sessions() {
      for (const session of log.sessions.values()) yield session.state()
    },
    sessionsOf: (student) => {
      log.settle()
      return log.student(student).sessions.map((session) => session.state())
    },
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
    policyOn: judging.policyOn,
    enrollmentOn: (student, on) =>
      records.of(student).enrollments.findLast(({ from, until }) => from <= on && (until === null || on < until)),
    judge: judging.judge,
    explain: judging.explain,
    sessionCredit: judging.sessionCredit,
    sessionWarnings: judging.sessionWarnings,
    nextSession: judging.nextSession,
  }
}
