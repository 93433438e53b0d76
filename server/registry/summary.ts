/** How much the registry holds, site by site. */
import type { RegistrySummary } from '../../shared/api/registry.ts'
import type { SiteId } from '../../shared/ids.ts'
import { meetsFrom } from '../../shared/attendance/planned.ts'
import { isYearKnown } from '../../shared/registry.ts'
import { fiscalYear } from '../../shared/time.ts'
import type { RegistryStore } from './store.ts'

/** Counts of what has not ended, for the sites a predicate lets through, in a fiscal year. The district's own counts cover those sites. */
export function registrySummary(store: RegistryStore, year: number, isShown: (site: SiteId) => boolean): RegistrySummary {
  const sites = store.list('site').filter((site) => !site.ended && isShown(site.body.id))
  const students = new Map<string, Set<string>>()
  const absences = new Map<string, number>()
  const sections = new Map<string, number>()
  for (const { body, ended } of store.list('enrollment')) {
    if (ended || body.until !== null) continue
    students.set(body.site, (students.get(body.site) ?? new Set()).add(body.student))
  }
  for (const { body, ended } of store.list('absence')) if (!ended) absences.set(body.site, (absences.get(body.site) ?? 0) + 1)
  const { first } = fiscalYear(year)
  for (const { body, ended } of store.list('section'))
    if (!ended && meetsFrom(body, first)) sections.set(body.site, (sections.get(body.site) ?? 0) + 1)
  const staff = store.list('staff').filter((person) => !person.ended)
  const rows = sites.map(({ body }) => ({
    id: body.id,
    name: body.name,
    students: students.get(body.id)?.size ?? 0,
    staff: staff.filter((person) => person.body.sites.includes(body.id)).length,
    sections: sections.get(body.id) ?? 0,
    absences: absences.get(body.id) ?? 0,
    hasCalendar: isYearKnown(body, year),
  }))
  return {
    district: store.get('district', 'district')?.body.name ?? '',
    year,
    sites: rows,
    students: new Set(sites.flatMap(({ id }) => [...(students.get(id) ?? [])])).size,
    staff: staff.filter((person) => person.body.sites.length === 0 || person.body.sites.some(isShown)).length,
    absences: rows.reduce((sum, row) => sum + row.absences, 0),
  }
}
