import type { Student } from '../../shared/registry.ts'

type Named = Pick<Student, 'first' | 'last'>

/** A name's words without case, accents and signs. */
const wordsOf = ({ first, last }: Named): ReadonlySet<string> =>
  new Set(
    `${first} ${last}`
      .normalize('NFD')
      .replace(/[\p{M}'’.]/gu, '')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ''),
  )

/** Whether two entries can name one student: every word of the one is in the other, as `Ana Cruz` in `Ana María Cruz-López`. */
export function isSameName(one: Named, other: Named): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)]
  return a.isSubsetOf(b) || b.isSubsetOf(a)
}
