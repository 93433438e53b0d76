/** What a section may be made of: a window with a length, people who are there, and nobody whom its maker may not see. */
import { SESSION_LIMITS } from '../../shared/eventTypes.ts'
import type { Section } from '../../shared/registry.ts'
import type { Scope } from '../log/deliver.ts'
import { isInScope } from '../log/overview.ts'
import { openPlacedAt } from '../log/placedAt.ts'
import type { Log } from '../log/log.ts'
import type { RegistryStore } from './store.ts'

/** Says in one sentence why a section cannot be, for somebody who sees this much; undefined when it can. */
export type SectionFault = (section: Section, ended: boolean, scope: Scope) => string | undefined

/**
 * Whoever is on a section's list is told to its school with name and history. So somebody whose sight ends at schools adds only students
 * and staff of those schools; who is on the list already stays. Whom they may not see and who does not exist are answered alike.
 */
export function openSectionFault({ db }: Log, store: RegistryStore): SectionFault {
  const isPlacedAt = openPlacedAt(db)
  return (section, ended, scope) => {
    if (section.window.from >= section.window.until) return 'The section must end after it begins.'
    const most = SESSION_LIMITS
    if (!ended && section.breaks.length > most.breaks) return `A section has ${most.breaks} breaks at most.`
    if (!ended && (section.name.length > most.title || section.room.length > most.room))
      return `A section's name has ${most.title} characters at most, its room ${most.room}.`
    if (section.breaks.some((one) => one.from >= one.until)) return 'A break must end after it begins.'
    const held = store.get('section', section.id)
    // First of all: nobody is asked about by the list of another school.
    if (held && held.body.site !== section.site) return 'A section stays at its school. Make another one there.'
    // Begun again, a section tells its school anew of everybody on its list.
    const before: Pick<Section, 'staff' | 'students'> = held && (ended || !held.ended) ? held.body : { staff: [], students: [] }
    const isWide = scope === 'all'
    const isStaff = (id: Section['staff'][number]): boolean => {
      const one = store.get('staff', id)
      return one !== undefined && (isWide || before.staff.includes(id) || one.body.sites.some((site) => isInScope(scope, site)))
    }
    const isStudent = (id: Section['students'][number]): boolean =>
      store.get('student', id) !== undefined && (isWide || before.students.includes(id) || isPlacedAt(id, scope))
    const whose = isWide ? 'list' : 'list of your schools. Ask the district to add somebody of another school'
    if (!section.staff.every(isStaff)) return `A member of the staff named is not on the staff ${whose}.`
    if (!section.students.every(isStudent)) return `A student named is not on the student ${whose}.`
    return undefined
  }
}
