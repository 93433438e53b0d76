/**
 * Request and reply of sync: what a device pushes and pulls, receipts, and the proof of totals. What a request carries beyond these words is
 * left alone: a newer client may say more than an older server knows. (S12)
 */
import * as z from 'zod/mini'
import { Checkpoint } from '../evidence/checkpoint.ts'
import type { DeviceId, EventId, SectionId, StaffId } from '../ids.ts'
import type { RegistryRecord } from '../registry.ts'
import { OLDEST_PROTOCOL } from '../api.ts'
import { at, count, date, id } from './fields.ts'

/** What a device says of itself with every push. */
export const DeviceReport = z.object({
  unsent: count,
  oldestUnsentAt: z.nullable(at),
  persisted: z.nullable(z.boolean()),
  quotaFree: z.nullable(z.int()),
  clockOffset: z.nullable(z.int()),
  appVersion: z.string().check(z.maxLength(40)),
  openSessions: count,
  totals: z.nullable(z.enum(['match', 'differ', 'provisional'])),
  /** From here on since protocol 2. How many entries the district set aside wait on the device for somebody to look at them. */
  attention: z.optional(count),
  /** When a receipt last confirmed something, by the device's clock. */
  lastConfirmedAt: z.optional(z.nullable(at)),
  /** The rules by which the device counts. */
  rules: z.optional(z.string().check(z.maxLength(40))),
  /** How its storage stands. `emptied`: the browser had cleared it. `reserve`: it is so full that the last entries took the reserve. */
  storage: z.optional(z.enum(['kept', 'asked', 'unknown', 'temporary', 'reserve', 'emptied'])),
})
export type DeviceReport = z.infer<typeof DeviceReport>

/** A text that the server signed. */
export const Receipt = z.object({ body: z.string(), signature: z.string() })
export type Receipt = z.infer<typeof Receipt>

const protocol = z.int().check(z.gte(OLDEST_PROTOCOL))
export const PushRequest = z.object({
  protocol,
  events: z.array(z.unknown()).check(z.maxLength(500)),
  report: DeviceReport,
  /** Which device it takes itself for. A browser whose credential is by now another's is asked to sign in, before anything of it is set aside. */
  device: z.optional(z.string().check(z.maxLength(64))),
  /** Records of the sign-ins of those who recorded these events, as the device was given them: a restored server may not know of one. */
  signIns: z.optional(z.array(Receipt).check(z.maxLength(500))),
  /** The newest checkpoint this device was given: the server is held to it. */
  checkpoint: z.optional(Checkpoint),
  /** The device's own, over all the rest of the request. */
  signature: z.optional(z.string().check(z.maxLength(200))),
})
export type PushRequest = z.infer<typeof PushRequest>

export const QUARANTINE_REASONS = [
  'malformed',
  'idConflict',
  'fork',
  'otherDevice',
  'chainBroken',
  'outsideSite',
  'unknownActor',
  'sessionConflict',
] as const
export const QuarantineReason = z.enum(QUARANTINE_REASONS)
export type QuarantineReason = z.infer<typeof QuarantineReason>

/** What became of one offered event. `id` is null when the event was too broken to have one; `index` is its place in the push. */
export const PushResult = z.object({
  index: count,
  id: z.nullable(id<EventId>()),
  hash: z.nullable(z.string()),
  outcome: z.enum(['accepted', 'duplicate', 'quarantined']),
  seq: z.nullable(count),
  reason: z.nullable(QuarantineReason),
  /** Set aside before, and a person decided since that it is left out for good. */
  leftOut: z.optional(z.literal(true)),
})
export type PushResult = z.infer<typeof PushResult>
/** What the server signed: the text of `Receipt.body`. offered = accepted + duplicate + quarantined. */
export const ReceiptBody = z.object({ epoch: z.string(), device: id<DeviceId>(), at, results: z.array(PushResult) })
export type ReceiptBody = z.infer<typeof ReceiptBody>
export const PushReply = z.object({
  receipt: Receipt,
  serverTime: at,
  checkpoint: z.optional(Checkpoint),
  revoked: z.optional(z.boolean()),
})
export type PushReply = z.infer<typeof PushReply>

/** Where a device's pull stands. Bound to an epoch (a restored server begins another) and a scope (the sites it may see). */
export const Cursor = z.object({ epoch: z.string(), scope: z.string(), seq: count })
export type Cursor = z.infer<typeof Cursor>
export const PullRequest = z.object({
  protocol,
  cursor: z.nullable(Cursor),
  asOf: date,
  limit: z.int().check(z.gte(1), z.lte(5000)),
  /** Who is signed in as far as the device knows: nobody is told what somebody else may see who signed in on a copy of it. */
  person: z.optional(id<StaffId>()),
  /** The school whose attendance is wanted by somebody who may see all of them; empty for the first by name. Others' schools are their own. */
  site: z.optional(z.string().check(z.maxLength(64))),
})
export type PullRequest = z.infer<typeof PullRequest>
/** Digests of each student's totals at the cursor, by the rules named. See `sync/digest.ts`. */
export const TotalsProof = z.object({ asOf: date, rules: z.string(), digest: z.string(), students: z.record(z.string(), z.string()) })
export type TotalsProof = z.infer<typeof TotalsProof>
export const PullReply = z.object({
  cursor: Cursor,
  /** The server's newest sequence in this scope; progress is cursor.seq of head. */
  head: count,
  more: z.boolean(),
  records: z.array(z.unknown() as unknown as z.ZodMiniType<RegistryRecord, RegistryRecord>),
  events: z.array(z.object({ seq: count, event: z.unknown() })),
  /** On the last page only. */
  totals: z.nullable(TotalsProof),
  serverTime: at,
  /** What has left the scope and goes from the device, before the page's records and events are stored. (S7) */
  forget: z.optional(z.object({ students: z.array(z.string()), sessions: z.array(z.string()) })),
  /** The school whose attendance this is, when the request named one. */
  site: z.optional(z.string()),
  /** On the last page: the sections that the person is limited to now; null for whole schools. */
  sections: z.optional(z.nullable(z.array(id<SectionId>()))),
  /** The newest backup that was opened and checked: what lies in it a device may forget in time. (S8) */
  verified: z.optional(z.object({ epoch: z.string(), seq: count, at })),
})
export type PullReply = z.infer<typeof PullReply>
