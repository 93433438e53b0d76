import { expect, test } from 'vitest'
import { verifyLog } from '../../server/log/verify.ts'
import { fuzz } from '../support/fuzz.ts'
import { fuzzDistrict } from '../support/fuzzDistrict.ts'

/** A few thousand here; `npm run fuzz` asks for more. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 5_000)
const SEED = Number(process.env.FUZZ_SEED ?? 1)
const ROUND = 10_000

test(
  `${REQUESTS} requests made from the description of the API: no fault of the server, no foreign name, no half a write`,
  async () => {
    for (let done = 0, seed = SEED; done < REQUESTS; done += ROUND, seed++) {
      const { server, askers, known } = await fuzzDistrict()
      const found = await fuzz(server, askers, known, Math.min(ROUND, REQUESTS - done), seed)
      expect(found.faults).toEqual([])
      expect(found.byStatus.get(200) ?? 0).toBeGreaterThan(100)
      expect(found.byStatus.get(400) ?? 0).toBeGreaterThan(100)
      const { log, receiptKey } = server.context
      expect(verifyLog(log.db, receiptKey.publicKey).findings).toEqual([])
      if (REQUESTS > ROUND) console.log(`${done + found.requests} requests, slowest ${Math.round(found.slowestMs)} ms`, [...found.byStatus])
    }
  },
  60_000 + REQUESTS * 30,
)
