import type { SiteId } from '../../../../shared/ids.ts'
import type { Directory } from '../directory.ts'
import type { Row } from '../read/table.ts'

/**
 * The site of a row's `School Code`. Into a district without any school (`founds`) a code brings its school, named by the code until a
 * file gives the name; later, a code that nobody knows is a fault.
 */
export function schoolOf(row: Row<'School Code'>, directory: Directory, founds: boolean): SiteId | undefined {
  const code = row.text('School Code', 'aSchoolCode')
  if (code === undefined) return undefined
  const site = directory.site(code)
  if (site !== undefined) return site
  if (founds) return directory.putSite({ code, name: `School ${code}` })
  return row.fault('School Code', 'knownSchool')
}
