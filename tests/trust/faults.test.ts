// People and authority while a tablet is away, and minutes that somebody would like to have.
import { expect, test } from 'vitest'
import type { RosterReply } from '../../shared/api/desk.ts'
import type { PullReply } from '../../shared/api/sync.ts'
import type { PeriodReply, Signed } from '../../shared/api/periods.ts'
import { as, type SessionId } from '../../shared/ids.ts'
import { DAY, HOUR, type Instant, instant } from '../../shared/time.ts'
import { verifyLog } from '../../server/log/verify.ts'
import { certify, OTHER_SESSION, reportDistrict } from '../report/reportDistrict.ts'
import { absent, ELM, enrolled, OAK, SECTION, smallDistrict, student, studentRecord } from '../server/smallDistrict.ts'
import { type Browser, signedIn, type TestServer } from '../server/testServer.ts'
import { at, openTestTablet, SATURDAY, SESSION, type TestTablet } from '../server/testTablet.ts'

const rows = async (browser: Browser) => (await browser.ask('GET', '/api/roster?asOf=2026-11-22')).json<RosterReply>().rows
const of = async (browser: Browser, name: string) => (await rows(browser)).find((row) => row.student === name)
const findings = ({ context }: TestServer) => verifyLog(context.log, context.receiptKey.publicKey).findings

test('F74 An import between two pages of a pull: each page is of before or of after, and the device ends with the roster as it is', async () => {
  const server = await smallDistrict()
  const { store } = server.context
  const many = Array.from({ length: 30 }, (_, i) => `many-${i}`)
  const version = (last: string) => many.map((name) => named(name, last))
  store.apply([...version('Before'), ...many.map((name) => enrolled(name, ELM))])
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const whole = await tablet.pullAll()
  for (const after of [1, 3, 5]) {
    const last = `After${after}`
    const held = new Map<string, string>()
    let cursor: PullReply['cursor'] | null = null
    let wrote: number | undefined
    for (let pages = 1; ; pages++) {
      const page: PullReply = (await tablet.pull(cursor, 7)).json<PullReply>()
      const names = page.records.flatMap((record) => (record.kind === 'student' && many.includes(record.id) ? [record.body.last] : []))
      // What was told before the import holds nothing of it, and what is told with it comes in its order, whole.
      if (wrote === undefined) expect(names).not.toContain(last)
      for (const record of page.records) if (record.kind === 'student') held.set(record.id, record.body.last)
      cursor = page.cursor
      if (pages === after) wrote = store.apply(version(last)).seq
      if (!page.more && wrote !== undefined && page.cursor.seq >= wrote) break
    }
    expect(many.map((name) => held.get(name))).toEqual(many.map(() => last))
  }
  // An import that fails half-way leaves nothing of itself.
  const head = server.context.log.head()
  expect(() => store.apply([...version('Half'), { ...named('ana', 'x'), body: null as never }])).toThrow('null')
  expect(server.context.log.head()).toBe(head)
  const again = await tablet.pullAll()
  expect(JSON.stringify(again.records)).not.toContain('Half')
  expect(again.records.length).toBe(whole.records.length)
})

test('F75 Two records of one child become one and two again: the totals follow each time, and no entry is written anew', async () => {
  const server = await smallDistrict()
  const { store, log } = server.context
  store.apply([studentRecord('ben', '7770000001'), studentRecord('twin', null), enrolled('twin', ELM), absent('twin', ELM, '2026-09-09')])
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ben'])
  certify(tablet, SESSION)
  await tablet.push()
  const { browser } = await signedIn(server, 'lund')
  const texts = () => JSON.stringify(log.db.prepare('SELECT seq, id, hash, body FROM event ORDER BY seq').all())
  const before = { texts: texts(), ben: await of(browser, 'ben') }
  expect(before.ben).toMatchObject({ earnedDays: 1, eligibleAbsences: 0, claimableDays: 0 })
  // One child after all: the day of the one recovers the absence of the other.
  store.apply([studentRecord('twin', '7770000001')])
  expect(await of(browser, 'ben')).toMatchObject({ earnedDays: 1, eligibleAbsences: 1, claimableDays: 1 })
  expect((await of(browser, 'twin'))?.claimableDays).toBe(1)
  store.apply([studentRecord('twin', '7770000002')])
  expect({ ...(await of(browser, 'ben')), ssid: '' }).toEqual({ ...before.ben, ssid: '' })
  expect(await of(browser, 'twin')).toMatchObject({ earnedDays: 0, eligibleAbsences: 1, claimableDays: 0 })
  expect(texts()).toBe(before.texts)
  expect(findings(server)).toEqual([])
})

test('F76 The period was signed and the school closed while a tablet was away: what it brings is taken, and waits for a supplement', async () => {
  const { server, tablet, browser } = await reportDistrict()
  const period = async () => (await browser.ask('GET', '/api/periods?period=P-1')).json<PeriodReply>()
  const { figures } = await period()
  const order = { period: 'P-1', year: figures.year, digest: figures.digest, name: 'D. Lund', statement: 'It is so.', note: '' }
  const closing = await browser.ask('POST', '/api/periods', order)
  expect(closing.status, closing.text).toBe(200)
  const elm = server.context.store.get('site', ELM)
  if (!elm) throw new Error('no such school')
  server.context.store.apply([{ ...elm, ended: true }])
  tablet.recordSaturday(['cleo'], OTHER_SESSION)
  certify(tablet, OTHER_SESSION)
  const results = await tablet.results()
  expect(results.map(({ outcome }) => outcome)).not.toContain('quarantined')
  const after = await period()
  expect(after.signed[0]?.figures).toEqual(closing.json<Signed>().figures)
  expect(after.changed).toMatchObject([{ student: 'cleo', before: 0, after: 1 }])
  expect(after.changed[0]?.late.every(({ seq }) => seq > figures.through.seq)).toBe(true)
  expect(findings(server)).toEqual([])
})

function named(name: string, last: string) {
  const record = studentRecord(name)
  if (record.kind !== 'student') throw new Error('not a student')
  return { ...record, body: { ...record.body, last } }
}

const SECOND = as<SessionId>('elm-2026-11-21-second')
type Fraud = (tablet: TestTablet, server: TestServer) => void | Promise<unknown>
const start = (tablet: TestTablet, session: SessionId, from: Instant, until: Instant, recordedAt?: Instant): void =>
  void tablet.tablet.record(
    tablet.reply.me.staff,
    from,
    {
      type: 'SessionStarted',
      ...{ session, section: SECTION, on: SATURDAY, window: { from, until }, breaks: [], room: 'Library', title: 'Saturday' },
    },
    recordedAt,
  )
const mark = (
  tablet: TestTablet,
  session: SessionId,
  type: 'StudentCheckedIn' | 'StudentCheckedOut',
  moment: Instant,
  recordedAt?: Instant,
) => void tablet.tablet.record(tablet.reply.me.staff, moment, { type, session, student: student('ana') }, recordedAt)

/** What somebody might try, and the flag that says so. Ana was there from 8:00 to 13:00, honestly. */
const FRAUDS: readonly (readonly [what: string, flag: string, play: Fraud])[] = [
  [
    'a day entered a week afterwards',
    'lateEntry',
    (tablet) => {
      const late = instant(at('13:00') + 7 * DAY)
      start(tablet, SECOND, at('08:00'), at('13:00'), late)
      mark(tablet, SECOND, 'StudentCheckedIn', at('08:00'), late)
      mark(tablet, SECOND, 'StudentCheckedOut', at('13:00'), late)
    },
  ],
  [
    'the same hours in two rooms',
    'overlap',
    (tablet) => {
      start(tablet, SECOND, at('09:00'), at('12:00'))
      mark(tablet, SECOND, 'StudentCheckedIn', at('09:00'))
      mark(tablet, SECOND, 'StudentCheckedOut', at('12:00'))
      certify(tablet, SECOND)
    },
  ],
  [
    'minutes before the doors open and after they close',
    'outsideWindow',
    (tablet) => {
      mark(tablet, SESSION, 'StudentCheckedIn', at('06:00'))
      certify(tablet, SESSION)
    },
  ],
  [
    'a time changed after the teacher signed',
    'uncertified',
    (tablet) => {
      start(tablet, SECOND, at('14:00'), at('17:00'))
      mark(tablet, SECOND, 'StudentCheckedIn', at('14:00'))
      certify(tablet, SECOND)
      mark(tablet, SECOND, 'StudentCheckedOut', at('17:00'))
    },
  ],
  [
    'somebody who never left',
    'missingCheckOut',
    (tablet) => {
      start(tablet, SECOND, at('14:00'), at('17:00'))
      mark(tablet, SECOND, 'StudentCheckedIn', at('14:00'))
      certify(tablet, SECOND)
    },
  ],
  [
    'nobody with a certificate in the room',
    'noCertificatedTeacher',
    (tablet, { context }) => {
      const staff = context.store.get('staff', 'rivera')
      if (!staff) throw new Error('nobody')
      context.store.apply([{ ...staff, body: { ...staff.body, certificated: false } }])
      return tablet
    },
  ],
  [
    'recovery inside the school’s own day',
    'insideSchoolDay',
    (tablet) => {
      const friday = (time: string) => instant(at(time) - DAY)
      const on = '2026-11-20' as typeof SATURDAY
      tablet.tablet.record(tablet.reply.me.staff, friday('09:00'), {
        type: 'SessionStarted',
        ...{ session: SECOND, section: SECTION, on, window: { from: friday('09:00'), until: friday('12:00') }, breaks: [] },
        ...{ room: 'Library', title: 'Friday' },
      })
      mark(tablet, SECOND, 'StudentCheckedIn', friday('09:00'))
      mark(tablet, SECOND, 'StudentCheckedOut', friday('12:00'))
      certify(tablet, SECOND)
    },
  ],
  [
    'more in the room than one teacher may have',
    'ratioBreached',
    (tablet, { context }) => {
      const crowd = Array.from({ length: 25 }, (_, i) => `crowd-${i}`)
      context.store.apply(crowd.flatMap((name) => [studentRecord(name), enrolled(name, ELM)]))
      for (const name of crowd) {
        const who = { session: SESSION, student: student(name) }
        tablet.tablet.record(tablet.reply.me.staff, at('08:01'), { type: 'StudentCheckedIn', ...who })
        tablet.tablet.record(tablet.reply.me.staff, at('13:00'), { type: 'StudentCheckedOut', ...who })
      }
      certify(tablet, SESSION)
    },
  ],
  [
    'days when nobody was absent',
    'absencesExhausted',
    (tablet, { context }) => {
      for (const on of ['2026-09-01', '2026-09-02', '2026-09-03']) context.store.apply([{ ...absent('ana', ELM, on), ended: true }])
      return tablet
    },
  ],
]

async function honest(): Promise<{ server: TestServer; tablet: TestTablet; browser: Browser }> {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  certify(tablet, SESSION)
  return { server, tablet, browser: (await signedIn(server, 'lund')).browser }
}

test('S33 An honest day is counted and raises no flag', async () => {
  const { tablet, browser } = await honest()
  await tablet.push()
  expect(await of(browser, 'ana')).toMatchObject({ earnedDays: 1, claimableDays: 1, flags: [] })
})

test.each(FRAUDS)('S33 Minutes that were made up are flagged, and nobody gains a day that is claimed: %s', async (_, flag, play) => {
  const { server, tablet, browser } = await honest()
  await play(tablet, server)
  await tablet.push()
  server.wait(8 * DAY)
  await browser.signIn('lund')
  const row = await of(browser, 'ana')
  expect(row?.flags).toContain(flag)
  expect(row?.claimableDays).toBeLessThanOrEqual(1)
})

test('S33 What is recorded for another school, by nobody of the staff, or under another’s tablet waits for a person', async () => {
  const { server, tablet } = await honest()
  await tablet.push()
  const forged = tablet.tablet.events.slice(1, 2).map((event, i) => ({ ...event, id: `forged-${i}`, deviceSeq: 900 + i }))
  const [event] = forged
  if (!event) throw new Error('nothing recorded')
  const results = await tablet.results([
    { ...event, id: '019aaaaa-0000-7000-8000-000000000001', site: OAK },
    { ...event, id: '019aaaaa-0000-7000-8000-000000000002', deviceSeq: 901, actor: 'nobody-at-all' },
    { ...event, id: '019aaaaa-0000-7000-8000-000000000003', deviceSeq: 902, device: '019aaaaa-0000-7000-8000-00000000dddd' },
    { ...event, id: '019aaaaa-0000-7000-8000-000000000004', deviceSeq: 903, actor: 'osei' },
  ])
  expect(results.map(({ outcome }) => outcome)).toEqual(['quarantined', 'quarantined', 'quarantined', 'quarantined'])
  server.wait(HOUR)
  expect(findings(server)).toEqual([])
})
