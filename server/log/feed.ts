/**
 * Who is told what. A site's devices receive their own site's events, and through `feed` rows everything else they need:
 * registry records, and whole sessions of other sites in which one of this site's students takes part, since the ratio
 * of teachers to students is a fact of the whole session. Rows appear and move forward (`place.ts`); they go when a student leaves (`leave.ts`). (S7)
 */
import type { RecordKind } from '../../shared/registry.ts'
import type { EventFacts } from './eventFacts.ts'
import { openKnownAt } from './knownAt.ts'
import type { Db } from './openDatabase.ts'
import { openPlaces, openTells } from './place.ts'
import { openSectionScopes, sectionKey } from './sectionScopes.ts'
import { firstTime, remembered, statementsOf } from './statements.ts'
import { openTakers } from './takers.ts'

export interface Feed {
  /** A record has a new version at `seq`: tell every site it concerns. */
  recordWritten(kind: RecordKind, id: string, seq: number): void
  /** A role is limited to a section: from now on the section is told like a school. */
  sectionNamed(section: string, seq: number): void
  /** Begins to take events, once in each transaction; about these students, as far as is known beforehand. */
  begin(students: Iterable<string>): Telling
}

export interface Telling {
  /** An event was accepted at `seq`: tell the other sites that follow its session, and those that begin to. */
  tell(event: EventFacts, seq: number): void
  finish(): void
}

/** The feed over a database, with its statements prepared once. */
export function openFeed(db: Db): Feed {
  const { texts, changes } = statementsOf(db)
  const tells = openTells(db)
  const { tell, tellOnce, tellKey } = tells
  const scopes = openSectionScopes(db)
  const places = openPlaces(db, tells, scopes)
  const { introduce, followSession, placeStudent, studentWritten, sectionWritten, studentSites, siteOf, sectionStudents } = places
  const sites = texts("SELECT id FROM record WHERE kind = 'site' UNION ALL SELECT 'section:' || section FROM section_scope")
  const followers = texts('SELECT site FROM feed WHERE kind = ? AND id = ?')
  const districtWide = texts("SELECT kind || ' ' || id FROM record WHERE kind IN ('district', 'policy', 'site')")
  const staffOfSite = texts(
    "SELECT v.id FROM record r JOIN record_version v ON v.seq = r.seq, json_each(v.body, '$.sites') s WHERE r.kind = 'staff' AND s.value = ?",
  )
  const sitesOfStaff = texts("SELECT s.value FROM record_version v, json_each(v.body, '$.sites') s WHERE v.seq = ?")
  const beginKnownAt = openKnownAt(db)
  const studentOf = texts('SELECT student FROM record WHERE kind = ? AND id = ?')
  const sessionFollowers = texts('SELECT site FROM session_site WHERE session = ?')
  const addSession = changes('INSERT INTO session (id, site) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const beginTakers = openTakers(db)
  const addStaff = changes('INSERT INTO session_staff (session, staff) VALUES (?, ?) ON CONFLICT DO NOTHING')

  return {
    recordWritten(kind, id, seq) {
      for (const site of followers(kind, id)) tell(site, kind, id, seq)
      switch (kind) {
        case 'district':
        case 'policy':
          for (const site of sites()) tell(site, kind, id, seq)
          return
        case 'site':
          for (const site of sites()) tell(site, kind, id, seq)
          for (const key of districtWide()) tellKey(id, key, seq)
          for (const staff of staffOfSite(id)) tellOnce(id, 'staff', staff, seq)
          return
        case 'staff':
          for (const site of sitesOfStaff(seq)) for (const place of [site, ...scopes.at(site)]) tell(place, kind, id, seq)
          return
        case 'student':
          studentWritten(id, seq)
          return
        case 'enrollment':
        case 'absence': {
          const student = studentOf(kind, id)[0]
          if (student === undefined) return
          if (kind === 'enrollment') {
            placeStudent(student, seq)
            // Also where the student is only somebody in the room: the grade decides the ratio.
            for (const site of followers('student', student)) tell(site, kind, id, seq)
          }
          for (const site of studentSites(student)) tell(site, kind, id, seq)
          return
        }
        case 'section':
          sectionWritten(id, seq)
      }
    },
    sectionNamed(section, seq) {
      const site = siteOf('section', section)[0]
      if (site === undefined || !scopes.add(section, site)) return
      const key = sectionKey(section)
      for (const known of districtWide()) tellKey(key, known, seq)
      for (const staff of staffOfSite(site)) tellOnce(key, 'staff', staff, seq)
      tell(key, 'section', section, seq)
      for (const student of sectionStudents(section)) placeStudent(student, seq)
      for (const session of scopes.sessionsOf(section)) followSession(key, session, seq)
    },
    begin(students) {
      // A push is mostly of a few sessions: what is asked or told for one of its events holds for the next.
      const [isNewAt, isNewSession, isNewTeacher] = [firstTime(), firstTime(), firstTime()]
      const takers = beginTakers()
      const knownAt = beginKnownAt(students)
      const followedBy = remembered(sessionFollowers)
      return {
        finish: takers.flush,
        tell(event, seq) {
          const { session, site } = event
          for (const staff of event.staff) if (isNewAt(site, staff)) tellOnce(site, 'staff', staff, seq)
          if (session === undefined) return
          if (isNewSession(session, '')) addSession(session, site)
          for (const staff of event.staff) if (isNewTeacher(session, staff)) addStaff(session, staff)
          const joined = event.students.filter((student) => takers.joins(session, student))
          // Where a student is known, all of the student was told.
          for (const student of joined) if (!knownAt.of(student).includes(site)) introduce(site, student, seq)
          if (event.section !== undefined && scopes.name(session, event.section) && scopes.has(event.section)) {
            takers.flush()
            followSession(sectionKey(event.section), session, seq)
            followedBy.forget(session)
          }
          for (const follower of followedBy.of(session)) {
            tell(follower, 'event', event.id, seq)
            for (const student of joined) introduce(follower, student, seq)
            for (const staff of event.staff) tellOnce(follower, 'staff', staff, seq)
          }
          for (const student of joined) {
            if (knownAt.of(student).every((other) => other === site)) continue
            takers.flush()
            for (const other of knownAt.of(student)) followSession(other, session, seq)
            followedBy.forget(session)
          }
        },
      }
    },
  }
}
