/** How far a role reaches: the whole district, schools, or only some sections of them. */
import type { Me, Role } from '../../shared/api/people.ts'
import { as, type SectionId, type SiteId } from '../../shared/ids.ts'
import type { Scope } from '../log/deliver.ts'
import { openFeed } from '../log/feed.ts'
import type { Log } from '../log/log.ts'
import { sectionKey } from '../log/sectionScopes.ts'
import { namedSections } from '../log/standing.ts'
import type { RegistryStore } from '../registry/store.ts'

/** The roles that may be limited to sections. */
export const isLimitable = (role: Role): boolean => role === 'teacher' || role === 'substitute'

/** What a person may see: everything, schools, or the feeds of sections. */
export function reachOf({ districtWide, sections, sites }: Pick<Me, 'districtWide' | 'sections' | 'sites'>): Scope {
  if (districtWide) return 'all'
  return sections ? sections.map(sectionKey) : sites
}

export interface Limits {
  /** Names the sections of an account (null: none, whole schools; undefined: as it was), within the transaction that gives the role. */
  set(account: string, role: Role, sections: readonly string[] | null | undefined): void
  /** The sections at schools of the person, as `Me` has them: absent for whole schools. */
  of(kept: string | null, sites: readonly SiteId[]): { sections?: SectionId[] }
}

export function openLimits({ db, head }: Log, store: RegistryStore): Limits {
  const feed = openFeed(db)
  const put = db.prepare('UPDATE account SET sections = ? WHERE id = ?')
  return {
    set(account, role, sections) {
      if (sections === undefined && isLimitable(role)) return
      const named = isLimitable(role) && sections ? [...new Set(sections)].sort() : null
      put.run(named && JSON.stringify(named), account)
      for (const section of named ?? []) feed.sectionNamed(section, head())
    },
    of(kept, sites) {
      const named = namedSections(kept)
      if (named === null) return {}
      const isTheirs = (section: string): boolean => sites.some((site) => site === store.get('section', section)?.body.site)
      return { sections: named.filter(isTheirs).map((section) => as<SectionId>(section)) }
    },
  }
}
