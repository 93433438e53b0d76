/** Sections that somebody's role is limited to: each is told like a school, by a feed of its own. (S7) */
import type { Db } from './openDatabase.ts'
import { statementsOf } from './statements.ts'

const PREFIX = 'section:'
/** The name under which a section's feed stands among those of the schools. */
export const sectionKey = (section: string): string => `${PREFIX}${section}`
export const isSectionKey = (place: string): boolean => place.startsWith(PREFIX)

export interface SectionScopes {
  /** False when the section has a feed already. */
  add(section: string, site: string): boolean
  has(section: string): boolean
  /** Names of the feeds of a school's sections. */
  at(site: string): string[]
  /** Names of the feeds of the sections whose lists hold a student. */
  of(student: string): string[]
  /** The sections that the starts of a session name, empty for one without; nothing while no start is here. */
  named(session: string): string[]
  /** Notes what a start names. False when that was known. */
  name(session: string, section: string): boolean
  sessionsOf(section: string): string[]
}

export function openSectionScopes(db: Db): SectionScopes {
  const { texts, changes } = statementsOf(db)
  const has = texts('SELECT section FROM section_scope WHERE section = ?')
  return {
    add: changes('INSERT INTO section_scope (section, site) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    has: (section) => has(section).length > 0,
    at: texts(`SELECT '${PREFIX}' || section FROM section_scope WHERE site = ?`),
    of: texts(
      `SELECT '${PREFIX}' || x.section FROM section_student s JOIN section_scope x ON x.section = s.section
         JOIN record r ON r.kind = 'section' AND r.id = x.section WHERE s.student = ? AND r.ended = 0`,
    ),
    named: texts('SELECT section FROM session_section WHERE session = ?'),
    name: changes('INSERT INTO session_section (session, section) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    sessionsOf: texts('SELECT session FROM session_section WHERE section = ?'),
  }
}
