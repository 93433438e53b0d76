/**
 * Stretches of time as flat pairs: `[from, until, from, until, ...]`, in milliseconds, half-open, in order and apart.
 * Flat numbers, because every session of every student passes through here.
 */
export type Spans = readonly number[]

export const NEVER: Spans = []

const at = (spans: Spans, i: number): number => spans[i] as number

function eachStretch(spans: Spans, visit: (from: number, until: number) => void): void {
  for (let i = 0; i < spans.length; i += 2) visit(at(spans, i), at(spans, i + 1))
}

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
  eachStretch(a, (begin, end) =>
    eachStretch(b, (from, until) => {
      if (Math.max(begin, from) < Math.min(end, until)) both.push(Math.max(begin, from), Math.min(end, until))
    }),
  )
  return both
}

/** What the first has and the second has not. */
export function subtract(a: Spans, b: Spans): Spans {
  // Nearly always: a session after school, and the school day before it.
  if (b.length === 0 || at(b, 0) >= at(a, a.length - 1) || at(b, b.length - 1) <= at(a, 0)) return a
  const left: number[] = []
  eachStretch(a, (begin, end) => {
    let from = begin
    const upTo = (until: number): void => {
      if (from < until) left.push(from, until)
    }
    eachStretch(b, (gone, back) => {
      upTo(Math.min(gone, end))
      from = Math.max(from, back)
    })
    upTo(end)
  })
  return left
}

/** What any of them has. The pairs may come in any order and touch or overlap; empty ones are nothing. */
export function union(list: readonly Spans[]): Spans {
  const all: number[] = []
  let begun = Number.NEGATIVE_INFINITY
  for (const spans of list) {
    for (let i = 0; i < spans.length; i += 2) {
      const from = at(spans, i)
      const until = at(spans, i + 1)
      if (from >= until) continue
      // Nearly always: each begins after the ones before it, and nothing need be put in order.
      if (from < begun) return union(inOrder(list))
      begun = from
      const last = all.at(-1) ?? Number.NEGATIVE_INFINITY
      if (from <= last) all[all.length - 1] = Math.max(last, until)
      else all.push(from, until)
    }
  }
  return all
}

/** Each stretch by itself, the earlier beginning first. */
function inOrder(list: readonly Spans[]): Spans[] {
  const each: Spans[] = []
  for (const spans of list) eachStretch(spans, (from, until) => void each.push([from, until]))
  return each.sort((x, y) => at(x, 0) - at(y, 0))
}
