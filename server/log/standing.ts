/** What somebody might do, and where, at a time: roles have a beginning and may have an end, and people change schools. */
import type { Db } from './openDatabase.ts'

export interface Standing {
  /** The role at that time; null for staff without an account. */
  readonly role: string | null
  /** False when the account was disabled, its time had ended, or its role only reads. */
  readonly mayAct: boolean
  /** The schools of that time and of now: a move is often written down after it happened. */
  readonly sites: 'all' | readonly string[]
}

interface Change {
  readonly role: string
  readonly state: string
  readonly until: number | null
  readonly at: number
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

/** Asks once for a person of the staff; the answer tells of any time. Undefined for somebody who is not on the staff list. */
export function openStanding(db: Db): (staff: string) => ((at: number) => Standing) | undefined {
  const changesOf = db.prepare<[string], Change>(
    'SELECT s.role, s.state, s.until, s.at FROM standing s JOIN account a ON a.id = s.account WHERE a.staff = ? ORDER BY s.id',
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
      return { role: then?.role ?? null, mayAct, sites }
    }
  }
}
