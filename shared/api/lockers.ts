/** People who share a tablet: how long a sign-in holds without a network, coming back with a PIN, and what a locked tablet sends. */
import * as z from 'zod/mini'
import { Receipt } from './sync.ts'
import type { Instant } from '../time.ts'

const at = z.int() as unknown as z.ZodMiniType<Instant, Instant>

/** A district chooses between one day and these. */
export const MOST_OFFLINE_DAYS = 21
export const OFFLINE_DAYS = 7

/** What a grant says, as text that the district signed. It is good for one device and one person, and has an end. */
export const GrantBody = z.object({
  kind: z.literal('recoup-grant'),
  account: z.string(),
  staff: z.string(),
  device: z.string(),
  /** When the password was given; when this grant was; when recording under it ends. By the server's clock. */
  since: at,
  at,
  until: at,
  /** Changes with the password: a grant from before a reset is none. */
  word: z.string(),
  /** Whether the district's own sign-in vouched for a second factor. */
  factor: z.boolean(),
  /** Whether the second factor was shown; grants from before do not say it. */
  proved: z.optional(z.boolean()),
})
export type GrantBody = z.infer<typeof GrantBody>

/** A person came back to this device with a PIN, without a password: the grant shows who. */
export const Return = z.strictObject({ grant: Receipt })

/** Parcels of one event each, from a tablet that is locked or that others use meanwhile. Base64. None only asks how things stand. */
export const SealedPush = z.strictObject({
  parcels: z.array(z.string().check(z.minLength(1), z.maxLength(100_000))).check(z.maxLength(200)),
})
export const SealedReply = z.object({
  /** One for each device that recorded something of it: mostly one. */
  receipts: z.array(Receipt),
  /** Places of parcels that could not be opened: changed, or for another district. */
  refused: z.array(z.int()),
  serverTime: at,
  /** The district wants nothing readable left on this device. */
  revoked: z.boolean(),
  /** The history of the district; a server of the version before does not say it. */
  epoch: z.optional(z.string()),
})
export type SealedReply = z.infer<typeof SealedReply>
