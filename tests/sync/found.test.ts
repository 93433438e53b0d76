// What the simulator found, each as small as it can be told.
import 'fake-indexeddb/auto'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { expect, onTestFinished, test } from 'vitest'
import { openAttendanceStore } from '../../client/log/attendanceStore.ts'
import { recordCheckIn, recordNote, recordReview, recordStart, recordWalkIn } from '../../client/log/commands.ts'
import { readFact, writeFact } from '../../client/log/db.ts'
import type { Unchained } from '../../client/log/record.ts'
import { record } from '../../client/log/record.ts'
import { eventsOf } from '../../client/log/load.ts'
import { sample, withSample } from '../../client/sync/clock.ts'
import { applyPage } from '../../client/sync/pull.ts'
import { push } from '../../client/sync/push.ts'
import { backup } from '../../server/log/backup.ts'
import { NOTHING_HELD } from '../../shared/api/people.ts'
import { eventHash } from '../../shared/sync/chain.ts'
import { as, type EventId, type SessionId, type SiteId } from '../../shared/ids.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { HOUR, instant } from '../../shared/time.ts'
import { openRealTablet, tabs, through, type RealTablet, type Send } from '../client/realTablet.ts'
import { REPORT } from '../support/report.ts'
import { ELM, enrolled, OAK, smallDistrict, staff, student } from '../server/smallDistrict.ts'
import type { Browser, TestServer } from '../server/testServer.ts'
import { newFolder, NOW, PASSWORD, restored } from '../server/testServer.ts'

const window = { from: instant(NOW), until: instant(NOW + 4 * HOUR) }
function start(tablet: RealTablet, site: SiteId): { id: SessionId; site: SiteId } {
  const plan = { site, section: null, on: '2026-11-22' as SchoolDate, window, breaks: [], room: '', title: '' }
  return { id: recordStart(tablet.store, v7, plan).session, site }
}
/** A tablet and the browser it asks with, so that a test can ask with its cookies. */
async function tabletOf(server: TestServer): Promise<{ tablet: RealTablet; browser: Browser }> {
  const tablet = await openRealTablet(server)
  const browser = server.browser()
  tablet.network = through(browser)
  return { tablet, browser }
}
/** The tablet's disk, copied: to the server it is the same device. */
async function copyOf(from: RealTablet, server: TestServer, browser: Browser): Promise<RealTablet> {
  const copy = await openRealTablet(server)
  for (const table of ['events', 'records', 'receipts', 'meta'] as const)
    await copy.db.table(table).bulkPut(await from.db.table(table).toArray())
  copy.network = through(browser)
  copy.store.setAccount(from.store.account)
  await copy.store.reload()
  return copy
}

test('[S6] a session that concerns both schools of a teacher is told to that teacher and kept once', async () => {
  const server = await smallDistrict()
  const { store } = server.context
  const osei = store.get('staff', 'osei')
  if (osei) store.apply([{ ...osei, body: { ...osei.body, sites: [ELM, OAK] } }])
  const { tablet } = await tabletOf(server)
  await tablet.signIn('rivera')
  const session = start(tablet, ELM)
  await recordCheckIn(tablet.store, session, [student('ana')]).done
  await tablet.sync.now()
  // Later the student is of the other school too, which is then told the whole session.
  store.apply([enrolled('ana', OAK)])
  const both = await openRealTablet(server)
  await both.signIn('osei')
  expect(both.sync.state().network).toBe('online')
  expect(both.store.ledger.session(session.id)?.students.has(student('ana'))).toBe(true)
})

test('[S9] a page that was on its way when somebody signed out brings no name back, and leaves no hole', async () => {
  const { tablet } = await tabletOf(await smallDistrict())
  const network = tablet.network
  let arrive = (): void => undefined
  const slow = new Promise<void>((resolve) => (arrive = resolve))
  const late: Send = async (schema, method, path, body) => {
    const reply = await network(schema, method, path, body)
    if (path.endsWith('/pull')) await slow
    return reply
  }
  await tablet.signIn('rivera')
  tablet.network = late
  const syncing = tablet.sync.now()
  await new Promise((resolve) => setTimeout(resolve, 20))
  tablet.network = network
  await tablet.session.signOut()
  arrive()
  await syncing
  expect(await tablet.db.records.count()).toBe(0)
  expect(await readFact(tablet.db, 'cursor')).toBeUndefined()
  await tablet.signIn('rivera')
  expect(tablet.store.ledger.student(student('ana'))?.student.last).toBe('Tester')
})

test('[S8] what a server confirmed before the first pull, and lost with a restored backup, is offered again', async () => {
  const server = await smallDistrict()
  const { tablet, browser } = await tabletOf(server)
  const network = tablet.network
  tablet.network = (schema, method, path, body) =>
    path.endsWith('/pull') ? Promise.resolve({ kind: 'offline' }) : network(schema, method, path, body)
  await tablet.signIn('rivera')
  const copy = join(newFolder(), 'copy')
  await backup(server.context.log.db, server.folder, copy, instant(NOW))
  start(tablet, ELM)
  await tablet.sync.now()
  expect(tablet.store.outbox.rows()).toEqual([])

  const again = (await restored(server, copy)).browser(browser.cookies)
  tablet.network = through(again)
  await tablet.signIn('rivera')
  await tablet.sync.now()
  const { events } = (await again.ask('POST', '/api/sync/pull', { protocol: 1, cursor: null, asOf: '2026-11-22', limit: 100 })).json<{
    events: unknown[]
  }>()
  expect(events).toHaveLength(1)
})

test('[S8] a tablet on which nobody is signed in offers again what a restored backup lost: nothing is pulled there that could tell', async () => {
  const server = await smallDistrict()
  const { tablet, browser } = await tabletOf(server)
  await tablet.signIn('rivera')
  const copy = join(newFolder(), 'copy')
  await backup(server.context.log.db, server.folder, copy, instant(NOW))
  const session = start(tablet, ELM)
  await recordCheckIn(tablet.store, session, [student('ana')]).done
  await tablet.sync.now()
  await tablet.session.signOut()
  const back = await restored(server, copy)
  tablet.network = through(back.browser(browser.cookies))
  const count = back.context.log.db.prepare('SELECT count(*) FROM event').pluck()
  expect(count.get()).toBe(0)
  await tablet.sync.now()
  expect(count.get()).toBe(2)
  expect(tablet.store.outbox.rows()).toEqual([])
})

test('[S9] a restored backup signs nobody in: neither who has signed out since, nor whose tablet it was then', async () => {
  const server = await smallDistrict()
  const { tablet, browser } = await tabletOf(server)
  await tablet.signIn('rivera')
  const copy = join(newFolder(), 'copy')
  await backup(server.context.log.db, server.folder, copy, instant(NOW))
  const again = (await restored(server, copy)).browser(browser.cookies)
  const pull = { protocol: 1, cursor: null, asOf: '2026-11-22', limit: 10 }
  expect((await again.ask('POST', '/api/sync/pull', pull)).status).toBe(401)
  expect((await again.ask('GET', '/api/me')).status).toBe(401)
})

test('[S8] a tablet that is younger than the backup is itself again when somebody signs in on it', async () => {
  const server = await smallDistrict()
  const copy = join(newFolder(), 'copy')
  await backup(server.context.log.db, server.folder, copy, instant(NOW))
  const { tablet } = await tabletOf(server)
  const { device } = await tablet.signIn('rivera')
  const back = await restored(server, copy)
  const reply = await back
    .browser()
    .ask('POST', '/api/sign-in', { username: 'rivera', password: PASSWORD, deviceName: 'Tablet', device: device.id })
  expect(reply.json<{ device: unknown }>().device).toEqual(device)
})

test('[S7] another school is told what counts of a session, and not the words that are for the own school', async () => {
  const server = await smallDistrict()
  const { tablet } = await tabletOf(server)
  await tablet.signIn('rivera')
  const session = start(tablet, ELM)
  await recordCheckIn(tablet.store, session, [student('ana'), student('eva')]).done
  await recordWalkIn(tablet.store, v7, session, 'A typed name').done
  await recordNote(tablet.store, session, student('ana'), 'A note on ana').done
  await recordNote(tablet.store, session, student('eva'), 'A note on eva').done
  await tablet.sync.now()
  const other = await openRealTablet(server)
  await other.signIn('osei')
  const told = JSON.stringify((await other.db.events.toArray()).map((row) => row.event))
  expect(other.store.ledger.session(session.id)?.walkIns).toHaveLength(1)
  expect([told.includes('A typed name'), told.includes('A note on ana'), told.includes('A note on eva')]).toEqual([false, false, true])
})

test('[S15] what a coordinator accepted asks for no more attention on the tablet that recorded it', async () => {
  const server = await smallDistrict()
  const { store } = server.context
  const { tablet } = await tabletOf(server)
  await tablet.signIn('rivera')
  const rivera = store.get('staff', 'rivera')
  if (!rivera) throw new Error('rivera is not there')
  store.apply([{ ...rivera, body: { ...rivera.body, sites: [OAK] } }])
  const session = start(tablet, ELM)
  await recordCheckIn(tablet.store, session, [student('ana')]).done
  await tablet.sync.now()
  expect(tablet.store.outbox.rows().map((row) => row.attention)).toEqual(['outsideSite', 'outsideSite'])
  store.apply([rivera])
  const office = await openRealTablet(server)
  await office.signIn('marsh')
  for (const row of tablet.store.outbox.rows()) await recordReview(office.store, ELM, row.id, 'accept', 'She worked here that day').done
  await office.sync.now()
  await tablet.sync.now()
  await tablet.sync.now()
  expect(tablet.store.outbox.rows()).toEqual([])
  expect(tablet.sync.parity()).toMatchObject({ kind: 'match' })
})

test('[S12] what a newer version recorded here, before it was taken back, counts here as little as in the district', async () => {
  const { tablet } = await tabletOf(await smallDistrict())
  const { device, me } = await tablet.signIn('rivera')
  const session = start(tablet, ELM)
  const at = instant(NOW)
  const of = { device: device.id, actor: me.staff, site: ELM, at, recordedAt: at, clock: { offset: null, age: null } }
  const tomorrow = { ...of, id: as<EventId>(v7()), type: 'StudentFed', v: 1, session: session.id, student: 'ana' }
  await record(tablet.db, [tomorrow as unknown as Unchained])
  const rows = await tablet.db.events.toArray()
  expect((await eventsOf(rows)).map((event) => 'unknown' in event)).toEqual(rows.map((row) => row.id === tomorrow.id))
  await tablet.store.reload()
  expect(tablet.store.ledger.session(session.id)?.needsUpdate).toBe(1)
  expect(tablet.store.ledger.staff(staff('rivera'))?.certificated).toBe(true)
})

test('[S11] an answer during which the clock was set back says nothing of the clock', () => {
  const good = sample(instant(1_000), instant(900), instant(1_100))
  const during = sample(instant(2_000), instant(1_900), instant(5))
  expect(withSample([good], during)).toEqual([good])
})

test('[S15] while everything is read anew, nothing unsent looks confirmed for a moment', async () => {
  const { tablet } = await tabletOf(await smallDistrict())
  await tablet.signIn('rivera')
  tablet.network = () => Promise.resolve({ kind: 'offline' })
  const session = start(tablet, ELM)
  const { events, done } = recordCheckIn(tablet.store, session, [student('ana')])
  await done
  const [event] = events
  if (!event) throw new Error('nothing was recorded')
  const seen = new Set<string>()
  let isOver = false
  const reading = tablet.store.reload().then(() => (isOver = true))
  while (!isOver) {
    seen.add(tablet.store.outbox.mark(event).kind)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await reading
  expect([...seen]).toEqual(['saved'])
})

test('[S6] a tablet is told what a copy of it recorded, and goes on recording under numbers of its own', async () => {
  const server = await smallDistrict()
  const { tablet } = await tabletOf(server)
  const { device, me } = await tablet.signIn('rivera')
  const session = start(tablet, ELM)
  await recordCheckIn(tablet.store, session, [student('ana')]).done
  await tablet.sync.now()
  // The copy took the next number and sent it first.
  const last = await tablet.db.events.orderBy(':id').last()
  if (!last) throw new Error('nothing was recorded')
  const twin = {
    ...{
      id: v7(),
      type: 'StudentNoted',
      v: 1,
      device: device.id,
      deviceSeq: last.deviceSeq + 1,
      prev: eventHash(last.event),
      actor: me.staff,
    },
    ...{
      site: ELM,
      at: NOW,
      recordedAt: NOW,
      clock: { offset: null, age: null },
      session: session.id,
      student: 'ana',
      text: 'by the copy',
    },
  }
  const report = {
    unsent: 1,
    oldestUnsentAt: null,
    persisted: true,
    quotaFree: null,
    clockOffset: 0,
    appVersion: 'x',
    openSessions: 0,
    totals: null,
  }
  server.context.receive({ device: device.id, events: [twin], report })
  await tablet.sync.now()
  expect(tablet.sync.state().network).toBe('online')
  expect(await recordNote(tablet.store, session, student('ana'), 'here').done).toEqual({ kind: 'saved' })
  await tablet.sync.now()
  // Both are kept and both count: the one that came second came again under another name, which this tablet has from now on.
  expect(tablet.store.outbox.rows()).toEqual([])
  expect(server.context.overview.quarantine('all')).toEqual([])
  const again = recordNote(tablet.store, session, student('ana'), 'here, later')
  await again.done
  await tablet.sync.now()
  expect(tablet.sync.parity()).toMatchObject({ kind: 'match' })
  const rows = await tablet.db.events
    .where('id')
    .equals(again.events[0] ?? '')
    .toArray()
  expect(rows.map((row) => [row.device.startsWith(`${device.id}.`), row.deviceSeq, row.outbox])).toEqual([[true, 2, undefined]])
  // It keeps that name when somebody else signs in.
  await tablet.session.signOut()
  await tablet.signIn('marsh')
  expect(tablet.store.account?.recordsAs).toBe(rows[0]?.device)
})

test('[S9] what a tab records under the name that its tablet has given up waits for nobody: it is recorded again under the new one', async () => {
  const server = await smallDistrict()
  const { tablet, browser } = await tabletOf(server)
  const { device, me } = await tablet.signIn('rivera')
  const twin = await copyOf(tablet, server, browser)
  start(tablet, ELM)
  await tablet.sync.now()
  const session = start(twin, ELM)
  const at = instant(NOW)
  const of = { device: device.id, actor: me.staff, site: ELM, at, recordedAt: at, clock: { offset: null, age: null }, session: session.id }
  await twin.sync.now()
  // Another tab of the copy has not heard that it has a new name.
  const note = { ...of, id: as<EventId>(v7()), type: 'StudentNoted', v: 1, student: student('ana'), text: 'on the copy' }
  await record(twin.db, [note as Unchained])
  await twin.sync.now()
  expect(server.context.overview.quarantine('all')).toEqual([])
  const rows = (await twin.db.events.toArray()).filter((row) => row.session === session.id)
  expect(rows.map((row) => [row.device.startsWith(`${device.id}.`), row.deviceSeq, row.attention])).toEqual([
    [true, 1, undefined],
    [true, 2, undefined],
  ])
})

test('[S9] where a copy was copied as well, each finds a name of its own, and nothing waits for a person', async () => {
  const server = await smallDistrict()
  const { tablet, browser } = await tabletOf(server)
  await tablet.signIn('rivera')
  const first = await copyOf(tablet, server, browser)
  const session = start(tablet, ELM)
  await recordCheckIn(tablet.store, session, [student('ana')]).done
  await tablet.sync.now()
  const here = start(first, ELM)
  await recordCheckIn(first.store, here, [student('ana')]).done
  const second = await copyOf(first, server, browser)
  await recordNote(first.store, here, student('ana'), 'of the first').done
  await recordNote(second.store, here, student('ana'), 'of the second').done
  for (const each of [first, second]) await each.sync.now()
  expect(server.context.overview.quarantine('all')).toEqual([])
  for (const each of [first, second, tablet, first]) await each.sync.now()
  for (const each of [tablet, first, second]) {
    expect(each.store.ledger.session(here.id)?.events).toHaveLength(4)
    expect(each.sync.parity()).toMatchObject({ kind: 'match' })
  }
})

test('[S2] [S9] what was recorded on a copy and its original counts once and whole, also what both had not sent before', async () => {
  const server = await smallDistrict()
  const { tablet, browser } = await tabletOf(server)
  await tablet.signIn('rivera')
  const session = start(tablet, ELM)
  await recordCheckIn(tablet.store, session, [student('ana')]).done
  // The disk is copied while all of this is unsent; both go on.
  const twin = await copyOf(tablet, server, browser)
  const [here, there] = [tablet, twin].map(({ store }) => recordNote(store, session, student('ana'), 'one of two'))
  await Promise.all([here?.done, there?.done])
  for (let i = 0; i < 3; i++) await recordNote(twin.store, session, student('ana'), `later ${i}`).done
  for (const each of [tablet, twin, tablet, twin]) await each.sync.now()
  expect(server.context.overview.quarantine('all')).toEqual([])
  for (const each of [tablet, twin]) {
    expect(each.store.outbox.rows()).toEqual([])
    expect(each.store.ledger.session(session.id)?.events).toHaveLength(7)
    expect(each.sync.parity()).toMatchObject({ kind: 'match' })
  }
})

test('[S9] a tablet whose storage was emptied is a new one, and gives no number a second time', async () => {
  const server = await smallDistrict()
  const { tablet, browser } = await tabletOf(server)
  const first = await tablet.signIn('rivera')
  start(tablet, ELM)
  await tablet.sync.now()
  const signIn = async (device: string) => {
    const asked = { username: 'rivera', password: PASSWORD, deviceName: 'Tablet', device }
    return (await browser.ask('POST', '/api/sign-in', asked)).json<{ device: { id: string } }>().device.id
  }
  expect(await signIn(first.device.id)).toBe(first.device.id)
  const after = await signIn(NOTHING_HELD)
  expect(after).not.toBe(first.device.id)
  // Also one of which nothing has arrived: what it sent before may still be on its way, with the numbers it would give again.
  expect(await signIn(NOTHING_HELD)).not.toBe(after)
})

test('[S7] who signs in on a copy of a tablet has nothing told to the one at the original', async () => {
  const server = await smallDistrict()
  const { tablet, browser } = await tabletOf(server)
  await tablet.signIn('rivera')
  // To the server the copy is the same device: its cookie is.
  const copy = server.browser()
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
  await copy.signIn('osei')
  await tablet.sync.now()
  expect(tablet.sync.state().network).toBe('signedOut')
  expect(tablet.store.ledger.student(student('dora'))).toBeUndefined()
  expect(tablet.store.ledger.student(student('ana'))?.student.last).toBe('Tester')
})

test('[S9] what one tab recorded while another signed out is sent by either, also by one that was never told of it', async () => {
  const server = await smallDistrict()
  const { tablet } = await tabletOf(server)
  const { device, me } = await tablet.signIn('rivera')
  const session = start(tablet, ELM)
  await tablet.sync.now()
  await tablet.session.signOut()
  const at = instant(NOW)
  const of = { device: device.id, actor: me.staff, site: ELM, at, recordedAt: at, clock: { offset: null, age: null } }
  const note = { ...of, id: as<EventId>(v7()), type: 'StudentNoted', v: 1, session: session.id, student: student('ana'), text: 'a note' }
  // The other tab had not heard yet that nobody is signed in; this one does not hear that something was recorded.
  await record(tablet.db, [note as Unchained])
  await tablet.sync.now()
  expect(await tablet.db.events.orderBy('outbox').count()).toBe(0)
  expect(server.context.log.db.prepare('SELECT count(*) FROM event WHERE id = ?').pluck().get(note.id)).toBe(1)
})

test('[S3] what one tab recorded and the district set aside before another tab looked is not confirmed there', async () => {
  const server = await smallDistrict()
  const { tablet } = await tabletOf(server)
  const { device, me } = await tablet.signIn('rivera')
  const session = start(tablet, ELM)
  await tablet.sync.now()
  const at = instant(NOW)
  const of = { device: device.id, actor: me.staff, site: ELM, at, recordedAt: at, clock: { offset: null, age: null } }
  const note = { ...of, id: as<EventId>(v7()), type: 'StudentNoted', v: 1, session: session.id, student: student('ana'), text: 'a note' }
  // Another tab records it and sends it, and this one hears of neither.
  await record(tablet.db, [note as Unchained])
  server.context.devices.revoke(device.id)
  const { db, network } = tablet
  const quiet = { onSending: () => undefined, onSettled: async () => undefined, onServerTime: () => undefined }
  const deps = { db, send: network, device: device.id, now: () => at, report: async () => REPORT, ...quiet }
  expect(await push(deps)).toMatchObject({ kind: 'done', revoked: true })
  await tablet.store.catchUp()
  expect(tablet.store.ledger.session(session.id)?.events.map(({ event }) => event.id)).toContain(note.id)
  expect(tablet.store.outbox.mark(note.id)).toMatchObject({ kind: 'attention' })
})

test('[S6] what a copy recorded under the name this tablet once had is told, also where it recorded something there itself', async () => {
  const server = await smallDistrict()
  const { tablet } = await tabletOf(server)
  const { device } = await tablet.signIn('rivera')
  const session = start(tablet, ELM)
  await recordCheckIn(tablet.store, session, [student('ana')]).done
  const own = await tablet.db.events.orderBy(':id').last()
  const cursor = await readFact(tablet.db, 'cursor')
  if (!own || !cursor) throw new Error('nothing was recorded, or nothing pulled')
  // The district was put back from before it knew the tablet, and whoever signed in first, on the copy, has its name now.
  await writeFact(tablet.db, 'device', as(v7()))
  const [clashing, another] = [own.deviceSeq, own.deviceSeq + 1].map((deviceSeq) => ({ ...own.event, id: v7(), deviceSeq }))
  const events = [clashing, another].map((event, i) => ({ seq: 900 + i, event }))
  const page = { cursor: { ...cursor, seq: 901 }, head: 901, more: false, records: [], events, totals: null, serverTime: instant(NOW) }
  expect(await applyPage(tablet.db, page, instant(NOW))).toBeDefined()
  expect((await readFact(tablet.db, 'cursor'))?.seq).toBe(901)
  const rows = await tablet.db.events
    .where('id')
    .anyOf([own.id, ...events.map(({ event }) => String(event?.id))])
    .sortBy('deviceSeq')
  expect(rows.map((row) => [row.device, row.deviceSeq, row.outbox === undefined])).toEqual([
    [device.id, -900, true],
    [device.id, own.deviceSeq, false],
    [device.id, own.deviceSeq + 1, true],
  ])
})

test('[S8] while everything comes anew after a restore, and when the network goes in the middle of it, nobody is told that the tablet is ready', async () => {
  const server = await smallDistrict()
  const { tablet, browser } = await tabletOf(server)
  await tablet.signIn('rivera')
  const next = openAttendanceStore({ db: tablet.db, hints: tabs()(), now: tablet.store.now, newId: v7, breathe: async () => undefined })
  await (await next.start(null)).rest
  expect(next.wasWhole).toBe(true)
  onTestFinished(() => next.stop())
  const copy = join(newFolder(), 'copy')
  await backup(server.context.log.db, server.folder, copy, instant(NOW))
  const again = (await restored(server, copy)).browser(browser.cookies)
  await again.signIn('rivera')
  const network = through(again)
  const heard: unknown[] = []
  let pulls = 0
  tablet.network = (schema, method, path, body) => {
    if (!path.endsWith('/pull') || ++pulls === 1) return network(schema, method, path, body)
    heard.push(tablet.sync.state().lastPulledAt)
    return Promise.resolve({ kind: 'offline' })
  }
  await tablet.sync.now()
  await next.reload()
  expect([heard, tablet.sync.state().lastPulledAt, next.wasWhole]).toEqual([[null], null, false])
})
