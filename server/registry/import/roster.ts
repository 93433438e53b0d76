import type { ClassRow } from '../../../shared/api/registry.ts'
import type { SiteId, StaffId, StudentId } from '../../../shared/ids.ts'
import type { SchoolDate } from '../../../shared/time.ts'
import type { RegistryStore } from '../store.ts'
import type { Plan } from './plan.ts'

/** A class of the student information system, as the registry keeps it under the source kind `class`. */
export interface ClassBody {
  /** Which source brought it: a source ends only classes of its own. */
  readonly source: 'oneroster' | 'clever'
  readonly site: SiteId
  readonly title: string
  readonly room: string
  readonly staff: readonly StaffId[]
  readonly students: readonly StudentId[]
  readonly from: SchoolDate | null
  readonly until: SchoolDate | null
}

/** One person on one class's roster, under the source kind `classEnrollment`. */
export interface ClassEnrollmentBody {
  readonly source: ClassBody['source']
  readonly class: string
  readonly role: 'staff' | 'student'
  readonly person: StaffId | StudentId
  /** The last day, when one is given. */
  readonly until: SchoolDate | null
}

/** Writes every class of a source again with the people its enrollments put there. Clever's sections name their teachers themselves. */
export function foldRosters(plan: Plan, source: ClassBody['source']): void {
  const people = new Map<string, { readonly staff: Set<StaffId>; readonly students: Set<StudentId> }>()
  for (const { ended, body } of plan.sources<ClassEnrollmentBody>('classEnrollment').values()) {
    if (ended || body.source !== source || (body.until !== null && body.until < plan.today)) continue
    const found = people.get(body.class) ?? { staff: new Set(), students: new Set() }
    people.set(body.class, found)
    // The role says which kind of id the person is.
    if (body.role === 'staff') found.staff.add(body.person as StaffId)
    else found.students.add(body.person as StudentId)
  }
  for (const [id, { ended, body }] of [...plan.sources<ClassBody>('class')]) {
    if (body.source !== source || ended) continue
    const found = people.get(id)
    const staff = source === 'clever' ? body.staff : [...(found?.staff ?? [])].sort()
    plan.putSource('class', id, { ...body, staff, students: [...(found?.students ?? [])].sort() })
  }
}

/** The classes of some sites that a section can be made from, by title. */
export function classesAt(store: RegistryStore, sites: ReadonlySet<SiteId>): ClassRow[] {
  return store
    .sources('class')
    .filter(({ ended }) => !ended)
    .map(({ id, body }) => ({ id, ...(body as ClassBody) }))
    .filter(({ site }) => sites.has(site))
    .sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : a.id < b.id ? -1 : 1))
    .map(({ id, site, title, room, staff, students }) => ({ id, site, title, room, staff: [...staff], students: [...students] }))
}
