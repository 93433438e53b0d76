/**
 * What lies under a parcel's seal, opened in an order that leaves whoever has no mark little to ask for: bounded before it is unpacked, and looked at
 * for the mark before it is read as JSON. Anybody can seal; only a device of the district can mark. (S14)
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { ParcelContent } from '../../shared/relay/parcel.ts'
import { parsed } from './parsed.ts'
import type { RelayKeyring } from './relayKeys.ts'

/** Bytes that the parcels of one request may still unpack to. */
export interface Allowance {
  left: number
}

/** Objects and lists in a parcel: 5,000 entries have a few each. More of them take long to read, however short they are. */
const MOST_PARTS = 200_000

const HEAD = '{"body":"'
/** The mark is 32 bytes in base64, and the last thing in the text: a device writes it so. */
const TAIL = /","mac":"([A-Za-z0-9+/]{43}=)"\}$/
const TAIL_LENGTH = '","mac":""}'.length + 44
/** A device names itself first. */
const NAME = /^\{"device":"([^"\\]{1,64})"/

/** The text that a seal held. `'tooLarge'` when it would be more than is allowed; then nothing more of this request is unpacked. */
export function unpacked(content: Uint8Array, allowance: Allowance): Buffer | 'altered' | 'tooLarge' {
  const bytes = Buffer.from(content.buffer, content.byteOffset + 1, content.byteLength - 1)
  if (content[0] !== 1) return bytes
  if (allowance.left <= 0) return 'tooLarge'
  try {
    const text = gunzipSync(bytes, { maxOutputLength: allowance.left })
    allowance.left -= text.length
    return text
  } catch (error) {
    if (!(error instanceof RangeError)) return 'altered'
    allowance.left = 0
    return 'tooLarge'
  }
}

/** What a device marked; nothing of it is read before the mark has proved right. */
export function markedContent(bytes: Buffer, keys: RelayKeyring): ParcelContent | 'altered' | 'tooLarge' {
  const [, mac] = TAIL.exec(bytes.toString('latin1', Math.max(0, bytes.length - TAIL_LENGTH))) ?? []
  if (mac === undefined || bytes.toString('latin1', 0, HEAD.length) !== HEAD) return 'altered'
  // One string or nothing: what is more than one is no JSON, and the reading ends where that is seen.
  const body = parsed(bytes.toString('utf8', HEAD.length - 1, bytes.length - TAIL_LENGTH + 1))
  if (typeof body !== 'string') return 'altered'
  const [, device] = NAME.exec(body) ?? []
  if (device === undefined || !isMarkedBy(keys.deviceKey(device), body, mac)) return 'altered'
  if (!hasFewParts(body)) return 'tooLarge'
  const content = ParcelContent.safeParse(parsed(body)).data
  // A name given twice: the one that was looked at is the one that counts.
  return content?.device === device ? content : 'altered'
}

function isMarkedBy(key: Uint8Array, body: string, mac: string): boolean {
  const own = createHmac('sha256', key).update(body, 'utf8').digest()
  const given = Buffer.from(mac, 'base64')
  return given.length === own.length && timingSafeEqual(given, own)
}

/** Counts what opens an object or a list, outside of texts. */
function hasFewParts(json: string): boolean {
  let parts = 0
  for (let at = 0; at < json.length; at++) {
    const sign = json.charCodeAt(at)
    if (sign === QUOTE) at = endOfText(json, at)
    else if (sign === BRACE || sign === BRACKET) parts++
    if (parts > MOST_PARTS) return false
  }
  return true
}

const [QUOTE, BRACE, BRACKET, BACKSLASH] = [0x22, 0x7b, 0x5b, 0x5c]

/** Where a text ends that begins at `from`: at the next quote that nothing escapes. */
function endOfText(json: string, from: number): number {
  let at = from + 1
  while (at < json.length && json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}
