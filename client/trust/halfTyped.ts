/**
 * What somebody is in the middle of typing, so that a reload, an update or an empty battery does not take it. It is no record: it stays in
 * this browser, is never sent, and goes when the form is done with, when a day has passed, and with whoever signs out.
 */
import type { StaffId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import { HOUR } from '../../shared/time.ts'
import { fromBase64, toBase64 } from '../sync/base64.ts'
import type { Cipher } from './cipher.ts'

/** What the fields of a form hold, by their names. */
export type Fields = Readonly<Record<string, string>>

const PREFIX = 'recoup.typing.'
/** After a day nobody goes on with a sentence; they begin another. */
const KEPT = 24 * HOUR

/** With a PIN what is typed is closed under the person's key; null without one. */
let seal: Cipher | null = null
export const sealTyping = (cipher: Cipher | null): void => void (seal = cipher)

const written = (place: string, text: string): string => (seal ? toBase64(seal.close(text, `typing ${place}`)) : text)
const read = (place: string, text: string): string => (seal ? seal.open(fromBase64(text), `typing ${place}`) : text)

const keyOf = (person: StaffId, form: string): string => `${PREFIX}${person}.${form}`

/** What this person left in a form within the last day; nothing for a form left empty or sent. */
export function readHalfTyped(person: StaffId, form: string, now: Instant): Fields {
  return quietly(() => {
    const key = keyOf(person, form)
    const text = localStorage.getItem(key)
    const kept: unknown = text === null ? null : JSON.parse(read(key, text))
    return isKept(kept) && now - kept.at < KEPT ? kept.fields : {}
  }, {})
}

/** Keeps what the fields hold now. Called with every key: it must be there if the next moment is the last. */
export function keepHalfTyped(person: StaffId, form: string, fields: Fields, now: Instant): void {
  const key = keyOf(person, form)
  quietly(() => localStorage.setItem(key, written(key, JSON.stringify({ at: now, fields }))), undefined)
}

export function dropHalfTyped(person: StaffId, form: string): void {
  quietly(() => localStorage.removeItem(keyOf(person, form)), undefined)
}

/** Takes away what was typed here, but for one person's own of the last day: names of students may be in it. */
export function dropAllHalfTyped(but?: { readonly person: StaffId; readonly now: Instant }): void {
  quietly(() => {
    const all = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? '')
    for (const key of all.filter((each) => each.startsWith(PREFIX))) {
      const text = localStorage.getItem(key) ?? 'null'
      // What is closed is nobody's to read but the person's own; it goes with who signs out.
      const isClosed = !text.startsWith('{')
      const kept: unknown = isClosed ? null : JSON.parse(text)
      const stays = but && (isClosed || (key.startsWith(keyOf(but.person, '')) && isKept(kept) && but.now - kept.at < KEPT))
      if (!stays) localStorage.removeItem(key)
    }
  }, undefined)
}

function isKept(value: unknown): value is { readonly at: number; readonly fields: Fields } {
  if (typeof value !== 'object' || value === null || !('at' in value) || !('fields' in value)) return false
  const { at, fields } = value
  return (
    typeof at === 'number' && typeof fields === 'object' && fields !== null && Object.values(fields).every((v) => typeof v === 'string')
  )
}

/** Storage may be refused or full, and what stands in it may not be ours: then nothing is kept, and typing goes on. */
function quietly<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}
