/** What of the district's checklist is some schools': its lines that name one of them, and nothing that tells of another. */
import type { ComplianceRow } from '../../shared/api/periods.ts'
import type { StasRow } from '../../shared/report/stas.ts'
import type { Scope } from '../log/deliver.ts'
import { isInScope } from '../log/overview.ts'
import type { FoundAt } from './compliance.ts'

/**
 * The schools' parts with the lines of a scope alone. A line is of the school it names, which is where it is put right, whatever school's students it
 * came from; one that names none is of the school in whose part it stands. Of a list that was cut the count stays as far as it is known.
 */
export const foundIn = (scope: Scope, schools: readonly FoundAt[]): readonly FoundAt[] =>
  scope === 'all' ? schools : schools.map((school) => narrowed(scope, school))

function narrowed(scope: Scope, { site, siteName, found: { items, stillIn, heldOn } }: FoundAt): FoundAt {
  const isOwn = isInScope(scope, site)
  const isShown = (row: ComplianceRow): boolean => isInScope(scope, row.site ?? site)
  return {
    site,
    siteName,
    found: {
      items: Object.fromEntries(
        Object.entries(items).map(([key, { count, rows }]) => {
          const shown = rows.filter(isShown)
          return [key, { count: isOwn ? count - (rows.length - shown.length) : shown.length, rows: shown }]
        }),
      ),
      stillIn: stillIn.filter(({ row }) => isShown(row)),
      heldOn: isOwn ? heldOn : [],
    },
  }
}

/** The lines for the state that are reported of schools of a scope. */
export const stasIn = (scope: Scope, rows: readonly StasRow[]): readonly StasRow[] => rows.filter(({ site }) => isInScope(scope, site))
