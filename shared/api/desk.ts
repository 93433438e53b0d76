/** What a desk looks at: the roster, one student, devices, what was set aside. */
import * as z from 'zod/mini'
import type { DeviceId, EventId, SiteId, StudentId } from '../ids.ts'
import { GRADES, type RegistryRecord } from '../registry.ts'
import { HELD_BY } from '../rules/california/claim.ts'
import { FLAGS } from '../rules/california/flags.ts'
import { at, count, date, id } from './fields.ts'
import { DeviceReport, QuarantineReason } from './sync.ts'

/** One student of the merged roster. Numbers are whole days, hours, minutes. */
export const RosterRow = z.object({
  student: id<StudentId>(),
  last: z.string(),
  first: z.string(),
  localId: z.string(),
  ssid: z.nullable(z.string()),
  grade: z.nullable(z.enum(GRADES)),
  site: z.nullable(id<SiteId>()),
  siteName: z.string(),
  eligibleAbsences: z.int(),
  hours: z.int(),
  minutes: z.int(),
  minimumDayMinutes: z.int(),
  earnedDays: z.int(),
  pendingDays: z.int(),
  claimableDays: z.int(),
  bankedDays: z.int(),
  beyondCapDays: z.int(),
  remainingDays: z.int(),
  heldBy: z.enum(HELD_BY),
  flags: z.array(z.enum(FLAGS)),
  /** In a session that goes on: no check-out is missing yet. */
  stillThere: z.optional(z.boolean()),
})
export type RosterRow = z.infer<typeof RosterRow>
export const RosterReply = z.object({ asOf: date, seq: count, rows: z.array(RosterRow) })
export type RosterReply = z.infer<typeof RosterReply>
/** Everything behind one student's figures: the records and events a ledger needs to explain them, so that one code does the explaining. */
export const StudentReply = z.object({
  student: id<StudentId>(),
  asOf: date,
  records: z.array(z.unknown() as unknown as z.ZodMiniType<RegistryRecord, RegistryRecord>),
  events: z.array(z.unknown()),
})
export type StudentReply = z.infer<typeof StudentReply>

export const DeviceRow = z.object({
  id: id<DeviceId>(),
  name: z.string(),
  site: z.nullable(id<SiteId>()),
  lastPerson: z.string(),
  lastSeenAt: z.nullable(at),
  lastConfirmedAt: z.nullable(at),
  report: z.nullable(DeviceReport),
  /** Whether what it sends is signed by its own key. */
  isSigned: z.optional(z.boolean()),
  revokedAt: z.optional(z.nullable(at)),
})
export type DeviceRow = z.infer<typeof DeviceRow>
export const DevicesReply = z.object({ devices: z.array(DeviceRow), serverTime: at })
export type DevicesReply = z.infer<typeof DevicesReply>
export const QuarantinedRow = z.object({
  id: z.int(),
  /** Null when it was too broken to have an id: nobody can name it to decide on it. */
  event: z.nullable(id<EventId>()),
  type: z.string(),
  /** The school it was recorded for; null when it names none. */
  site: z.nullable(id<SiteId>()),
  device: z.string(),
  deviceName: z.string(),
  actor: z.string(),
  /** Empty when the person is not on the staff list. */
  actorName: z.string(),
  reason: QuarantineReason,
  detail: z.string(),
  receivedAt: at,
  /** What came, whole. */
  body: z.unknown(),
  /** What stands in the log in its place: under the same id, or as the same number of the same device. */
  rival: z.unknown(),
})
export type QuarantinedRow = z.infer<typeof QuarantinedRow>
export const QuarantineReply = z.object({ rows: z.array(QuarantinedRow) })
export type QuarantineReply = z.infer<typeof QuarantineReply>
