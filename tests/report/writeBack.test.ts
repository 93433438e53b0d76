import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { WriteBackReply, ReconcileReply } from '../../shared/api/writeBack.ts'
import { LAYOUTS, SIS, type Sis } from '../../shared/report/writeBack/layouts.ts'
import { absent, ELM, studentRecord } from '../server/smallDistrict.ts'
import { signedIn } from '../server/testServer.ts'
import { reportDistrict, type ReportDistrict } from './reportDistrict.ts'

const golden = (name: string): string => join(import.meta.dirname, 'golden', name)

/** Schools have numbers, everybody a statewide identifier, every code is set. */
async function ready(): Promise<ReportDistrict> {
  const made = await reportDistrict()
  const codes = { program: 'AR', makeUpCode: 'R', serviceType: 'AR', mark: 'AR', 'school:elm': '101', 'school:oak': '102' }
  for (const sis of SIS) await made.browser.ask('PUT', '/api/settings', { kind: 'mapping', ended: false, body: { sis, codes } })
  return made
}

const reconcile = async ({ server, browser }: ReportDistrict, sis: Sis, text: string, year?: number): Promise<ReconcileReply> =>
  (
    await server.app.inject({
      method: 'POST',
      url: `/api/write-back/${sis}/reconcile${year === undefined ? '' : `?year=${year}`}`,
      headers: { 'content-type': 'text/csv', cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      payload: text,
    })
  ).json<ReconcileReply>()

test.each(SIS.flatMap((sis) => LAYOUTS[sis].map(({ file }) => [sis, file] as const)))('%s takes %s', async (sis, file) => {
  const { browser } = await ready()
  const answer = await browser.ask('GET', `/api/write-back/${sis}/${file}`)
  expect(answer.headers['content-disposition']).toContain(file)
  await expect(answer.text).toMatchFileSnapshot(golden(file))
})

test('no file is made while a code is missing, and each student whose value a column cannot take is named', async () => {
  const { server, browser } = await reportDistrict()
  server.context.store.apply([studentRecord('ana', null)])
  const { faults } = (await browser.ask('GET', '/api/write-back/ic')).json<WriteBackReply>()
  expect(faults).toEqual([
    { file: 'ic-program-service.csv', column: 'serviceType', name: '', value: 'serviceType', fault: 'noCode' },
    { file: 'ic-program-service.csv', column: 'statenum', name: 'Tester, ana', value: '', fault: 'noSsid' },
  ])
  const file = '/api/write-back/ic/ic-program-service.csv'
  expect((await browser.ask('GET', `${file}?leaveOut=yes`)).json()).toMatchObject({ code: 'writeBackFaults' })
  await browser.ask('PUT', '/api/settings', { kind: 'mapping', ended: false, body: { sis: 'ic', codes: { serviceType: 'AR' } } })
  expect((await browser.ask('GET', file)).status).toBe(422)
  const without = await browser.ask('GET', `${file}?leaveOut=yes`)
  expect(without.status).toBe(200)
  expect(without.text).not.toContain('L-ana')
  expect((await browser.ask('GET', '/api/write-back/ic')).json<WriteBackReply>().files).toMatchObject([
    { leftOut: 1, lastMade: expect.any(Number) },
  ])
})

test('a code that the system does not take is refused before anybody imports it', async () => {
  const { browser } = await reportDistrict()
  await browser.ask('PUT', '/api/settings', {
    kind: 'mapping',
    ended: false,
    body: { sis: 'aeries', codes: { program: 'AR', makeUpCode: 'RECOVERY' } },
  })
  const { faults } = (await browser.ask('GET', '/api/write-back/aeries')).json<WriteBackReply>()
  expect(faults).toEqual([{ file: 'aeries-att-make-up.csv', column: 'ADA', name: '', value: 'RECOVERY', fault: 'badCode' }])
})

test('what the system holds is compared with what is here: the same file back has no difference', async () => {
  const made = await ready()
  for (const sis of SIS)
    for (const { file } of LAYOUTS[sis]) {
      const { text } = await made.browser.ask('GET', `/api/write-back/${sis}/${file}`)
      expect(await reconcile(made, sis, text), file).toMatchObject({ file, differences: [], missing: [] })
    }
})

test('a difference says who, by how much, and whether it changed here or there or was never taken', async () => {
  const made = await ready()
  const { text } = await made.browser.ask('GET', '/api/write-back/powerschool/powerschool-attdrecover.csv')
  const [head = '', ...lines] = text.trimEnd().split('\r\n')
  // Ana's days were changed there, eva's line was not taken, a stranger is there.
  const there = [
    head,
    ...lines.filter((line) => !line.startsWith('L-eva')).map((line) => (line.startsWith('L-ana') ? line.replace(/,1$/, ',4') : line)),
    'L-zoe,1999999999,101,36,P1,240,2',
  ]
  const { differences } = await reconcile(made, 'powerschool', there.join('\n'))
  expect(differences).toEqual([
    { key: 'L-ana 101 36 P1', name: 'Tester, ana', column: 'RecoveryDaysOverride', here: '1', there: '4', by: 3, reason: 'changedThere' },
    { key: 'L-eva-oak 102 36 P1', name: 'Tester, eva-oak', column: '', here: 'row', there: null, by: null, reason: 'notTaken' },
    { key: 'L-zoe 101 36 P1', name: '', column: '', here: null, there: 'row', by: null, reason: 'unknownHere' },
  ])
  made.server.context.store.apply([absent('ben', ELM, '2026-09-09')])
  expect((await reconcile(made, 'powerschool', text)).differences).toMatchObject([
    { key: 'L-ben 101 36 P1', column: 'MinutesAttendedOverride', here: '240', there: '0', by: -240, reason: 'changedHere' },
    { key: 'L-ben 101 36 P1', column: 'RecoveryDaysOverride', by: -1, reason: 'changedHere' },
  ])
})

test('what the system holds of other years is not held against this one, and each year has its own last file', async () => {
  const made = await ready()
  const files = SIS.flatMap((sis) => LAYOUTS[sis].map(({ file }) => [sis, file] as const))
  const first = new Map<string, string>()
  for (const [sis, file] of files) first.set(file, (await made.browser.ask('GET', `/api/write-back/${sis}/${file}`)).text)
  made.server.wait(Date.parse('2027-09-09T18:00:00Z') - made.server.context.log.sources.now())
  const { browser } = await signedIn(made.server, 'lund')
  const later = { ...made, browser }
  for (const [sis, file] of files) {
    const rows = (first.get(file) ?? '').trimEnd().split('\r\n').length - 1
    expect(rows, file).toBeGreaterThan(0)
    expect(await reconcile(later, sis, first.get(file) ?? ''), file).toMatchObject({
      otherYears: rows,
      differences: [],
      lastMade: null,
    })
    const own = await reconcile(later, sis, first.get(file) ?? '', 2026)
    expect(own, file).toMatchObject({ otherYears: 0, lastMade: expect.any(Number) })
    // Periods that have ended since were in no file yet.
    expect(own.differences.filter(({ reason }) => reason !== 'notSent')).toEqual([])
    expect(own.same).toBeGreaterThanOrEqual(rows)
    const listed = (await browser.ask('GET', `/api/write-back/${sis}`)).json<WriteBackReply>().files
    expect(
      listed.map(({ lastMade }) => lastMade),
      sis,
    ).toEqual(listed.map(() => null))
  }
})

test('a file without the columns that matter is not compared, and they are named', async () => {
  const made = await ready()
  expect(await reconcile(made, 'schoolwise', 'Student ID;Date\n1;9/1/2026\n')).toMatchObject({ missing: ['School', 'Mark', 'Days'] })
})
