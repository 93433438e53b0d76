import type { StaffId } from '../../../shared/ids.ts'
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

/** Takes a person of the staff off every site. The record stays: the time under a certificated teacher who left still counts. */
export function leave(plan: Plan, staff: StaffId): void {
  const held = plan.get('staff', staff)
  if (held) plan.put('staff', staff, { ...held.body, sites: [] }, held.ended)
}

/**
 * Lets people go whom a source's own ids no longer lead to: `idOf` gives the person behind such an id. Somebody whom another id of the
 * same file leads to was given a new one, and stays.
 */
export function leaveMissing<Body>(plan: Plan, sourceKind: string, named: ReadonlySet<string>, idOf: (body: Body) => StaffId | null): void {
  const sources = [...plan.sources<Body>(sourceKind)].filter(([, { ended }]) => !ended)
  const here = new Set(sources.filter(([id]) => named.has(id)).map(([, { body }]) => idOf(body)))
  for (const [id, { body }] of sources) {
    if (named.has(id)) continue
    plan.putSource(sourceKind, id, body, true)
    const staff = idOf(body)
    if (staff !== null && !here.has(staff)) leave(plan, staff)
  }
}

/**
 * Marks schools that a whole file no longer names as gone from that source. The site stays: its calendar and type decide past days.
 */
export function noteMissingSites(plan: Plan, sourceKind: string, named: ReadonlySet<string>): void {
  const missing = [...plan.sources(sourceKind)].filter(([id, { ended }]) => !ended && !named.has(id))
  for (const [id, { body }] of missing) plan.putSource(sourceKind, id, body, true)
  if (missing.length > 0) {
    plan.note(
      `${missing.length === 1 ? 'A school that was' : `${missing.length} schools that were`} in an earlier file ${missing.length === 1 ? 'is' : 'are'} not in this one. Schools are kept, with their history.`,
    )
  }
}
