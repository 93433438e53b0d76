import { expect, test } from 'vitest'
import type { PeriodReply, Signed } from '../../shared/api/periods.ts'
import type { MergeReply, StasReply } from '../../shared/api/reports.ts'
import { DAY, HOUR, instant, type SchoolDate } from '../../shared/time.ts'
import { absent, ELM, smallDistrict, student, studentRecord } from '../server/smallDistrict.ts'
import { type Browser, NOW, PASSWORD, signedIn, type TestServer } from '../server/testServer.ts'
import { at, SESSION } from '../server/testTablet.ts'
import { signedBy } from '../support/signedByOther.ts'
import { certify, OTHER_SESSION, reportDistrict, stasLine } from './reportDistrict.ts'

const period = async (browser: Browser, name = 'P-1'): Promise<PeriodReply> =>
  (await browser.ask('GET', `/api/periods?period=${name}`)).json<PeriodReply>()
const sign = (browser: Browser, { figures }: PeriodReply, note = '') =>
  browser.ask('POST', '/api/periods', {
    period: figures.period,
    year: figures.year,
    digest: figures.digest,
    name: 'D. Lund',
    statement: 'These figures are those of our records.',
    note,
  })

test('a period shows its figures by grade span and school, what is open on its checklist, and the students behind a row', async () => {
  const { browser } = await reportDistrict()
  const { figures, checklist, signed } = await period(browser)
  const row = figures.lines[0]?.rows[1]
  expect(row).toMatchObject({ span: '4-6', days: 2, ada: '0.02' })
  expect(row?.sites.map((site) => [site.name, site.days, site.students])).toEqual([
    ['Elm School', 1, 1],
    ['Oak School', 1, 1],
  ])
  expect(signed).toEqual([])
  expect(checklist.filter((item) => item.count > 0)).toEqual([])
  const students = await browser.ask('GET', `/api/periods/students?period=P-1&site=${ELM}&span=4-6`)
  expect(students.json()).toEqual({
    students: [{ student: 'ana', name: 'Tester, ana', grade: '05', days: [{ earnedOn: '2026-11-21', recovers: '2026-09-01' }] }],
  })
})

test('children of different names with one statewide identifier are an item of the checklist; entries of one child are not', async () => {
  const { server, browser } = await reportDistrict()
  const { store } = server.context
  store.apply([studentRecord('cleo', '1000000001'), studentRecord('eva', '1000000002')])
  const held = store.get('student', 'eva')
  if (held) store.apply([{ ...held, body: { ...held.body, first: 'Ben Adam' } }])
  const item = (await period(browser)).checklist.find(({ key }) => key === 'sharedSsid')
  expect([item?.weight, item?.rows.map(({ student, name, detail }) => [student, name, detail])]).toEqual([
    'stop',
    [
      ['ana', 'Tester, ana', '1000000001'],
      ['cleo', 'Tester, cleo', '1000000001'],
    ],
  ])
})

test('the checklist names each session, student and school that is not in order', async () => {
  const { server, tablet, browser } = await reportDistrict()
  const { store } = server.context
  store.apply([studentRecord('ana', null)])
  tablet.recordSaturday(['cleo', 'ana'], OTHER_SESSION)
  const out = tablet.tablet.events.find((event) => event.type === 'StudentCheckedOut' && event.session === OTHER_SESSION)
  if (!out) throw new Error('nobody left')
  tablet.tablet.record(tablet.reply.me.staff, out.at, {
    type: 'EventVoided',
    session: OTHER_SESSION,
    voids: out.id,
    reason: 'Tapped the wrong name',
  })
  await tablet.push()
  const elm = store.get('site', ELM)
  if (elm) store.apply([{ ...elm, body: { ...elm.body, years: [] } }])
  store.apply(
    [],
    [{ kind: 'term', id: 'fall', ended: false, body: { title: 'Fall', type: 'term', from: '2026-08-17', until: '2026-11-20' } }],
  )
  const { checklist } = await period(browser)
  const open = Object.fromEntries(checklist.filter((item) => item.count > 0).map((item) => [item.key, item.rows]))
  expect(Object.keys(open).sort()).toEqual(['missingCheckOut', 'noCalendar', 'noSsid', 'overlap', 'termWithout', 'uncertified'])
  expect(open.uncertified).toMatchObject([{ session: OTHER_SESSION, on: '2026-11-21', siteName: 'Elm School' }])
  expect(open.missingCheckOut).toMatchObject([{ session: OTHER_SESSION, student: 'cleo', name: 'Tester, cleo' }])
  expect(open.noSsid).toMatchObject([{ student: 'ana', name: 'Tester, ana' }])
  expect(open.overlap?.[0]).toMatchObject({ student: 'ana' })
  expect(open.termWithout).toMatchObject([{ siteName: 'Elm School', detail: 'Fall' }])
})

test('a session signed by somebody who did not supervise it is an item of the checklist that leads to it, until its teacher signs', async () => {
  const district = await reportDistrict()
  const item = async () => (await period(district.browser)).checklist.find(({ key }) => key === 'signedByOther')
  expect(await item()).toMatchObject({ weight: 'warn', count: 0, rows: [] })
  await signedBy(district, 'marsh')
  expect(await item()).toMatchObject({
    count: 1,
    rows: [
      {
        session: SESSION,
        on: '2026-11-21',
        site: ELM,
        siteName: 'Elm School',
        student: null,
        name: 'marsh of the staff',
        detail: 'Saturday',
      },
    ],
  })
  const { tablet } = district
  const again = tablet.tablet.events.findLast((event) => event.type === 'SessionCertified')
  if (again?.type !== 'SessionCertified') throw new Error('nobody signed')
  const { digest, statement, name, method } = again
  tablet.tablet.record(tablet.reply.me.staff, at('15:00'), { type: 'SessionCertified', session: SESSION, digest, statement, name, method })
  await tablet.push()
  expect((await item())?.count).toBe(0)
})

test('a signature that the session has outgrown is no such item: the session is to be signed anew', async () => {
  const district = await reportDistrict()
  await signedBy(district, 'marsh')
  const { tablet } = district
  tablet.tablet.record(tablet.reply.me.staff, at('15:00'), {
    type: 'StudentNoted',
    session: SESSION,
    student: student('ana'),
    text: 'A note',
  })
  await tablet.push()
  const { checklist } = await period(district.browser)
  expect(checklist.find(({ key }) => key === 'signedByOther')?.count).toBe(0)
  expect(checklist.find(({ key }) => key === 'uncertified')?.count).toBe(1)
})

test.each([
  ['while its time runs', 'going', 0],
  ['from the end of its time on', 'over', 1],
  ['once it was ended', 'ended', 1],
])('a student who is in a session of today is missing a check-out only when the session is over: %s', async (_when, how, count) => {
  const { server, tablet, browser } = await reportDistrict()
  const [from, until] = [instant(NOW - HOUR), instant(NOW + HOUR / 6)]
  const me = tablet.reply.me.staff
  const place = { section: null, on: '2026-11-22' as SchoolDate, window: { from, until }, breaks: [], room: '', title: 'Sunday' }
  tablet.tablet.record(me, from, { type: 'SessionStarted', session: OTHER_SESSION, ...place })
  tablet.tablet.record(me, from, { type: 'StudentCheckedIn', session: OTHER_SESSION, student: student('cleo') })
  if (how === 'ended') tablet.tablet.record(me, instant(NOW), { type: 'SessionEnded', session: OTHER_SESSION })
  await tablet.push()
  const item = async () => (await period(browser)).checklist.find(({ key }) => key === 'missingCheckOut')
  // What is kept of a school must not keep this: nothing comes in when the time is over.
  if (how === 'over') {
    expect((await item())?.count).toBe(0)
    server.wait(HOUR / 6)
  }
  expect((await item())?.count).toBe(count)
})

/** Lund asks to open P-1 for a supplement, and an administrator agrees. */
async function reopen(server: TestServer, browser: Browser): Promise<void> {
  await server.context.accounts.create('idle', 'idle', 'administrator', PASSWORD)
  const { browser: idle } = await signedIn(server, 'idle')
  const order = { kind: 'reopenPeriod', subject: 'P-1 2026', reason: 'A tablet was in a drawer.' }
  const asked = (await browser.ask('POST', '/api/approvals', order)).json<{ id: string }>()
  expect((await browser.ask('POST', `/api/approvals/${asked.id}`, { decision: 'approve' })).status).toBe(403)
  expect((await period(idle)).reopenings).toMatchObject([{ state: 'open', askedByName: 'lund of the staff' }])
  expect((await idle.ask('POST', `/api/approvals/${asked.id}`, { decision: 'approve' })).status).toBe(200)
}

test('a period is signed with its place in the log; what comes late changes nothing signed and waits for a supplement', async () => {
  const { server, tablet, browser } = await reportDistrict()
  const before = await period(browser)
  const answer = await sign(browser, before)
  expect(answer.status).toBe(200)
  const closing = answer.json<Signed>()
  // The closing is the entry after those it was made of.
  expect(closing).toMatchObject({ number: 0, name: 'D. Lund', open: [], figures: { through: { seq: server.context.log.head() - 1 } } })
  expect((await sign(browser, before)).json()).toMatchObject({ code: 'nothingNew' })

  tablet.recordSaturday(['cleo'], OTHER_SESSION)
  certify(tablet, OTHER_SESSION)
  await tablet.push()
  const after = await period(browser)
  expect(after.signed[0]?.figures).toEqual(closing.figures)
  expect(after.figures.lines[0]?.rows[1]).toMatchObject({ days: 3 })
  expect(after.changed).toMatchObject([{ student: 'cleo', before: 0, after: 1, siteName: 'Elm School' }])
  expect(after.changed[0]?.late.map((one) => one.what)).toContain('SessionCertified')
  expect(after.changed[0]?.late.every((one) => one.seq > closing.figures.through.seq)).toBe(true)
  const file = async (number: string) => (await browser.ask('GET', `/api/periods/padc.csv?period=P-1${number}`)).text
  expect(await file('&number=0')).toContain('4-6,2,0.02')
  expect(await file('')).toContain('4-6,3,0.03')

  expect((await sign(browser, before)).json()).toMatchObject({ code: 'figuresChanged' })
  const supplement = () => sign(browser, after, 'Cleo’s identifier comes with the next import.')
  const refused = await supplement()
  expect([refused.status, refused.json<{ code: string }>().code]).toEqual([403, 'approvalNeeded'])
  await reopen(server, browser)
  expect((await supplement()).json()).toMatchObject({ number: 1 })
  const last = await period(browser)
  expect(last.signed.map((one) => one.number)).toEqual([0, 1])
  expect(last.changed).toEqual([])
  expect(last.reopenings).toMatchObject([{ state: 'used', reason: 'A tablet was in a drawer.', decidedByName: 'idle of the staff' }])
  expect(() => server.context.log.db.exec('UPDATE period_closing SET name = 1')).toThrow('a signed period is never changed')
})

test('a period with something open is signed only with a reason, and what was open is kept with the signature', async () => {
  const { tablet, browser } = await reportDistrict()
  tablet.recordSaturday(['cleo'], OTHER_SESSION)
  await tablet.push()
  const looked = await period(browser)
  expect((await sign(browser, looked)).json()).toMatchObject({ code: 'noteNeeded' })
  expect((await sign(browser, looked, 'The teacher is on leave.')).json()).toMatchObject({
    note: 'The teacher is on leave.',
    open: [{ key: 'uncertified', count: 1 }],
  })
})

test('a period keeps the figures of its last day, however long after it is looked at', async () => {
  const { server, browser } = await reportDistrict()
  server.context.store.apply([absent('ben', ELM, '2027-02-03')])
  server.wait(100 * DAY)
  await browser.signIn('lund')
  const { figures } = await period(browser)
  expect(figures).toMatchObject({ asOf: '2026-12-31', complete: true })
  expect(figures.lines[0]?.rows[1]?.days).toBe(2)
  expect((await period(browser, 'P-2')).figures.lines[0]?.rows[1]?.days).toBe(3)
})

test('a STAS file is merged over the screen’s own way as well, and nothing of it is kept', async () => {
  const { browser, server } = await reportDistrict()
  expect((await browser.ask('GET', '/api/reports/stas')).json<StasReply>().rows.map((row) => [row.localId, row.days])).toEqual([
    ['L-ana', 1],
    ['L-eva-oak', 1],
  ])
  const reply = await server.app.inject({
    method: 'POST',
    url: '/api/reports/stas/merge',
    headers: {
      'content-type': 'application/octet-stream',
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
    payload: Buffer.from(stasLine('1000000001', '6000001', '') + stasLine('1234567890', '6000002', '9'), 'latin1'),
  })
  const merge = reply.json<MergeReply>()
  expect(Buffer.from(merge.file, 'base64').toString('latin1')).toBe(
    stasLine('1000000001', '6000001', '1') + stasLine('1234567890', '6000002', '1'),
  )
  expect(merge).toMatchObject({
    faults: [],
    missing: [],
    changed: [
      { line: 1, from: '', to: '1' },
      { line: 2, from: '9', to: '1' },
    ],
  })
  expect((await browser.ask('POST', '/api/reports/stas/merge')).json()).toMatchObject({ code: 'noFile' })
})

test('rates and costs are kept by date, and money stands beside the figures and in none of them', async () => {
  const { browser } = await reportDistrict()
  const put = (body: object) => browser.ask('PUT', '/api/settings', body)
  await put({ kind: 'rate', ended: false, body: { span: '4-6', from: '2026-07-01', cents: 1_000_000 } })
  await put({ kind: 'cost', ended: false, body: { id: 'c1', site: null, on: '2026-11-21', what: 'Teachers', cents: 30_000 } })
  expect((await put({ kind: 'rate', ended: false, body: { span: '4-6', from: '2026-02-30', cents: 1 } })).status).toBe(400)
  const { figures, costCents } = await period(browser)
  expect(figures.lines[0]?.rows[1]?.money).toEqual({ rate: 1_000_000, cents: 20_000 })
  expect(costCents).toBe(30_000)
})

test('a period ends with the school month that the district says, and its divisor with it', async () => {
  const { browser } = await reportDistrict()
  const before = (await period(browser)).figures
  expect(before.cutOff).toBe('2026-12-31')
  const put = await browser.ask('PUT', '/api/settings', {
    kind: 'months',
    ended: false,
    body: { year: 2026, 'P-1': '2026-11-20', 'P-2': null },
  })
  expect(put.status).toBe(200)
  const { figures } = await period(browser)
  expect([figures.cutOff, figures.asOf, figures.complete]).toEqual(['2026-11-20', '2026-11-20', true])
  // Saturday was the day after: its days are the next period's.
  expect(figures.lines[0]?.total.days).toBe(0)
  const divisorOf = (lines: typeof before.lines) => lines[0]?.rows[1]?.sites[0]?.divisor
  expect(divisorOf(before.lines)).toBeGreaterThan(0)
  const second = (await period(browser, 'P-2')).figures
  expect([second.cutOff, second.lines[0]?.total.days]).toEqual(['2027-04-15', 2])
})

test('a district of which no state code is known, and each school without one, is open on the checklist', async () => {
  const codesOf = async (browser: Browser) =>
    (await period(browser)).checklist.find(({ key }) => key === 'noSchoolCode')?.rows.map(({ site, name }) => [site, name])
  const blank = await signedIn(await smallDistrict(), 'lund')
  expect(await codesOf(blank.browser)).toEqual([
    [null, 'Test Unified'],
    ['elm', 'Elm School'],
    ['oak', 'Oak School'],
  ])
  const { server, browser } = await reportDistrict()
  expect(await codesOf(browser)).toEqual([])
  const { store } = server.context
  const oak = store.get('site', 'oak')
  if (oak) store.apply([{ ...oak, body: { ...oak.body, cds: null } }])
  const rows = (await period(browser)).checklist.find(({ key }) => key === 'noSchoolCode')?.rows
  expect(rows?.every(({ site }) => site === 'oak')).toBe(true)
  expect(rows).toHaveLength(1)
})
