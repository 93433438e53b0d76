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
  const ordered = inOrder(value)
  return ordered === undefined ? spelled(value) : JSON.stringify(ordered)
}

/**
 * A value with its names in the order in which they are written. What is recorded in that order is hashed, signed and checked as it stands,
 * on both sides, without a copy of it. A value of strange names is given back as it came.
 */
export const ordered = <T>(value: T): T => (inOrder(value) as T | undefined) ?? value

/** The value itself where its names are in order; undefined for one that an object would not give back in that order. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return allInOrder(value)
  const held = value as Readonly<Record<string, unknown>>
  const came = Object.keys(held)
  const names = orderOf(came)
  if (names === undefined) return undefined
  const ordered = names === IN_ORDER ? undefined : ({} as Record<string, unknown>)
  for (const name of names === IN_ORDER ? came : names) {
    const member = held[name]
    if (member === undefined) continue
    const inner = typeof member === 'object' ? inOrder(member) : member
    if (inner === undefined) return undefined
    if (ordered) ordered[name] = inner
    else if (inner !== member) return inOrder({ ...held, [name]: inner })
  }
  return ordered ?? value
}

function allInOrder(values: readonly unknown[]): unknown {
  const members = values.map(inOrder)
  if (members.includes(undefined)) return undefined
  return members.some((member, i) => member !== values[i]) ? members : values
}

/** Lists of names as they came, and in order, by how many: the same few come with every event, and a push brings hundreds. */
const orders: { readonly came: readonly string[]; readonly sorted: readonly string[] }[][] = []
const MOST_ORDERS = 16
/** What is longer or has more names than any event comes from elsewhere, and is ordered anew each time. */
const MOST_NAMES = 40
const LONGEST_NAME = 40
/** Stands for names that came in order. */
const IN_ORDER: readonly string[] = []
/** Names that an object gives back in the order they were put in: no numbers, and not `__proto__`. */
const PLAIN = /^[a-z]\w*$/i

function orderOf(names: readonly string[]): readonly string[] | undefined {
  if (names.length > MOST_NAMES) return undefined
  const alike = (orders[names.length] ??= [])
  for (const { came, sorted } of alike) if (isSame(names, came)) return sorted
  if (!names.every((name) => name.length <= LONGEST_NAME && PLAIN.test(name))) return undefined
  // Without a comparison of its own, `sort` orders texts by their code units.
  const inTheirOrder = names.toSorted()
  const sorted = isSame(names, inTheirOrder) ? IN_ORDER : inTheirOrder
  if (alike.length < MOST_ORDERS) alike.push({ came: names, sorted })
  return sorted
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Canonical JSON of any value, a name at a time. */
function spelled(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(spelled).join(',')}]`
  const held = value as Readonly<Record<string, unknown>>
  const members = Object.keys(held)
    .sort()
    .flatMap((name) => (held[name] === undefined ? [] : [`${JSON.stringify(name)}:${spelled(held[name])}`]))
  return `{${members.join(',')}}`
}

/** SHA-256 of a text's UTF-8 bytes, lower-case hex. */
export const hashText = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

/** An event's hash: over everything it carries, as it was offered, also what this build does not know. */
export const eventHash = (event: unknown): string => hashText(canonical(event))
