/** Stretches of time against the plainest model there is: every moment by itself. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { intersect, NEVER, type Spans, subtract, total, union } from '../../shared/rules/spans.ts'

const END = 40
/** Stretches in order and apart, with room around and between them. */
const someSpans = fc.uniqueArray(fc.nat({ max: END }), { maxLength: 12 }).map((moments): Spans => {
  const sorted = moments.sort((a, b) => a - b)
  return sorted.slice(0, sorted.length - (sorted.length % 2))
})
const momentsOf = (spans: Spans): boolean[] =>
  Array.from({ length: END }, (_, moment) => spans.some((from, i) => i % 2 === 0 && from <= moment && moment < (spans[i + 1] as number)))
/** The stretches that some moments make: the one way to write them. */
function written(moments: readonly boolean[]): number[] {
  const spans: number[] = []
  moments.forEach((isIn, moment) => {
    if (isIn !== (moments[moment - 1] ?? false)) spans.push(moment)
  })
  return spans.length % 2 === 0 ? spans : [...spans, END]
}

describe('stretches of time', () => {
  test('that two lists share are those of the moments in both', () => {
    fc.assert(
      fc.property(someSpans, someSpans, (a, b) => {
        const [inA, inB] = [momentsOf(a), momentsOf(b)]
        expect(intersect(a, b)).toEqual(written(inA.map((isIn, i) => isIn && (inB[i] as boolean))))
      }),
      { numRuns: 2_000 },
    )
  })
  test('that one list has and another has not are those of the moments in the first alone', () => {
    fc.assert(
      fc.property(someSpans, someSpans, (a, b) => {
        const [inA, inB] = [momentsOf(a), momentsOf(b)]
        expect(momentsOf(subtract(a, b))).toEqual(inA.map((isIn, i) => isIn && !inB[i]))
        expect(subtract(a, b)).toEqual(written(momentsOf(subtract(a, b))))
      }),
      { numRuns: 2_000 },
    )
  })
  test('of any list, in any order, touching or empty, are written in one way', () => {
    const pair = fc.tuple(fc.nat({ max: END }), fc.nat({ max: END })).map(([from, until]): Spans => [from, until])
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 8 }), (pairs) => {
        const moments = Array.from({ length: END }, (_, moment) => pairs.some((spans) => momentsOf(spans)[moment]))
        expect(union(pairs)).toEqual(written(moments))
        expect(total(union(pairs))).toBe(moments.filter(Boolean).length)
      }),
      { numRuns: 2_000 },
    )
  })
  test('that are nowhere take nothing away and share nothing', () => {
    const some: Spans = [3, 5]
    expect(subtract(some, NEVER)).toBe(some)
    expect(subtract(some, [1, 3])).toBe(some)
    expect(subtract(some, [5, 9])).toBe(some)
    expect(subtract(some, [1, 3, 5, 9])).toEqual(some)
    expect(subtract(NEVER, some)).toEqual([])
    expect(intersect(NEVER, some)).toBe(NEVER)
    expect(intersect(some, NEVER)).toBe(NEVER)
    // What lies in the other altogether is not copied: nearly every student was in the window all the time.
    expect(intersect(some, [0, 9])).toBe(some)
  })
})
