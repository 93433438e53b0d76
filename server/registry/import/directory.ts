import type { SiteId, StaffId, StudentId } from '../../../shared/ids.ts'
import type { District, Site, Staff, Student } from '../../../shared/registry.ts'
import { FIRST_POLICY } from '../district.ts'
import { siteId, staffId, studentId } from './ids.ts'
import type { Plan } from './plan.ts'
import { isSameName } from '../sameName.ts'
import { openSsids, type SsidAt } from './ssids.ts'

/** The district's name until a file or a person gives it one. */
export const UNNAMED = 'My district'

/**
 * Finds and writes sites, students and staff by the names files use, whoever brought them first. What one file does not know, another
 * or a person may have said: it is kept.
 */
export interface Directory {
  district(): District
  nameDistrict(name: string, lea: string | null): void
  /** The site with a code; undefined when there is none, or it ended. */
  site(code: string): SiteId | undefined
  hasSites(): boolean
  putSite(site: { code: string; name: string } & Partial<Pick<Site, 'cds' | 'type'>>): SiteId
  /** The student with a local id, also one who has left. */
  student(localId: string): StudentId | undefined
  putStudent(student: StudentSaid): StudentId
  /** Judges the statewide identifiers when all files are read: see `Ssids`. */
  settle(): void
  putStaff(person: { key: string; name: string; email: string; title: string; certificated: boolean; sites: readonly SiteId[] }): StaffId
}

/** What a line of a file says of a student. */
export interface StudentSaid {
  readonly localId: string
  readonly first: string
  readonly last: string
  /** Null where the file has none: what is known is kept. */
  readonly ssid: string | null
  readonly at: SsidAt
  /** The record under which the same file's own id led to this student until now, when that was another. */
  readonly was?: StudentId | undefined
}

/** The directory of a plan. A district that does not exist yet is added, and a note says so. */
export function openDirectory(plan: Plan): Directory {
  if (!plan.get('district', 'district')) {
    plan.put('district', 'district', { name: UNNAMED, zone: 'America/Los_Angeles', lea: null, sample: false })
    if (!plan.get('policy', FIRST_POLICY.from)) plan.put('policy', FIRST_POLICY.from, FIRST_POLICY)
    plan.note('There is no district yet: one begins with this import, in the time zone America/Los_Angeles.')
  }
  const sites = new Map([...plan.list('site').values()].map(({ body }) => [body.code, body.id]))
  const students = new Map([...plan.list('student').values()].map(({ body }) => [body.localId, body.id]))
  const byMail = new Map(
    [...plan.list('staff').values()].filter(({ body }) => body.email !== '').map(({ body }) => [body.email.toLowerCase(), body.id]),
  )
  const ssids = openSsids(plan)
  const names = new Map([...plan.list('student').values()].map(({ body }) => [body.id, body]))
  const placed = new Map<StaffId, { readonly key: string; readonly sites: Set<SiteId> }>()
  /** Two people of one file are two, even when a careless export gives them one address. */
  const idOfStaff = (key: string, email: string): StaffId => {
    const own = staffId(key)
    const met = byMail.get(email.toLowerCase())
    return met === undefined || plan.get('staff', own) || (placed.get(met)?.key ?? key) !== key ? own : met
  }

  const district = (): District => {
    const held = plan.get('district', 'district')
    if (!held) throw new Error('the district was added above')
    return held.body
  }
  const site = (code: string): SiteId | undefined => {
    const id = sites.get(code)
    return id !== undefined && plan.get('site', id)?.ended === false ? id : undefined
  }

  return {
    district,
    nameDistrict(name, lea) {
      const held = district()
      plan.put('district', 'district', { ...held, name: held.name === UNNAMED ? name : held.name, lea: held.lea ?? lea })
    },
    site,
    hasSites: () => sites.size > 0,
    putSite({ code, name, cds, type }) {
      const id = sites.get(code) ?? siteId(code)
      const held = plan.get('site', id)?.body
      const fresh: Site = { id, code, name, cds: null, type: 'regular', zone: district().zone, years: [] }
      plan.put('site', id, { ...fresh, ...held, name, ...(cds ? { cds } : {}), ...(type ? { type } : {}) })
      sites.set(code, id)
      return id
    },
    student: (localId) => students.get(localId),
    settle: ssids.settle,
    putStudent({ localId, first, last, ssid, at, was }) {
      const id = students.get(localId) ?? studentId(localId)
      const held = plan.get('student', id)?.body
      // A number that now is another child's brings nothing of the one who had it before.
      const before = names.get(id)
      const isAnother = was !== undefined && before !== undefined && !isSameName(before, { first, last })
      const kept = was !== undefined ? (ssids.before(was) ?? (isAnother ? null : (held?.ssid ?? null))) : (held?.ssid ?? null)
      if (ssid !== null) ssids.claim(id, ssid, isAnother ? null : ssids.before(id), at)
      const fresh: Student = { id, localId, ssid: null, first, last, iepMinutes: null, setting: 'classroom', independentStudy: [] }
      plan.put('student', id, { ...fresh, ...held, first, last, ssid: ssid ?? kept })
      students.set(localId, id)
      return id
    },
    putStaff({ key, name, email, title, certificated, sites: at }) {
      const id = idOfStaff(key, email)
      const held = plan.get('staff', id)?.body
      // A person listed once a school works at all of them.
      const all = placed.get(id)?.sites ?? new Set<SiteId>()
      for (const one of at) all.add(one)
      placed.set(id, { key, sites: all })
      const fresh: Staff = { id, name, email, sites: [], title, certificated, employee: true }
      plan.put('staff', id, { ...fresh, ...held, name, email: email || (held?.email ?? ''), title, sites: [...all].sort() })
      return id
    },
  }
}
