/** Something two people decide on, with the names of those two. */
import type { ApprovalRow } from '../../shared/api/trust.ts'
import type { Context } from '../context.ts'
import { type Approval, standingOf } from './approvals.ts'

/** What was asked, as it is shown. */
export function approvalView(
  { approvals, log, store }: Pick<Context, 'approvals' | 'log' | 'store'>,
  asked: Approval,
): Approval & Pick<ApprovalRow, 'askedByName' | 'decidedByName' | 'state' | 'ends' | 'deciders'> {
  const name = (staff: string | null): string => (staff === null ? '' : (store.get('staff', staff)?.body.name ?? staff))
  const standing = standingOf(asked, log.sources.now())
  const deciders = standing.state === 'open' ? approvals.mayAgree(asked.askedBy) : []
  return {
    ...{ ...asked, ...standing, askedByName: name(asked.askedBy), decidedByName: name(asked.decidedBy) },
    deciders: deciders.map((staff) => ({ staff, name: name(staff) })),
  }
}
