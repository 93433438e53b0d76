/**
 * How a device of protocol 1 reads the two replies of sync: the schemas as they were when that protocol was the newest. They are history,
 * and are not changed with those of today.
 */
import * as z from 'zod/mini'

const count = z.int().check(z.gte(0))
const PushResult = z.object({
  index: count,
  id: z.nullable(z.string()),
  hash: z.nullable(z.string()),
  outcome: z.enum(['accepted', 'duplicate', 'quarantined']),
  seq: z.nullable(count),
  reason: z.nullable(
    z.enum(['malformed', 'idConflict', 'fork', 'otherDevice', 'chainBroken', 'outsideSite', 'unknownActor', 'sessionConflict']),
  ),
})
export const ReceiptBody = z.object({ epoch: z.string(), device: z.string(), at: z.int(), results: z.array(PushResult) })
export const PushReply = z.object({ receipt: z.object({ body: z.string(), signature: z.string() }), serverTime: z.int() })
export const PullReply = z.object({
  cursor: z.strictObject({ epoch: z.string(), scope: z.string(), seq: count }),
  head: count,
  more: z.boolean(),
  records: z.array(z.object({ kind: z.string(), id: z.string(), seq: count, ended: z.boolean(), body: z.looseObject({}) })),
  events: z.array(z.object({ seq: count, event: z.unknown() })),
  totals: z.nullable(z.object({ asOf: z.string(), rules: z.string(), digest: z.string(), students: z.record(z.string(), z.string()) })),
  serverTime: z.int(),
})
/** What every reply had to say of itself. */
export const MARK = ['x-recoup-api', '1'] as const
