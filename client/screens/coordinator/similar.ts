/** How alike two names are, for finding who a typed name means. Pure; no dictionary, so that it serves names of any language. */

/** Letters and spaces only, lower case, without accents, and without a remark in brackets. */
const plain = (name: string): string =>
  name
    .replace(/\(.*?\)/g, ' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\s]/gu, ' ')

const words = (name: string): string[] => plain(name).split(/\s+/).filter(Boolean)

/** Jaro's likeness of two words, 0 to 1: letters in common, near the same place, less those out of order. */
function jaro(a: string, b: string): number {
  if (a === b) return 1
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Set<number>()
  const inA: string[] = []
  for (let i = 0; i < a.length; i++) {
    for (let j = Math.max(0, i - reach); j <= Math.min(b.length - 1, i + reach); j++) {
      if (taken.has(j) || a[i] !== b[j]) continue
      taken.add(j)
      inA.push(a[i] as string)
      break
    }
  }
  if (inA.length === 0) return 0
  const inB = Array.from(taken)
    .sort((i, j) => i - j)
    .map((j) => b[j])
  const moved = inA.filter((letter, i) => letter !== inB[i]).length / 2
  return (inA.length / a.length + inA.length / b.length + (inA.length - moved) / inA.length) / 3
}

/** Winkler's addition: words that begin alike are more alike. A word that is the beginning of the other counts nearly as the whole. */
function alike(a: string, b: string): number {
  const shorter = a.length < b.length ? a : b
  const longer = a.length < b.length ? b : a
  if (shorter.length >= 2 && longer.startsWith(shorter)) return Math.max(0.93, jaro(a, b))
  const base = jaro(a, b)
  let same = 0
  while (same < 4 && same < a.length && a[same] === b[same]) same++
  return base + same * 0.1 * (1 - base)
}

/** Likeness of a typed name to a student's, 0 to 1: each typed word finds its best word, in any order. */
export function similarity(typed: string, name: string): number {
  const asked = words(typed)
  const left = words(name)
  if (asked.length === 0 || left.length === 0) return 0
  let sum = 0
  for (const word of asked) {
    let best = 0
    let at = -1
    for (const [i, other] of left.entries()) {
      const score = alike(word, other)
      if (score > best) [best, at] = [score, i]
    }
    if (at >= 0) left.splice(at, 1)
    sum += best
  }
  return sum / asked.length
}
