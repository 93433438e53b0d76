/**
 * A student leaves a site: the site's devices are told to forget. What had been told of the student is told no more; what the site still
 * needs, because the student was in the room of a session that it holds, is told anew without a name. (S7)
 */
import type { Db } from './openDatabase.ts'
import { statementsOf } from './statements.ts'

export interface Leave {
  /** Takes a student out of those whom a site knows. False when the site did not know the student. */
  unplace(student: string, site: string): boolean
  /** Tells a site, which knows the student no more, to forget. */
  forget(student: string, site: string, seq: number): void
  /** Notes on a student in the sessions that a site holds: their words are told only where the student is known. */
  notesOn(student: string, site: string): string[]
}

/** `introduce` tells a site of a student without a name, at a sequence; `tell` puts an entry into a site's feed. */
export function openLeave(
  db: Db,
  tell: (site: string, kind: string, id: string, seq: number) => unknown,
  introduce: (site: string, student: string, seq: number) => void,
): Leave {
  const { texts, changes } = statementsOf(db)
  const dropPlace = changes('DELETE FROM student_site WHERE student = ? AND site = ?')
  const dropRecords = changes(
    `DELETE FROM feed WHERE site = ? AND kind IN ('student', 'enrollment', 'absence') AND id IN
       (SELECT id FROM record r WHERE r.student = ? AND r.kind = feed.kind)`,
  )
  /** Sessions of other sites that this one follows, in which nobody whom it knows takes part any more; a section keeps its own. */
  const sessionsOfNobody = texts(
    `SELECT f.session FROM student_session t JOIN session_site f ON f.session = t.session
     WHERE t.student = ? AND f.site = ? AND NOT EXISTS
       (SELECT 1 FROM session_student o JOIN student_site k ON k.student = o.student WHERE o.session = f.session AND k.site = f.site)
       AND NOT EXISTS (SELECT 1 FROM session_section n WHERE n.session = f.session AND 'section:' || n.section = f.site)`,
  )
  const unfollow = changes('DELETE FROM session_site WHERE session = ? AND site = ?')
  const dropEvents = changes("DELETE FROM feed WHERE site = ? AND kind = 'event' AND id IN (SELECT id FROM event WHERE session = ?)")
  const isInRoomAt = texts(
    `SELECT s.id FROM student_session t JOIN session s ON s.id = t.session
     WHERE t.student = ? AND (s.site = ? OR EXISTS (SELECT 1 FROM session_site f WHERE f.session = s.id AND f.site = ?)) LIMIT 1`,
  )
  const namelessAt = texts(
    `SELECT site FROM feed WHERE kind = 'student' AND id = ?
       AND site NOT IN (SELECT k.site FROM student_site k WHERE k.student = feed.id)`,
  )
  const dropIntroduction = changes(
    `DELETE FROM feed WHERE site = ? AND kind IN ('student', 'enrollment') AND id IN
       (SELECT id FROM record r WHERE r.student = ? AND r.kind = feed.kind)`,
  )
  const notes = texts(
    `SELECT e.id FROM student_session t JOIN event e ON e.session = t.session JOIN session s ON s.id = t.session
     WHERE t.student = ? AND e.body ->> '$.type' = 'StudentNoted' AND e.body ->> '$.student' = t.student
       AND (s.site = ? OR EXISTS (SELECT 1 FROM session_site f WHERE f.session = s.id AND f.site = ?))`,
  )

  return {
    unplace: (student, site) => dropPlace(student, site),
    forget(student, site, seq) {
      for (const session of sessionsOfNobody(student, site)) {
        unfollow(session, site)
        dropEvents(site, session)
        tell(site, 'forgetSession', session, seq)
      }
      dropRecords(site, student)
      tell(site, 'forgetStudent', student, seq)
      if (isInRoomAt(student, site, site).length > 0) introduce(site, student, seq)
      // Somebody of two schools forgets all of the student; what the other school needs without a name comes again with it.
      for (const other of namelessAt(student)) {
        if (other === site) continue
        dropIntroduction(other, student)
        introduce(other, student, seq)
      }
    },
    notesOn: (student, site) => notes(student, site, site),
  }
}
