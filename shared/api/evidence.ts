/** What the district's people are shown of the log's own chain. */
import * as z from 'zod/mini'
import { Checkpoint } from '../evidence/checkpoint.ts'

export const CheckpointRow = z.object({
  seq: z.int(),
  at: z.int(),
  link: z.string(),
  checkpoint: Checkpoint,
})
export type CheckpointRow = z.infer<typeof CheckpointRow>
export const CheckpointsReply = z.object({
  district: z.string(),
  /** Ed25519 key of receipts and checkpoints: raw, base64. */
  key: z.string(),
  /** The newest first; the first is of the log as it is now. */
  checkpoints: z.array(CheckpointRow),
  /** Devices that were given a checkpoint this log does not lead to: it was changed, or has lost its end. */
  against: z.array(z.object({ device: z.string(), name: z.string(), at: z.int(), seq: z.int(), verdict: z.enum(['differs', 'ahead']) })),
})
export type CheckpointsReply = z.infer<typeof CheckpointsReply>
