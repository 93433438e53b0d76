/**
 * Stretches of time as flat pairs: `[from, until, from, until, ...]`, in milliseconds, half-open, in order and apart.
 * Flat numbers, because every session of every student passes through here.
 */
export type Spans = readonly number[]

export const NEVER: Spans = []

const at = (spans: Spans, i: number): number => spans[i] as number

/** Milliseconds in all stretches together. */
export function total(spans: Spans): number {
  let sum = 0
  for (let i = 0; i < spans.length; i += 2) sum += at(spans, i + 1) - at(spans, i)
  return sum
}

/** What both have. */
export function intersect(a: Spans, b: Spans): Spans {
  if (a.length === 0 || b.length === 0) return NEVER
  if (a.length === 2 && b.length === 2) {
    // Nearly always: one stretch in one window. The list is then no longer than it needs to be.
    const from = Math.max(at(a, 0), at(b, 0))
    const until = Math.min(at(a, 1), at(b, 1))
    if (from === at(a, 0) && until === at(a, 1)) return a
    return from < until ? [from, until] : NEVER
  }
  const both: number[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const from = Math.max(at(a, i), at(b, j))
    const until = Math.min(at(a, i + 1), at(b, j + 1))
    if (from < until) both.push(from, until)
    if (at(a, i + 1) < at(b, j + 1)) i += 2
    else j += 2
  }
  return both
}

/** What the first has and the second has not. */
export function subtract(a: Spans, b: Spans): Spans {
  if (a.length === 0 || b.length === 0) return a
  const left: number[] = []
  let j = 0
  for (let i = 0; i < a.length; i += 2) {
    let from = at(a, i)
    const until = at(a, i + 1)
    while (j < b.length && at(b, j + 1) <= from) j += 2
    for (let k = j; k < b.length && at(b, k) < until; k += 2) {
      if (at(b, k) > from) left.push(from, at(b, k))
      from = Math.max(from, at(b, k + 1))
    }
    if (from < until) left.push(from, until)
  }
  return left
}

/** What any of them has. The pairs may come in any order and touch or overlap; empty ones are nothing. */
export function union(list: readonly Spans[]): Spans {
  const pairs: (readonly [number, number])[] = []
  for (const spans of list) {
    for (let i = 0; i < spans.length; i += 2) if (at(spans, i) < at(spans, i + 1)) pairs.push([at(spans, i), at(spans, i + 1)])
  }
  pairs.sort((x, y) => x[0] - y[0])
  const all: number[] = []
  for (const [from, until] of pairs) {
    const last = all.length - 1
    if (last > 0 && from <= (all[last] as number)) all[last] = Math.max(all[last] as number, until)
    else all.push(from, until)
  }
  return all
}
