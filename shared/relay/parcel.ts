/**
 * How a parcel lies in its file: what one device holds, sealed so that only the district's server reads it, and marked so that the server
 * knows from which device it came. Receipts go back in a file of their own, which needs no seal: they name events by id and hash. (S14)
 *
 *     'RCPAR1' | 8 bytes of the server key's SHA-256 | 65 bytes, ephemeral P-256 key | 12 bytes, IV | AES-256-GCM of the content, tag last
 *     'RCREC1' | content
 *
 * Content is one byte (1: gzip, 0: as it is) and JSON. That of a parcel is `{"body":"…","mac":"…"}`, in this order and without blanks: a text,
 * itself JSON whose first field is the device, and that device's HMAC-SHA256 over the text in base64. So the mark can be proved before either is read.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import * as z from 'zod/mini'
import { DeviceReport, Receipt } from '../api/sync.ts'
import type { DeviceId } from '../ids.ts'
import type { Instant } from '../time.ts'

const PARCEL = 'RCPAR1'
const RECEIPTS = 'RCREC1'
const KEY_NAME = 8
const POINT = 65
const IV = 12
const TAG = 16
/** What AES-GCM authenticates besides the content: everything before the IV. */
const HEADER = PARCEL.length + KEY_NAME + POINT

/** Names the purpose in the key derivation: no other use of the same keys gives the same key. */
export const SEAL_INFO = 'recoup parcel 1'
/** Events in one parcel: two weeks of a busy tablet. What is beyond goes with the next one. */
export const MOST_CARRIED = 5_000
/** Bytes of a parcel's file: a request with it, in base64, stays below a mebibyte. What is beyond goes with the next one. */
export const MOST_PARCEL_BYTES = 750_000
/** Bytes that the text under a seal may unpack to: 5,000 entries, each with the longest note there can be, are some six million. */
export const MOST_TEXT_BYTES = 8 * 1_048_576

const text = z.string().check(z.minLength(1), z.maxLength(64))
export const ParcelContent = z.object({
  device: text as unknown as z.ZodMiniType<DeviceId, DeviceId>,
  made: z.int() as unknown as z.ZodMiniType<Instant, Instant>,
  events: z.array(z.unknown()).check(z.maxLength(MOST_CARRIED)),
  /** Left out of a parcel that is made with every tap: what the device says of itself then is old when it is read. */
  report: z.optional(DeviceReport),
  /** As in a push. */
  signIns: z.optional(z.array(Receipt).check(z.maxLength(500))),
})
export type ParcelContent = z.infer<typeof ParcelContent>
export const ReturnContent = z.object({ receipts: z.array(Receipt) })

const ascii = (word: string): Uint8Array => Uint8Array.from(word, (letter) => letter.charCodeAt(0))
const startsWith = (bytes: Uint8Array, word: string): boolean => ascii(word).every((byte, i) => bytes[i] === byte)
const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

function together(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The header of a parcel for a server: authenticated with the content. Keys are raw, uncompressed points. */
export const parcelHeader = (serverKey: Uint8Array, ephemeral: Uint8Array): Uint8Array<ArrayBuffer> =>
  together(ascii(PARCEL), sha256(serverKey).subarray(0, KEY_NAME), ephemeral)
export const parcelFile = (header: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Uint8Array<ArrayBuffer> => together(header, iv, sealed)
export const returnFile = (content: Uint8Array): Uint8Array<ArrayBuffer> => together(ascii(RECEIPTS), content)
/** Content as it is put in: one byte says whether it is compressed. */
export const packed = (isGzip: boolean, bytes: Uint8Array): Uint8Array<ArrayBuffer> => together(Uint8Array.of(isGzip ? 1 : 0), bytes)

export type OpenedFile =
  | {
      readonly kind: 'parcel'
      readonly header: Uint8Array
      readonly ephemeral: Uint8Array
      readonly iv: Uint8Array
      /** With the tag of 16 bytes at its end. */
      readonly sealed: Uint8Array
    }
  | { readonly kind: 'receipts'; readonly content: Uint8Array }
  /** Sealed for the server of another district. */
  | { readonly kind: 'otherDistrict' }
  | { readonly kind: 'notAParcel' }

/** Takes a file apart, without opening any seal. `serverKey` is the key of the own district's server. */
export function openFile(bytes: Uint8Array, serverKey: Uint8Array): OpenedFile {
  if (startsWith(bytes, RECEIPTS)) return { kind: 'receipts', content: bytes.subarray(RECEIPTS.length) }
  if (!startsWith(bytes, PARCEL) || bytes.length < HEADER + IV + TAG) return { kind: 'notAParcel' }
  const name = bytes.subarray(PARCEL.length, PARCEL.length + KEY_NAME)
  if (!equal(name, sha256(serverKey).subarray(0, KEY_NAME))) return { kind: 'otherDistrict' }
  return {
    kind: 'parcel',
    header: bytes.subarray(0, HEADER),
    ephemeral: bytes.subarray(HEADER - POINT, HEADER),
    iv: bytes.subarray(HEADER, HEADER + IV),
    sealed: bytes.subarray(HEADER + IV),
  }
}
