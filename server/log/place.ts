/**
 * Where a student is placed, and who follows a session: each school (or section that is told like one) where a student, or the same student under
 * another number, is enrolled or listed is told all of that student; whoever knew the student and does so no more is told to forget. (S7)
 */
import type { RecordKind } from '../../shared/registry.ts'
import { openLeave } from './leave.ts'
import type { Db } from './openDatabase.ts'
import { openPlacedSsid } from './placedSsid.ts'
import { type SectionScopes, sectionKey } from './sectionScopes.ts'
import { statementsOf } from './statements.ts'
import { openPutInOrder } from './takers.ts'

/** What goes into the feeds. */
export interface Tells {
  /** Puts an entry into a site's feed, or moves it forward to `seq`. */
  tell(site: string, kind: string, id: string, seq: number): boolean
  /** Tells a site what it has not been told; what it knows it need not hear again. */
  tellOnce(site: string, kind: string, id: string, seq: number): boolean
  /** The same for a record named by its kind and id, with a space between. */
  tellKey(site: string, key: string, seq: number): void
}

export function openTells(db: Db): Tells {
  const { changes } = statementsOf(db)
  const tellOnce = changes('INSERT INTO feed (site, kind, id, seq) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  return {
    tell: changes('INSERT INTO feed (site, kind, id, seq) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq'),
    tellOnce,
    tellKey(site, key, seq) {
      const space = key.indexOf(' ')
      tellOnce(site, key.slice(0, space), key.slice(space + 1), seq)
    },
  }
}

export interface Places {
  /** What a site must hold to weigh a session of another's student: the record (its name withheld on delivery) and the grade. */
  introduce(site: string, student: string, seq: number): void
  /** A site begins to follow a session of another site: it is told the whole of it. */
  followSession(site: string, session: string, seq: number): void
  /** Tells every site that begins to know a student all of that student, and every one that no longer does to forget. */
  placeStudent(student: string, seq: number): void
  /** A student's record has a new version. A corrected statewide identifier parts those who had shared it: they are placed anew. */
  studentWritten(student: string, seq: number): void
  /** A section's list has a new version. */
  sectionWritten(id: string, seq: number): void
  /** Where a student is placed now. */
  readonly studentSites: (student: string) => string[]
  /** The school of a record, or none. */
  readonly siteOf: (kind: RecordKind, id: string) => string[]
  readonly sectionStudents: (section: string) => string[]
}

/** Placing over a database, with its statements prepared once. */
export function openPlaces(db: Db, { tell, tellOnce, tellKey }: Tells, scopes: SectionScopes): Places {
  const { texts, changes } = statementsOf(db)
  const addStudentSite = changes('INSERT INTO student_site (student, site) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const studentSites = texts('SELECT site FROM student_site WHERE student = ?')
  const siteOf = texts('SELECT site FROM record WHERE kind = ? AND id = ?')
  const twins = texts("SELECT id FROM record WHERE ssid = (SELECT ssid FROM record WHERE kind = 'student' AND id = ?)")
  const enrolledAt = texts("SELECT DISTINCT site FROM record WHERE student = ? AND kind = 'enrollment' AND ended = 0")
  const listedAt = texts(
    "SELECT DISTINCT r.site FROM section_student s JOIN record r ON r.kind = 'section' AND r.id = s.section WHERE s.student = ? AND r.ended = 0",
  )
  const recordsOf = texts("SELECT kind || ' ' || id FROM record WHERE student = ?")
  const enrollmentsOf = texts("SELECT id FROM record WHERE student = ? AND kind = 'enrollment'")
  const sectionStudents = texts('SELECT student FROM section_student WHERE section = ?')
  const dropSection = changes('DELETE FROM section_student WHERE section = ?')
  const addSection = changes(
    "INSERT INTO section_student (section, student) SELECT ?, s.value FROM record_version v, json_each(v.body, '$.students') s WHERE v.seq = ? ON CONFLICT DO NOTHING",
  )
  const sessionsOf = texts('SELECT session FROM student_session WHERE student = ?')
  const putInOrder = openPutInOrder(db)
  const sessionSite = texts('SELECT site FROM session WHERE id = ?')
  const sessionStudents = texts('SELECT student FROM session_student WHERE session = ?')
  const sessionStaff = texts('SELECT staff FROM session_staff WHERE session = ?')
  const follow = changes('INSERT INTO session_site (session, site) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const sessionEvents = texts('SELECT id FROM event WHERE session = ?')

  function introduce(site: string, student: string, seq: number): void {
    tellOnce(site, 'student', student, seq)
    for (const id of enrollmentsOf(student)) tellOnce(site, 'enrollment', id, seq)
  }

  const leaving = openLeave(db, tell, introduce)
  const placedSsid = openPlacedSsid(db)

  function followSession(site: string, session: string, seq: number): void {
    if (sessionSite(session)[0] === site || !follow(session, site)) return
    for (const id of sessionEvents(session)) tellOnce(site, 'event', id, seq)
    for (const student of sessionStudents(session)) introduce(site, student, seq)
    for (const staff of sessionStaff(session)) tellOnce(site, 'staff', staff, seq)
  }

  function placeStudent(student: string, seq: number): void {
    putInOrder()
    const same = [...new Set([student, ...twins(student)])]
    const where = new Set(same.flatMap((one) => [...enrolledAt(one), ...listedAt(one), ...scopes.of(one)]))
    const left = same.flatMap((one) =>
      studentSites(one)
        .filter((site) => !where.has(site) && leaving.unplace(one, site))
        .map((site) => ({ one, site })),
    )
    for (const { one, site } of left) leaving.forget(one, site, seq)
    for (const one of same) {
      for (const site of where) {
        if (!addStudentSite(one, site)) continue
        tell(site, 'student', one, seq)
        for (const key of recordsOf(one)) tellKey(site, key, seq)
        for (const session of sessionsOf(one)) followSession(site, session, seq)
        for (const note of leaving.notesOn(one, site)) tell(site, 'event', note, seq)
      }
    }
  }

  function studentWritten(student: string, seq: number): void {
    const parted = placedSsid.parted(student)
    placeStudent(student, seq)
    for (const other of parted) placeStudent(other, seq)
    for (const site of studentSites(student)) tell(site, 'student', student, seq)
  }

  function sectionWritten(id: string, seq: number): void {
    const site = siteOf('section', id)[0]
    if (site !== undefined) tell(site, 'section', id, seq)
    if (scopes.has(id)) tell(sectionKey(id), 'section', id, seq)
    const before = sectionStudents(id)
    dropSection(id)
    addSection(id, seq)
    for (const student of new Set([...before, ...sectionStudents(id)])) placeStudent(student, seq)
  }

  return { introduce, followSession, placeStudent, studentWritten, sectionWritten, studentSites, siteOf, sectionStudents }
}
