import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PullReply } from '../../shared/api/sync.ts'
import { ELM, smallDistrict } from '../server/smallDistrict.ts'
import { openTestTablet } from '../server/testTablet.ts'

/** A delivery: the order in which a device's events arrive, some of them again, in pushes of some size. */
const delivery = (count: number) =>
  fc
    .tuple(
      fc.shuffledSubarray([...Array(count).keys()], { minLength: count }),
      fc.array(fc.nat(count - 1), { maxLength: 10 }),
      fc.integer({ min: 1, max: 9 }),
    )
    .map(([order, again, size]) => ({ order: [...order, ...again], size }))

const COUNT = 12

test('[S3] any splitting, repeating and reordering of pushes ends with the same log and the same totals', { timeout: 60_000 }, async () => {
  let wanted: { bodies: string[]; totals: PullReply['totals'] } | undefined
  await fc.assert(
    fc.asyncProperty(delivery(COUNT), async ({ order, size }) => {
      const server = await smallDistrict()
      const tablet = await openTestTablet(server, 'rivera', ELM)
      const events = tablet.recordSaturday(['ana', 'ben', 'cleo', 'eva', 'dora'])
      expect(events).toHaveLength(COUNT)
      for (let from = 0; from < order.length; from += size) {
        const results = await tablet.results(order.slice(from, from + size).map((i) => events[i]))
        expect(results.filter((result) => result.outcome === 'quarantined')).toEqual([])
      }
      const { events: kept, last } = await tablet.pullAll()
      // Ids and devices differ from run to run; what was recorded does not.
      const bodies = kept.map(({ event }) => JSON.stringify({ ...(event as object), id: 0, device: 0, prev: 0 })).sort()
      wanted ??= { bodies, totals: last.totals }
      expect(bodies).toEqual(wanted.bodies)
      expect(last.totals).toEqual(wanted.totals)
    }),
    { numRuns: 20 },
  )
})
