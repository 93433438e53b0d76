/** The reading order is the engine's own sort's, however near to it or far from it the events come in. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sorted } from '../../shared/attendance/order.ts'

const byTens = (a: number, b: number): number => Math.floor(a / 10) - Math.floor(b / 10)

test('Events are put in order, those that are equal as they came, from near and from far', () => {
  const far = fc.array(fc.nat({ max: 500 }), { maxLength: 150 })
  const near = far.map((list) => list.map((value, i) => 10 * i + (value % 40)))
  fc.assert(
    fc.property(fc.oneof(far, near), (list) => {
      const before = [...list]
      expect(sorted(list, byTens)).toEqual([...list].sort(byTens))
      expect(list).toEqual(before)
    }),
    { numRuns: 300 },
  )
})

test('A long list that came backwards is left to the engine: it takes no longer than the engine takes', () => {
  const backwards = Array.from({ length: 20_000 }, (_, i) => 20_000 - i)
  let compared = 0
  const counting = (a: number, b: number): number => {
    compared++
    return a - b
  }
  expect(sorted(backwards, counting)).toEqual([...backwards].reverse())
  expect(compared).toBeLessThan(40 * backwards.length)
})

test('A list that is nearly in order is put so in a few steps', () => {
  const nearly = Array.from({ length: 1_000 }, (_, i) => (i % 2 === 0 ? i + 1 : i - 1))
  let compared = 0
  sorted(nearly, (a, b) => {
    compared++
    return a - b
  })
  expect(compared).toBeLessThan(2 * nearly.length)
})
