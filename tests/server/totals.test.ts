// The district's totals: the same figures as the roster's own, kept up with the log, and each with what stands behind it.
import { expect, test } from 'vitest'
import type { RosterReply } from '../../shared/api/desk.ts'
import type { PeriodReply } from '../../shared/api/periods.ts'
import type { SavedViews } from '../../shared/api/views.ts'
import type { BehindReply, RosterPageReply, TotalsReady, TotalsReply } from '../../shared/api/totals.ts'
import { as, type SessionId } from '../../shared/ids.ts'
import { foldSession } from '../../shared/attendance/fold.ts'
import type { AttendanceEvent } from '../../shared/events.ts'
import { instant, MINUTE, type SchoolDate } from '../../shared/time.ts'
import { verifyTotals } from '../../server/totals/verify.ts'
import { absent, ELM, OAK, SECTION, smallDistrict, student, studentRecord } from './smallDistrict.ts'
import { type Browser, NOW, signedIn } from './testServer.ts'
import { at, openTestTablet, SATURDAY, SESSION } from './testTablet.ts'

type Page = Extract<RosterPageReply, { ready: true }>
const totalsOf = async (browser: Browser, query = '') =>
  (await browser.ask('GET', `/api/totals${query}`)).json<TotalsReply>() as TotalsReady
const rosterOf = async (browser: Browser, query = '') =>
  (await browser.ask('GET', `/api/totals/roster${query}`)).json<RosterPageReply>() as Page
const behindOf = async (browser: Browser, query: string) => (await browser.ask('GET', `/api/totals/behind?${query}`)).json<BehindReply>()

/** Ana and ben were there all Saturday; the teacher certified. */
async function saturday() {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const events: AttendanceEvent[] = tablet.recordSaturday(['ana', 'ben'])
  const { digest } = foldSession(SESSION, events)
  const certify = (signed: string) =>
    tablet.tablet.record(tablet.reply.me.staff, at('13:05'), {
      type: 'SessionCertified',
      session: SESSION,
      digest: signed,
      statement: 'I was there.',
      name: 'Rivera',
      method: 'typedName',
    })
  certify(digest)
  await tablet.push()
  return { server, tablet, certify, browser: (await signedIn(server, 'lund')).browser }
}

test('The figures of the whole are those of the roster, and each part adds up to them', async () => {
  const { browser } = await saturday()
  const roster = (await browser.ask('GET', '/api/roster')).json<RosterReply>().rows
  const { all, parts, behind } = await totalsOf(browser)
  const sum = (count: 'earnedDays' | 'claimableDays' | 'bankedDays') => roster.reduce((total, row) => total + row[count], 0)
  expect([all.earned, all.claimed, all.banked]).toEqual([sum('earnedDays'), sum('claimableDays'), sum('bankedDays')])
  expect(all).toMatchObject({ students: 2, sessions: 1, minutes: 599, earned: 2, claimed: 1, banked: 1, enrolled: 3 })
  for (const [part, cells] of Object.entries(parts)) {
    expect([part, cells.reduce((total, cell) => total + cell.earned, 0)]).toEqual([part, 2])
  }
  expect(parts.month.map(({ key }) => key)).toEqual(['2026-11'])
  expect(parts.teacher.map(({ name }) => name)).toEqual(['rivera of the staff'])
  expect(behind).toBe(false)
})

test('The overview’s attendance and money are those of the reporting period, rounded once and alike', async () => {
  const { browser } = await saturday()
  const rate = { span: '4-6', from: '2026-07-01', cents: 1_234_500 }
  await browser.ask('PUT', '/api/settings', { kind: 'rate', ended: false, body: rate })
  const { figures } = (await browser.ask('GET', '/api/periods?period=Annual&year=2026')).json<PeriodReply>()
  const [line] = figures.lines
  const { all } = await totalsOf(browser)
  expect([all.ada, all.cents]).toEqual([Math.round(Number(line?.total.ada) * 100), line?.cents])
  // One day of the year's is printed as 0.00, and what is printed is what is estimated.
  expect([all.claimed, all.cents]).toEqual([1, 0])
})

test('What is recorded later is in the figures the next time somebody asks, and a voided mark is out of them', async () => {
  const { server, browser, tablet } = await saturday()
  expect((await totalsOf(browser)).all.students).toBe(2)
  const [, first] = tablet.tablet.events
  if (!first) throw new Error('nothing was recorded')
  tablet.tablet.record(tablet.reply.me.staff, at('13:10'), { type: 'StudentCheckedIn', session: SESSION, student: student('cleo') })
  tablet.tablet.record(tablet.reply.me.staff, at('13:11'), {
    type: 'EventVoided',
    session: SESSION,
    voids: first.id,
    reason: 'Wrong student',
  })
  await tablet.push()
  const { all } = await totalsOf(browser)
  expect(all).toMatchObject({ sessions: 1, earned: 0, pending: 1 })
  server.context.store.apply([absent('ben', ELM, '2026-09-09')])
  expect((await totalsOf(browser)).all.absences).toBe(all.absences + 1)
})

test('Totals kept up bit by bit are equal to a fold of everything, and a changed line is found', async () => {
  const { server, browser, tablet } = await saturday()
  const { config, deliver, log, totals } = server.context
  await totalsOf(browser)
  tablet.tablet.record(tablet.reply.me.staff, at('13:10'), { type: 'StudentCheckedIn', session: SESSION, student: student('cleo') })
  await tablet.push()
  expect(verifyTotals(config.data, log, deliver).stale).toBe(true)
  await totalsOf(browser)
  expect(verifyTotals(config.data, log, deliver)).toEqual({ students: 6, sessions: 1, days: 0, differ: [], stale: false })
  totals.db().exec("UPDATE student SET claimable = 9 WHERE id = 'ana'")
  expect(verifyTotals(config.data, log, deliver).differ).toEqual(['student ana'])
})

test('Every figure opens to the students or sessions behind it', async () => {
  const { browser } = await saturday()
  const names = async (query: string) => (await behindOf(browser, query)).students.map(({ name, days }) => [name, days])
  expect(await names('figure=students')).toEqual([
    ['Tester, ana', 1],
    ['Tester, ben', 1],
  ])
  expect(await names('figure=claimed&part=section&key=elm-saturday')).toEqual([['Tester, ana', 1]])
  expect(await names('figure=banked&part=month&key=2026-11')).toEqual([['Tester, ben', 1]])
  expect(await names('figure=banked&part=month&key=2026-10')).toEqual([])
  const { sessions } = await behindOf(browser, 'figure=sessions&part=teacher&key=rivera')
  expect(sessions).toEqual([
    expect.objectContaining({ session: SESSION, on: SATURDAY, students: 2, minutes: 599, certified: true, section: SECTION }),
  ])
})

test('Whoever is in a session that goes on is still there, and is missing a check-out from the end of its time on', async () => {
  const { server, browser, tablet } = await saturday()
  const me = tablet.reply.me.staff
  const session = as<SessionId>('sunday')
  const window = { from: instant(NOW - MINUTE), until: instant(NOW + 10 * MINUTE) }
  const place = { section: null, on: '2026-11-22' as SchoolDate, window, breaks: [], room: '', title: 'Sunday' }
  tablet.tablet.record(me, window.from, { type: 'SessionStarted', session, ...place })
  tablet.tablet.record(me, window.from, { type: 'StudentCheckedIn', session, student: student('cleo') })
  await tablet.push()
  const cleo = async () => {
    const { rows, needs } = await rosterOf(browser)
    const row = rows.find(({ first }) => first === 'cleo')
    const asking = (await rosterOf(browser, '?show=attention')).rows.map(({ first }) => first)
    return { flags: row?.flags.filter((flag) => flag === 'missingCheckOut'), stillThere: row?.stillThere, needs, asking }
  }
  const before = (await rosterOf(browser)).needs
  expect(await cleo()).toMatchObject({ flags: [], stillThere: true, needs: before })
  expect((await cleo()).asking).not.toContain('cleo')
  expect((await browser.ask('GET', '/api/totals/roster.csv?find=cleo')).text).not.toContain('missingCheckOut')
  // Nothing came in meanwhile: only the time is over.
  server.wait(10 * MINUTE)
  expect(await cleo()).toMatchObject({ flags: ['missingCheckOut'], stillThere: undefined, needs: before + 1 })
  expect((await cleo()).asking).toContain('cleo')
  const { browser: again } = await signedIn(server, 'lund')
  expect((await again.ask('GET', '/api/totals/roster.csv?find=cleo')).text).toContain('missingCheckOut')
  expect(verifyTotals(server.context.config.data, server.context.log, server.context.deliver).differ).toEqual([])
})

test('The roster comes filtered, sorted and summed: accents and case do not matter, words stand in any order', async () => {
  const { browser } = await saturday()
  const found = async (query: string) => (await rosterOf(browser, query)).rows.map(({ first }) => first)
  expect(await found('?find=TESTER%20b%C3%A9n')).toEqual(['ben'])
  expect(await found('?find=Tester%2C%20b%E2%80%99en')).toEqual(['ben'])
  expect(await found('?sort=earned&descending=1')).toEqual(['ana', 'ben', 'cleo', 'dora', 'eva', 'eva-oak'])
  expect(await found('?show=started')).toEqual(['ana', 'ben'])
  expect(await found(`?site=${OAK}`)).toEqual(['dora', 'eva-oak'])
  const page = await rosterOf(browser, '?show=started')
  expect([page.of, page.shown, page.took, page.sums.earned, page.sums.claimable]).toEqual([6, 2, 2, 2, 1])
})

test('A coordinator sees the own school only: its figures when asked for, and nobody of another', async () => {
  const { server } = await saturday()
  const { browser } = await signedIn(server, 'marsh')
  expect((await browser.ask('GET', '/api/totals')).status).toBe(404)
  expect((await browser.ask('GET', `/api/totals?site=${OAK}`)).status).toBe(404)
  expect((await totalsOf(browser, `?site=${ELM}`)).all.students).toBe(2)
  expect((await rosterOf(browser)).rows.every(({ site }) => site === ELM)).toBe(true)
  expect((await behindOf(browser, 'figure=students')).students).toHaveLength(2)
})

test('The forecast adds what the planned sessions bring, never more than can still be recovered', async () => {
  const { browser } = await saturday()
  const { forecast } = await totalsOf(browser)
  expect(forecast.map(({ period, days, meetings, more, most }) => [period, days, meetings, more, most])).toEqual([
    ['P-1', 1, 5, 2, 2],
    ['P-2', 1, 20, 2, 2],
    ['Annual', 1, 31, 2, 2],
  ])
})

test('The roster as a file holds those whom the view shows, in its order, and nothing that a spreadsheet would run', async () => {
  const { server, browser } = await saturday()
  server.context.store.apply([{ ...studentRecord('cleo'), body: { ...(studentRecord('cleo').body as object), last: '=Tester' } } as never])
  const csv = await browser.ask('GET', '/api/totals/roster.csv?sort=earned&descending=1')
  const lines = csv.text.trim().split('\r\n')
  expect(csv.headers['content-disposition']).toBe('attachment; filename="roster-2026-11-22.csv"')
  expect(lines).toHaveLength(7)
  expect(lines[1]).toMatch(/^L-ana,,Tester,ana,05,Elm School,2026-11-22,3,/)
  expect(lines.find((line) => line.includes('cleo'))).toContain("'=Tester")
  const xlsx = await browser.ask('GET', '/api/totals/roster.xlsx?show=started')
  expect([xlsx.status, xlsx.text.slice(0, 2)]).toEqual([200, 'PK'])
})

test('A saved view is there on whatever device its person signs in, and nobody else has it', async () => {
  const server = await smallDistrict()
  const views = [{ name: 'At the limit', address: 'show=atCap' }]
  expect((await (await signedIn(server, 'lund')).browser.ask('PUT', '/api/views', { views })).status).toBe(200)
  const of = async (username: string) =>
    (await (await signedIn(server, username)).browser.ask('GET', '/api/views')).json<SavedViews>().views
  expect([await of('lund'), await of('marsh')]).toEqual([views, []])
})
