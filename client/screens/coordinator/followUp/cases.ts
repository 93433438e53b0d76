/** What was written about each student, read as a case: open or closed, whose it is, by when. Pure. */
import type { FollowUpEntry } from '../../../../shared/api/followUps.ts'
import { parseSchoolDate, type SchoolDate } from '../../../../shared/time.ts'

export interface Case {
  /** Oldest first. */
  readonly entries: readonly FollowUpEntry[]
  /** Something was written after the last outcome, or there was none. */
  readonly open: boolean
  readonly to: { readonly id: string; readonly name: string } | null
  readonly due: SchoolDate | null
  readonly outcome: FollowUpEntry['outcome']
}

/** Cases by student. A letter alone opens none. */
export function casesOf(entries: readonly FollowUpEntry[]): ReadonlyMap<string, Case> {
  const byStudent = new Map<string, FollowUpEntry[]>()
  for (const entry of entries) byStudent.set(entry.student, [...(byStudent.get(entry.student) ?? []), entry])
  return new Map([...byStudent].map(([student, own]) => [student, caseOf(own)]))
}

function caseOf(entries: readonly FollowUpEntry[]): Case {
  const closedAt = entries.findLastIndex((entry) => entry.kind === 'outcome')
  const since = entries.slice(closedAt + 1)
  const assigned = since.findLast((entry) => entry.kind === 'assigned')
  const open = since.some((entry) => entry.kind === 'assigned' || entry.kind === 'note')
  return {
    entries,
    open,
    to: assigned?.to ? { id: assigned.to, name: assigned.toName } : null,
    due: assigned?.due ?? null,
    outcome: open ? null : (entries[closedAt]?.outcome ?? null),
  }
}

export const isLate = (one: Case, today: SchoolDate): boolean => one.open && one.due !== null && one.due < today

/** Whether a day typed for something still to be done is over already. */
export function isDuePast(due: string, today: SchoolDate): boolean {
  const date = parseSchoolDate(due)
  return date !== undefined && date < today
}
