/**
 * One text and one hash for an event, on every side. A device's events are chained: each carries the hash of the one before,
 * so that nothing can be taken out of the middle unseen.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** Deeper than any event is; what nests deeper did not come from Recoup. */
export const MOST_DEPTH = 32

/** Whether a parsed JSON value nests no deeper than an event may. It looks no deeper than that. */
export const isShallow = (value: unknown, most = MOST_DEPTH): boolean =>
  typeof value !== 'object' || value === null || (most > 0 && Object.values(value).every((member) => isShallow(member, most - 1)))

/**
 * Canonical JSON: keys sorted by code units, no whitespace, properties that are undefined left out. Two values that parse
 * alike give the same text. The value must be JSON (what `JSON.parse` gives, or plain objects made of the same).
 */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const held = value as Readonly<Record<string, unknown>>
  let text = ''
  // Without a comparison of its own, `sort` orders texts by their code units.
  for (const key of Object.keys(held).sort()) {
    const member = held[key]
    if (member !== undefined) text += `${text === '' ? '' : ','}${written(key)}:${canonical(member)}`
  }
  return `{${text}}`
}

/** Names as JSON writes them: the same few come with every event, and a push brings hundreds. */
const names = new Map<string, string>()
const MOST_NAMES = 500
function written(name: string): string {
  const known = names.get(name)
  if (known !== undefined) return known
  const text = JSON.stringify(name)
  if (names.size < MOST_NAMES) names.set(name, text)
  return text
}

/** SHA-256 of a text's UTF-8 bytes, lower-case hex. */
export const hashText = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

/** An event's hash: over everything it carries, as it was offered, also what this build does not know. */
export const eventHash = (event: unknown): string => hashText(canonical(event))
