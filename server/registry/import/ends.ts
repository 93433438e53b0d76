import type { Plan } from './plan.ts'
import type { Table } from './read/table.ts'
import type { ClassBody } from './roster.ts'

/** Whether records a whole file does not name are gone: it has rows, and each said which record it speaks of. */
export const tellsMissing = (table: Table<string>): boolean => table.isWhole() && table.count() > 0

/** Ends what the export withdraws by name. One never known stays unknown. */
export function endSource(plan: Plan, kind: string, id: string): void {
  const held = plan.sources(kind).get(id)
  if (held) plan.putSource(kind, id, held.body, true)
}

/** Ends the records of a source kind that a whole file no longer names. */
export function endMissing(plan: Plan, kind: string, named: ReadonlySet<string>, source?: ClassBody['source']): void {
  for (const [id, { ended, body }] of [...plan.sources<{ readonly source?: string }>(kind)]) {
    if (!ended && !named.has(id) && (source === undefined || body.source === source)) plan.putSource(kind, id, body, true)
  }
}

/** Ends a site or a person of the staff; their record stays. */
export function endRecord(plan: Plan, kind: 'site' | 'staff', id: string): void {
  if (kind === 'site') {
    const held = plan.get('site', id)
    if (held) plan.put('site', id, held.body, true)
  } else {
    const held = plan.get('staff', id)
    if (held) plan.put('staff', id, held.body, true)
  }
}

/**
 * Ends what a source's own ids no longer lead to: `idOf` gives the record behind such an id. A record that another id of the same file
 * leads to was renamed, not withdrawn.
 */
export function endMissingRecords<Body>(
  plan: Plan,
  kind: 'site' | 'staff',
  sourceKind: string,
  named: ReadonlySet<string>,
  idOf: (body: Body) => string | null,
): void {
  const sources = [...plan.sources<Body>(sourceKind)].filter(([, { ended }]) => !ended)
  const here = new Set(sources.filter(([id]) => named.has(id)).map(([, { body }]) => idOf(body)))
  for (const [id, { body }] of sources) {
    if (named.has(id)) continue
    plan.putSource(sourceKind, id, body, true)
    const record = idOf(body)
    if (record !== null && !here.has(record)) endRecord(plan, kind, record)
  }
}
