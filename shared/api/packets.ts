/** Request and reply of audit packets. */
import * as z from 'zod/mini'
import { PacketSubject } from '../report/packet.ts'
import { at, count, id } from './fields.ts'
import { FiscalYear } from './reports.ts'

export const PACKET_STATES = ['waiting', 'gathering', 'writing', 'done', 'cancelled', 'failed', 'nothing', 'tooMany'] as const
/** A packet that is made, or in the making: `done` of `of` parts of the step it is at. */
export const PacketJob = z.object({
  id: id(),
  subject: PacketSubject,
  /** The student a packet is for. */
  student: z.string(),
  at,
  state: z.enum(PACKET_STATES),
  done: count,
  of: count,
})
export type PacketJob = z.infer<typeof PacketJob>
export const PacketJobs = z.object({ jobs: z.array(PacketJob) })
/** A sample: so many sessions of a fiscal year, evenly spread over it, drawn the same way each time. */
export const PacketSample = z.object({ kind: z.literal('sample'), year: FiscalYear, most: z.int().check(z.gte(1), z.lte(500)) })
export const StartPacket = z.strictObject({ subject: z.union([PacketSubject, PacketSample]) })
