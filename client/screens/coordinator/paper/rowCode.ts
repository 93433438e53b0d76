/** Codes on a paper roster: short, easy to read and to type, and the same however the list changes before it is keyed in. */
import type { SectionId, StudentId } from '../../../../shared/ids.ts'

/** No letter that looks like a digit, no digit that looks like a letter. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Four signs made from section and student, and a fifth that catches a mistyped one. */
export function rowCode(section: SectionId, student: StudentId): string {
  let h = 2_166_136_261
  for (const char of `${section} ${student}`) h = Math.imul(h ^ (char.codePointAt(0) ?? 0), 16_777_619)
  h ^= h >>> 15
  const bits = Math.imul(h, 2_246_822_507) >>> 0
  const signs = [0, 5, 10, 15].map((shift) => (bits >>> shift) % 32)
  return [...signs, check(signs)].map((sign) => LETTERS[sign] ?? '').join('')
}

/** Weighted, so that two signs that changed places are noticed too. */
const check = (signs: readonly number[]): number => signs.reduce((sum, sign, i) => sum + sign * (2 * i + 1), 0) % 32

export type ReadCode = { readonly kind: 'code'; readonly code: string } | { readonly kind: 'mistyped' }

/** Reads a code as somebody types it: small letters, spaces and dashes do not matter. */
export function readCode(typed: string): ReadCode {
  const code = typed.toUpperCase().replace(/[^0-9A-Z]/g, '')
  const signs = code.split('').map((sign) => LETTERS.indexOf(sign))
  if (signs.length !== 5 || signs.includes(-1) || check(signs.slice(0, 4)) !== signs[4]) return { kind: 'mistyped' }
  return { kind: 'code', code }
}
