// The real client and the real server, tablets that die, people who change, a network that cannot be trusted: a few histories here,
// two thousand in `npm test`, any number with `npm run simulate`. And the proof that the simulator sees: bugs planted one at a time.
import { expect, test } from 'vitest'
import { PLANTED } from './planted.ts'
import { play } from './world/history.ts'

const HISTORIES = 15
/** A planted bug is found within so many histories after the one before which it is known to be missed. */
const MOST_SEEDS = 40

test('[S1] [S2] [S3] [S5] [S6] [S7] [S8] [S9] [S10] whatever happens on the way, nothing is lost, doubled, leaked or counted differently', {
  timeout: 120_000,
}, async () => {
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const { broken, trace } = await play(seed)
    expect(broken, trace.join('\n')).toBeUndefined()
  }
})

test('The same seed is the same history, to the last hash', { timeout: 60_000 }, async () => {
  // One of them asks the whole app; the others its handlers.
  for (const seed of [7, 20]) expect((await play(seed)).hash).toBe((await play(seed)).hash)
  expect((await play(7)).hash).not.toBe((await play(8)).hash)
})

test.each(PLANTED)('The simulator finds it when $name', { timeout: 120_000 }, async ({ plant }) => {
  let found: string | undefined
  for (let seed = 1; seed <= MOST_SEEDS && found === undefined; seed++) found = (await play(seed, undefined, plant())).broken?.what
  expect(found).toMatch(/^I\d+ /)
})
