/** Rounds of requests made from the description of the API, each on a district of its own; two files play them, one for each core. */
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { verifyLog } from '../../server/log/verify.ts'
import { fuzz, type Fuzzed } from './fuzz.ts'
import { fuzzDistrict } from './fuzzDistrict.ts'

/** Of both files together: `npm test` plays 100,000, `npm run fuzz` as many as wanted. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 10_000)
const SEED = Number(process.env.FUZZ_SEED ?? 1)
const ROUND = 25_000
const FILES = 2
const MEMORY = '/dev/shm'

/** The half that one of the two files plays. */
export function fuzzRounds(file: number): void {
  // What survives a power cut is shown elsewhere; here nothing waits for a disk.
  if (existsSync(MEMORY)) process.env.TMPDIR = MEMORY
  const mine = Math.ceil(REQUESTS / FILES)
  for (let done = 0, n = file; done < mine; done += ROUND, n += FILES) {
    const requests = Math.min(ROUND, mine - done)
    test(
      `round ${n + 1}: ${requests} requests made from the description of the API: no fault of the server, no foreign name, no half a write`,
      async () => expect(await play(requests, SEED + n)).toEqual([]),
      60_000 + requests * 30,
    )
  }
}

/** What was wrong, in words. */
async function play(requests: number, seed: number): Promise<readonly string[]> {
  const { server, askers, known } = await fuzzDistrict()
  const found = await fuzz(server, askers, known, requests, seed)
  expect(found.byStatus.get(200) ?? 0).toBeGreaterThan(requests / 50)
  expect(found.byStatus.get(400) ?? 0).toBeGreaterThan(requests / 50)
  const { log, receiptKey } = server.context
  expect(verifyLog(log, receiptKey.publicKey).findings).toEqual([])
  expect(log.db.pragma('foreign_key_check')).toEqual([])
  expect(log.db.pragma('integrity_check', { simple: true })).toBe('ok')
  if (process.env.FUZZ_REQUESTS !== undefined) tell(found, seed)
  return found.faults
}

function tell(found: Fuzzed, seed: number): void {
  const slowest = [...found.byRoute].sort(([, a], [, b]) => b.ms - a.ms).slice(0, 3)
  console.log(
    `seed ${seed}: ${found.requests} requests, the slowest ${Math.round(found.slowestMs)} ms, by status`,
    Object.fromEntries(found.byStatus),
    slowest.map(([route, { times, ms }]) => `${route} ${(ms / times).toFixed(1)} ms`).join(', '),
  )
}
