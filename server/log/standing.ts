/** What somebody might do, and where, at a time: roles have a beginning and may have an end, and people change schools. */
import type { Db } from './openDatabase.ts'

export interface Standing {
  /** The role at that time; null for staff without an account. */
  readonly role: string | null
  /** False when the account was disabled, its time had ended, or its role only reads. */
  readonly mayAct: boolean
  /** The schools of that time and of now: a move is often written down after it happened. */
  readonly sites: 'all' | readonly string[]
  /** The sections of that time and of now; null for whole schools. */
  readonly sections: readonly string[] | null
}

interface Change {
  readonly role: string
  readonly state: string
  readonly until: number | null
  readonly at: number
  readonly sections: string | null
}
interface Version {
  readonly at: number
  readonly body: string
}

/** Roles whose work is at every site of the district. */
export const isDistrictWide = (role: string): boolean =>
  role === 'district' || role === 'data' || role === 'auditor' || role === 'administrator'

/** The last of what was so before a time; the first of all when that was later. */
function lastBefore<T extends { readonly at: number }>(changes: readonly T[], at: number): T | undefined {
  return changes.findLast((change) => change.at <= at) ?? changes[0]
}

/** The sections that an account names, as it keeps them; null for whole schools. */
export const namedSections = (kept: string | null | undefined): readonly string[] | null =>
  typeof kept === 'string' ? (JSON.parse(kept) as string[]) : null

/** What either reaches: nothing is limited where one of the two is not. */
function bothOf(then: Change | undefined, now: Change | undefined): readonly string[] | null {
  const [before, after] = [namedSections(then?.sections), namedSections(now?.sections)]
  return before === null || after === null ? null : [...new Set([...before, ...after])]
}

/** Asks once for a person of the staff; the answer tells of any time. Undefined for somebody who is not on the staff list. */
export function openStanding(db: Db): (staff: string) => ((at: number) => Standing) | undefined {
  const changesOf = db.prepare<[string], Change>(
    'SELECT s.role, s.state, s.until, s.at, s.sections FROM standing s JOIN account a ON a.id = s.account WHERE a.staff = ? ORDER BY s.id',
  )
  const versionsOf = db.prepare<[string], Version>("SELECT at, body FROM record_version WHERE kind = 'staff' AND id = ? ORDER BY seq")
  const sitesOf = (version: Version | undefined): readonly string[] =>
    version === undefined ? [] : (JSON.parse(version.body) as { sites: string[] }).sites
  return (staff) => {
    const versions = versionsOf.all(staff)
    const newest = versions.at(-1)
    if (!newest) return undefined
    const changes = changesOf.all(staff)
    const wide = (change: Change | undefined): boolean => change !== undefined && isDistrictWide(change.role)
    const now = sitesOf(newest)
    return (at) => {
      const then = lastBefore(changes, at)
      const isLive = then === undefined || (then.state !== 'disabled' && (then.until === null || at < then.until))
      const mayAct = isLive && then?.role !== 'auditor'
      const isEverywhere = wide(then) || wide(changes.at(-1))
      const before = lastBefore(versions, at)
      const sites = isEverywhere ? ('all' as const) : before === newest ? now : [...new Set([...sitesOf(before), ...now])]
      const sections = isEverywhere ? null : bothOf(then, changes.at(-1))
      return { role: then?.role ?? null, mayAct, sites, sections }
    }
  }
}
