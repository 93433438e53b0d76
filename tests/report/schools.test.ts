// A large district is worked through a school at a time: put together, the parts must be what one fold of everything gives, on every day.
import { expect, test } from 'vitest'
import type { Ledger } from '../../shared/attendance/ledger.ts'
import { padc } from '../../shared/report/padc.ts'
import { stasRows } from '../../shared/report/stas.ts'
import { PERIODS } from '../../shared/rules/california/periods.ts'
import { addDays, DAY, type SchoolDate } from '../../shared/time.ts'
import { part, partIn } from '../../server/reports/part.ts'
import { refold } from '../../server/reports/refold.ts'
import { openReports } from '../../server/reports/reports.ts'
import { openSchools, type Schools } from '../../server/reports/schools.ts'
import { openAnswers } from '../../server/totals/answers.ts'
import { openKeeper } from '../../server/totals/keeper.ts'
import { verifyTotals } from '../../server/totals/verify.ts'
import { sha256 } from '../../server/log/serverChain.ts'
import { absent, ELM } from '../server/smallDistrict.ts'
import { testServer } from '../server/testServer.ts'
import { reportDistrict } from './reportDistrict.ts'

const TODAY = '2026-11-22' as SchoolDate
async function sample() {
  const server = await testServer()
  expect((await server.browser().ask('POST', '/api/setup/sample', {})).status).toBe(200)
  return server
}
/** The schools, counting how often what one is told is looked at. */
function counted(schools: Schools): Schools & { looked(): number } {
  let n = 0
  return {
    ...schools,
    ledger(site): Ledger {
      n++
      return schools.ledger(site)
    },
    looked: () => n,
  }
}

test('the worksheet and the state list put together from the schools are those of one fold of the whole log', async () => {
  const { context } = await sample()
  const reports = openReports(context, async () => undefined)
  const whole = context.ledgers.of('all')
  for (const period of PERIODS) {
    const { lines, gaps, asOf } = await reports.padc(period, 2026)
    const { lines: own, gaps: missing } = padc(whole, period, 2026, TODAY)
    expect({ lines, gaps }).toEqual({ lines: own, gaps: missing })
    expect(asOf).toBe(TODAY)
  }
  const { rows } = await reports.stas(2026)
  expect(rows.length).toBeGreaterThan(50)
  expect(rows).toEqual(stasRows(whole, TODAY))
})

test('what is kept of a school is taken on another day as it is, and only where that day changes nothing', async () => {
  const { server } = await reportDistrict()
  const { context } = server
  const { log, deliver, totals } = context
  context.store.apply([absent('cleo', ELM, '2026-12-10'), absent('ben', ELM, '2027-02-01')])
  const schools = openSchools(log, deliver)
  const kept = counted(schools)
  const answers = openAnswers(kept, log.epoch, totals.db)
  const dates = Array.from({ length: 90 }, (_, i) => addDays(TODAY, i))
  for (const asOf of dates) {
    for (const site of schools.ids()) {
      const made = log.read(() => partIn(answers, site, asOf))
      expect([asOf, made]).toEqual([asOf, JSON.parse(JSON.stringify(part(schools.ledger(site), site, asOf)))])
    }
  }
  // Two schools: each once to begin with, and elm once more for each of the two absences.
  expect(kept.looked()).toBe(4)
})

test('the totals of a later day are those that a fold of everything on that day gives, and a school without news is not folded for them', async () => {
  const server = await sample()
  const { config, log, deliver, totals } = server.context
  const schools = counted(openSchools(log, deliver))
  for (const day of [0, 1, 30, 200, 300]) {
    const asOf = addDays(TODAY, day)
    await openKeeper(log, schools, totals.db()).refresh(asOf)
    expect([asOf, verifyTotals(config.data, log, deliver).differ]).toEqual([asOf, []])
  }
  const before = schools.looked()
  await openKeeper(log, schools, totals.db()).refresh(addDays(TODAY, 301))
  expect(schools.looked()).toBe(before)
})

test('folded as it is told, and again backwards from the log itself, every student has the same totals', async () => {
  const server = await sample()
  server.wait(DAY)
  const { log, schools, store } = server.context
  const found = refold(log, schools, store, addDays(TODAY, 1), sha256)
  expect(found.differ).toEqual([])
  expect(found.students).toBe(400)
})
