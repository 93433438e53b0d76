import { expect, test } from 'vitest'
import { verifyLog } from '../../server/log/verify.ts'
import { fuzz } from '../support/fuzz.ts'
import { fuzzDistrict } from '../support/fuzzDistrict.ts'

test('thousands of requests made from the description of the API: no fault of the server, no foreign name, no half a write', async () => {
  const { server, askers, known } = await fuzzDistrict()
  const found = await fuzz(server, askers, known, 3_000, 1)
  expect(found.faults).toEqual([])
  expect(found.byStatus.get(200) ?? 0).toBeGreaterThan(100)
  expect(found.byStatus.get(400) ?? 0).toBeGreaterThan(100)
  const { log, receiptKey } = server.context
  expect(verifyLog(log.db, receiptKey.publicKey).findings).toEqual([])
}, 120_000)
