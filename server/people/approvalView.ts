/** Something two people decide on, with the names of those two. */
import type { ApprovalRow } from '../../shared/api/trust.ts'
import type { Context } from '../context.ts'
import { type Approval, standingOf } from './approvals.ts'

/** What was asked, as it is shown. */
export function approvalView(
  { log, store }: Pick<Context, 'log' | 'store'>,
  asked: Approval,
): Approval & Pick<ApprovalRow, 'askedByName' | 'decidedByName' | 'state' | 'ends'> {
  const name = (staff: string | null): string => (staff === null ? '' : (store.get('staff', staff)?.body.name ?? staff))
  return { ...asked, ...standingOf(asked, log.sources.now()), askedByName: name(asked.askedBy), decidedByName: name(asked.decidedBy) }
}
