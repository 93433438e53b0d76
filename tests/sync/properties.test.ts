import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PullReply } from '../../shared/api/sync.ts'
import { proofOf, type ProvedTotals, totalsDigest } from '../../shared/sync/digest.ts'
import type { SchoolDate } from '../../shared/time.ts'
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

const TOTALS: ProvedTotals = {
  minimumDayMinutes: 240,
  earnedDays: 1,
  pendingDays: 2,
  eligibleAbsences: 3,
  claimableDays: 4,
  bankedDays: 5,
  beyondCapDays: 6,
  remainingDays: 7,
  hours: 8,
  minutes: 9,
  heldBy: 'time',
  days: [{ earnedOn: '2026-11-21' as SchoolDate, path: 'day', recovers: '2026-09-01' as SchoolDate, school: 'elm' }],
  flags: ['uncertified', 'overlap'],
}
const [DAY_EARNED] = TOTALS.days
const CHANGED: { readonly [K in keyof ProvedTotals]: readonly ProvedTotals[K][] } = {
  ...{ minimumDayMinutes: [241], earnedDays: [0], pendingDays: [0], eligibleAbsences: [0], claimableDays: [0], bankedDays: [0] },
  ...{ beyondCapDays: [0], remainingDays: [0], hours: [0, 9], minutes: [0, 8], heldBy: ['absences'] },
  days: [
    [],
    ...(DAY_EARNED === undefined
      ? []
      : [
          [{ ...DAY_EARNED, earnedOn: '2026-11-22' as SchoolDate }],
          [{ ...DAY_EARNED, path: 'hours' }],
          [{ ...DAY_EARNED, recovers: null }],
          [{ ...DAY_EARNED, school: null }],
          [DAY_EARNED, DAY_EARNED],
        ]),
  ],
  flags: [[], ['overlap'], ['uncertified', 'overlap', 'outsideWindow']],
}

test('[S10] Every figure of a student’s totals is proved: another one in its place is another proof, and the order of flags is none', () => {
  const proofs = Object.entries(CHANGED).flatMap(([field, values]) => values.map((value) => totalsDigest({ ...TOTALS, [field]: value })))
  expect(Object.keys(CHANGED).toSorted()).toEqual(Object.keys(TOTALS).toSorted())
  expect(new Set([totalsDigest(TOTALS), ...proofs]).size).toBe(proofs.length + 1)
  // What one figure loses and its neighbour gains is not the same either.
  expect(totalsDigest({ ...TOTALS, hours: TOTALS.minutes, minutes: TOTALS.hours })).not.toBe(totalsDigest(TOTALS))
  expect(totalsDigest({ ...TOTALS, flags: TOTALS.flags.toReversed() })).toBe(totalsDigest(TOTALS))
})

test('[S10] The proof over all students tells who has which totals, in whatever order they are listed', () => {
  const both = new Map([
    ['ana', 'one'],
    ['ben', 'two'],
  ])
  expect(proofOf(new Map([...both].toReversed()))).toBe(proofOf(both))
  for (const other of [
    [
      ['ana', 'two'],
      ['ben', 'one'],
    ],
    [['ana', 'one']],
    [
      ['ana', 'one'],
      ['Ben', 'two'],
    ],
  ] as const)
    expect(proofOf(new Map(other))).not.toBe(proofOf(both))
})

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
