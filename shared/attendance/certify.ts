/** What exactly a teacher signs: the session's effective events, named by one hash. Any later change makes another. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { KeptEvent } from '../events.ts'
import { byCodeUnits } from '../rules/codeUnits.ts'
import { sorted } from './order.ts'

/** SHA-256, in hex, over the sorted ids of a session's effective events. A UUID is a zero byte and its 16 bytes; any other id is the
 *  number of its UTF-8 bytes, at most 192, and these bytes. A signature does not sign itself: certifications are left out.
 *  @param events the effective events of one session, in any order */
export function certifiedDigest(events: readonly Pick<KeptEvent, 'id' | 'type'>[]): string {
  const ids: string[] = []
  for (const { id, type } of events) if (type !== 'SessionCertified') ids.push(id)
  return bytesToHex(sha256(packed(sorted(ids, byCodeUnits))))
}

const DASH = 45
/** Where the two digits of each byte of a UUID stand. */
const DIGITS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const
const NO_DIGIT = 16
/** By character code, the value of a lower-case hexadecimal digit. */
const VALUES = Uint8Array.from({ length: 103 }, (_, code) => (code >= 48 && code <= 57 ? code - 48 : code >= 97 ? code - 87 : NO_DIGIT))
const MOST_BYTES = 193

/** Written anew for every digest. */
let bytes = new Uint8Array(0)

/** The ids one after another, as bytes: a district's year holds millions, and the shorter text is hashed in half the time. */
function packed(ids: readonly string[]): Uint8Array {
  if (bytes.length < ids.length * MOST_BYTES) bytes = new Uint8Array(2 * ids.length * MOST_BYTES)
  let length = 0
  for (const id of ids) {
    if (packUuid(id, length + 1)) length += 17
    else {
      const text = utf8ToBytes(id)
      bytes[length] = text.length
      bytes.set(text, length + 1)
      length += text.length + 1
    }
  }
  return bytes.subarray(0, length)
}

/** Writes the 16 bytes of a UUID in lower case; false for any other text. */
function packUuid(id: string, at: number): boolean {
  if (id.length !== 36 || !hasDashes(id)) return false
  let place = at
  for (const digit of DIGITS) {
    const high = VALUES[id.charCodeAt(digit)] ?? NO_DIGIT
    const low = VALUES[id.charCodeAt(digit + 1)] ?? NO_DIGIT
    if (high === NO_DIGIT || low === NO_DIGIT) return false
    bytes[place++] = high * 16 + low
  }
  bytes[at - 1] = 0
  return true
}

const hasDashes = (id: string): boolean =>
  id.charCodeAt(8) === DASH && id.charCodeAt(13) === DASH && id.charCodeAt(18) === DASH && id.charCodeAt(23) === DASH
