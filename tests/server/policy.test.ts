import { expect, test } from 'vitest'
import type { RosterReply } from '../../shared/api/desk.ts'
import type { PolicyPreview, PolicyReply } from '../../shared/api/registry.ts'
import type { Policy } from '../../shared/registry.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { yearsReached } from '../../server/registry/policy.ts'
import { FIRST_POLICY } from '../../server/registry/district.ts'
import { ELM, smallDistrict, staff } from './smallDistrict.ts'
import { type Browser, PASSWORD, signedIn, type TestServer } from './testServer.ts'
import { openTestTablet } from './testTablet.ts'

const date = (text: string): SchoolDate => text as SchoolDate
const policy = (change: Partial<Policy> = {}): Policy => ({
  ...FIRST_POLICY,
  decidedBy: 'The board',
  why: 'Decided on 12 November.',
  ...change,
})
const order = (change: Partial<Policy> = {}, ended = false) => ({ policy: policy(change), ended })

/** A Saturday of ana and ben that nobody has signed. */
async function unsigned(): Promise<{ server: TestServer; lund: Browser }> {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana', 'ben'])
  await tablet.push()
  return { server, lund: (await signedIn(server, 'lund')).browser }
}

const earned = async (browser: Browser, asOf: string): Promise<number | undefined> =>
  (await browser.ask('GET', `/api/roster?asOf=${asOf}`)).json<RosterReply>().rows.find((row) => row.student === 'ana')?.earnedDays

test('a change of policy shows whom it would change before it is saved, and saves nothing', async () => {
  const { server, lund } = await unsigned()
  const head = server.context.log.head()
  const answer = await lund.ask('POST', '/api/policy/preview', order({ from: date('2026-11-01'), countUncertified: true }))
  expect(answer.status).toBe(200)
  const [year, ...more] = answer.json<PolicyPreview>().years
  expect(more).toEqual([])
  expect(year).toMatchObject({
    asOf: '2026-11-22',
    before: { earnedDays: 0, pendingDays: 2, claimableDays: 0 },
    after: { earnedDays: 2, pendingDays: 0, claimableDays: 1, bankedDays: 1 },
  })
  expect(year?.students.map((row) => [row.student, row.siteName, row.before.earnedDays, row.after.earnedDays])).toEqual([
    ['ana', 'Elm School', 0, 1],
    ['ben', 'Elm School', 0, 1],
  ])
  expect(server.context.log.head()).toBe(head)
  expect(await earned(lund, '2026-11-22')).toBe(0)
})

test('a change that begins after a session leaves that session as it was', async () => {
  const { lund } = await unsigned()
  const answer = await lund.ask('POST', '/api/policy/preview', order({ from: date('2026-11-22'), countUncertified: true }))
  expect(answer.json<PolicyPreview>().years[0]?.students).toEqual([])
})

test('a saved change holds from its date on, and a report for an earlier date keeps the earlier policy', async () => {
  const { lund } = await unsigned()
  expect((await lund.ask('PUT', '/api/policy', order({ from: date('2026-11-01'), countUncertified: true }))).status).toBe(200)
  expect(await earned(lund, '2026-11-22')).toBe(1)
  expect((await lund.ask('PUT', '/api/policy', order({ from: date('2026-11-22'), countUncertified: false }))).status).toBe(200)
  expect(await earned(lund, '2026-11-22')).toBe(1)
  expect((await lund.ask('PUT', '/api/policy', order({ from: date('2026-11-01'), countUncertified: true }, true))).status).toBe(200)
  expect(await earned(lund, '2026-11-22')).toBe(0)
})

test('the entries are listed oldest first, with those taken back', async () => {
  const { lund } = await unsigned()
  await lund.ask('PUT', '/api/policy', order({ from: date('2026-11-01') }))
  await lund.ask('PUT', '/api/policy', order({ from: date('2026-08-01') }, true))
  const reply = (await lund.ask('GET', '/api/policy')).json<PolicyReply>()
  expect(reply.today).toBe('2026-11-22')
  expect(reply.policies.map((each) => [each.policy.from, each.ended])).toEqual([
    ['2026-08-01', true],
    ['2026-11-01', false],
  ])
})

test('nobody’s choice without a reason is saved', async () => {
  const { lund } = await unsigned()
  for (const change of [{ decidedBy: ' ' }, { why: '' }]) {
    const answer = await lund.ask('PUT', '/api/policy', order(change))
    expect(answer.status).toBe(422)
    expect(answer.json<{ code: string }>().code).toBe('policyNotPossible')
  }
  expect((await lund.ask('PUT', '/api/policy', { policy: { ...policy(), yearlyMost: 11 }, ended: false })).status).toBe(400)
})

test('the district and its administrator decide, an auditor reads, others do neither', async () => {
  const { server } = await unsigned()
  const { accounts, store } = server.context
  const idle = store.get('staff', 'idle')
  if (!idle) throw new Error('nobody is idle')
  store.apply([{ ...idle, id: 'head', body: { ...idle.body, id: staff('head'), sites: [] } }])
  await accounts.create('idle', 'idle', 'auditor', PASSWORD)
  await accounts.create('head', 'head', 'administrator', PASSWORD)
  const may = async (username: string) => {
    const { browser } = await signedIn(server, username)
    const answers = [
      await browser.ask('GET', '/api/policy'),
      await browser.ask('POST', '/api/policy/preview', order()),
      await browser.ask('PUT', '/api/policy', order()),
    ]
    return answers.map((answer) => answer.status)
  }
  expect(await may('head')).toEqual([200, 200, 200])
  expect(await may('lund')).toEqual([200, 200, 200])
  expect(await may('idle')).toEqual([200, 403, 403])
  expect(await may('marsh')).toEqual([403, 403, 403])
  expect(await may('rivera')).toEqual([403, 403, 403])
})

test('a change dated in an earlier year is shown for that year and for this one', () => {
  expect(yearsReached(date('2025-08-01'), date('2026-11-22'))).toEqual(['2026-06-30', '2026-11-22'])
  expect(yearsReached(date('2026-08-01'), date('2026-11-22'))).toEqual(['2026-11-22'])
  expect(yearsReached(date('2027-08-01'), date('2026-11-22'))).toEqual(['2026-11-22'])
})
