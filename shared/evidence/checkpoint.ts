/**
 * Checkpoints: the log's newest link, signed and dated. A checkpoint outside the server (on a tablet, on paper, in a mailbox) holds the
 * server to everything up to it: a log that does not lead to the same link is not the log that was signed.
 */
import * as z from 'zod/mini'

/** `signature` is Ed25519 over the UTF-8 bytes of `body`, base64, by the key of the receipts. */
export const Checkpoint = z.strictObject({ body: z.string().check(z.maxLength(500)), signature: z.string().check(z.maxLength(100)) })
export type Checkpoint = z.infer<typeof Checkpoint>

/** What the signed text says. */
export const CheckpointBody = z.strictObject({
  kind: z.literal('recoup-checkpoint'),
  epoch: z.string(),
  seq: z.int().check(z.gte(0)),
  /** Link of the entry `seq`, lower-case hex; empty while the log is. */
  link: z.string(),
  at: z.int(),
})
export type CheckpointBody = z.infer<typeof CheckpointBody>

/** Whether an Ed25519 signature (base64, raw) of a text is by a key (base64, raw). Answers false to what is no signature or no key. */
export type IsSigned = (text: string, signature: string, key: string) => boolean

/** What a checkpoint says, when it was signed by the key; undefined otherwise. */
export function readCheckpoint({ body, signature }: Checkpoint, key: string, isSigned: IsSigned): CheckpointBody | undefined {
  if (!isSigned(body, signature, key)) return undefined
  try {
    const read = CheckpointBody.safeParse(JSON.parse(body))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}
