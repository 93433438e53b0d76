/** What devices and server say of parcels: events that one device carries for another. (S14) */
import * as z from 'zod/mini'
import { Receipt } from './sync.ts'
import type { Instant } from '../time.ts'

const count = z.int().check(z.gte(0))
const at = z.int() as unknown as z.ZodMiniType<Instant, Instant>

/** What a device needs to hand over without a network. Asked for while there is one, and kept. */
export const RelayKeys = z.object({
  /** The server's P-256 key, raw uncompressed point, base64: parcels are sealed for it. */
  serverKey: z.string(),
  /** What this device marks its parcels with, base64: an HMAC-SHA256 key that only it and the server know. */
  deviceKey: z.string(),
  /** Whether a PIN comes before anything else is downloaded. */
  pinNeeded: z.optional(z.boolean()),
  /** The record of whoever is signed in there: for a device that was given none when they signed in. See `signIns.ts`. */
  signInRecord: z.optional(Receipt),
})
export type RelayKeys = z.infer<typeof RelayKeys>

/** The request for them, signed where the device has a key: who copied its credential could mark parcels in its name. */
export const RelayKeysRequest = z.strictObject({
  kind: z.literal('recoup-relay-keys'),
  device: z.string().check(z.maxLength(64)),
  /** ECDSA over the canonical rest. */
  signature: z.optional(z.string()),
})

/** A parcel's file, base64. */
export const RelayRequest = z.object({ parcel: z.string().check(z.minLength(1)) })
export const RelayReply = z.object({
  /** The device that recorded it. */
  device: z.string(),
  deviceName: z.string(),
  /** One for each 500 events, signed, in the name of that device. */
  receipts: z.array(Receipt),
  accepted: count,
  duplicate: count,
  quarantined: count,
  serverTime: at,
})
export type RelayReply = z.infer<typeof RelayReply>

/** Why a parcel is not taken. */
export const RELAY_REFUSALS = ['notAParcel', 'otherDistrict', 'altered', 'unknownDevice', 'tooLarge'] as const
export type RelayRefusal = (typeof RELAY_REFUSALS)[number]
