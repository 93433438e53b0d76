import type { SiteId } from '../../../../shared/ids.ts'
import { endSource, noteMissingSites } from '../ends.ts'
import type { Work } from '../source.ts'
import { endsMissing, keyed } from './files.ts'
import type { OneRosterFile } from './files.ts'

/** An organization, under the source kind `oneroster.org`; those that are schools have a site. */
export interface OrgBody {
  readonly type: string
  readonly site: SiteId | null
}

/** Organizations: a school is a site by its identifier, the district gives its name. Others are known but not kept. */
export async function readOrgs(work: Work, file: OneRosterFile): Promise<void> {
  const { plan, directory } = work
  const table = work.table('orgs', file.entry, { required: ['sourcedId', 'name', 'type'], optional: ['status', 'identifier'] })
  const named = new Set<string>()
  const lines = new Map<string, number>()
  for await (const { row, id, gone } of keyed(table, named)) {
    if (gone) {
      endSource(plan, 'oneroster.org', id)
      continue
    }
    const name = row.text('name', 'organizationName')
    if (name === undefined) continue
    const type = row.cell('type').toLowerCase()
    if (type === 'district') directory.nameDistrict(name, null)
    // `||`: files leave out an identifier by leaving it blank.
    const code = (row.cell('identifier') || id).slice(0, 200)
    const before = type === 'school' ? lines.get(code) : undefined
    if (before !== undefined) {
      row.fault('identifier', 'orgCodeOnce', { line: before })
      continue
    }
    if (type === 'school') lines.set(code, row.line)
    plan.putSource('oneroster.org', id, { type, site: type === 'school' ? directory.putSite({ code, name }) : null } satisfies OrgBody)
  }
  if (endsMissing(file, table)) noteMissingSites(plan, 'oneroster.org', named)
}

/** The site of an organization that is a school and has not ended. */
export function schoolSite({ plan }: Work, org: string): SiteId | undefined {
  const held = plan.sources<OrgBody>('oneroster.org').get(org)
  return held && !held.ended ? (held.body.site ?? undefined) : undefined
}
