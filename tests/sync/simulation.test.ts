// The real client and the real server, tablets that die, people who change, a network that cannot be trusted: fifteen histories here,
// any number with `npm run simulate`. And the proof that the simulator sees: bugs planted one at a time.
import { expect, test } from 'vitest'
import { PLANTED } from './planted.ts'
import { play } from './world/history.ts'

/** Histories, and their steps; with the planted bugs they fit in half a minute. */
const HISTORIES = 15
const STEPS = 80
/** A planted bug is found within so many histories. */
const MOST_SEEDS = 40

test('[S1] [S2] [S3] [S5] [S6] [S8] [S9] [S10] whatever happens on the way, nothing is lost, doubled, leaked or counted differently', {
  timeout: 120_000,
}, async () => {
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const { broken, trace } = await play(seed, STEPS)
    expect(broken, trace.join('\n')).toBeUndefined()
  }
})

test('The same seed is the same history, to the last hash', { timeout: 60_000 }, async () => {
  const [first, again, other] = [await play(7, STEPS), await play(7, STEPS), await play(8, STEPS)]
  expect(again.hash).toBe(first.hash)
  expect(other.hash).not.toBe(first.hash)
})

test.each(PLANTED)('The simulator finds it when %s', { timeout: 120_000 }, async (_name, plant) => {
  let found: string | undefined
  for (let seed = 1; seed <= MOST_SEEDS && found === undefined; seed++) found = (await play(seed, STEPS, plant())).broken?.what
  expect(found).toMatch(/^I\d+ /)
})
