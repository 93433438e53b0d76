/** What can be decided about a record that was set aside, and how a decision of this device stands. Pure. */
import type { QuarantinedRow } from '../../../../shared/api/desk.ts'
import type { QuarantineReason } from '../../../../shared/api/sync.ts'
import type { SiteId } from '../../../../shared/ids.ts'

export type Decision = 'accept' | 'refuse'

/** Reasons a person may overrule. What is no record, or took a place that is taken, cannot come into the log by decision. */
const OVERRULED: readonly QuarantineReason[] = ['outsideSite', 'unknownActor', 'otherDevice', 'chainBroken']

export const canAccept = (row: QuarantinedRow): boolean => row.event !== null && row.site !== null && OVERRULED.includes(row.reason)

/** What somebody recorded is taken in by somebody else; leaving one's own out is everybody's right. */
export const isOwn = (row: QuarantinedRow, staff: string | undefined): boolean => row.actor !== '' && row.actor === staff

/** Nobody can name what has no id, so nobody can decide on it: it stays, whole. */
export const canDecide = (row: QuarantinedRow): boolean => row.event !== null

/** `sending`: decided here, not confirmed yet. `stays`: confirmed, and the district could not carry it out. */
export type Standing = 'sending' | 'stays'

/** The school a decision is made for: the record's own, or for one that names none any of the person's. */
export const siteOf = (row: QuarantinedRow, sites: readonly { readonly id: SiteId }[]): SiteId | undefined => row.site ?? sites[0]?.id
