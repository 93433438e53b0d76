// What goes from a device when a student or a school is no longer its person's, and what never goes.
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { recordCheckIn, recordStart } from '../../client/log/commands.ts'
import { readFact, writeFact } from '../../client/log/db.ts'
import type { EventRow } from '../../client/log/rows.ts'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import { forgetPulled, mayForget } from '../../client/sync/forget.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { DAY, HOUR, instant } from '../../shared/time.ts'
import { ELM, OAK, SECTION, absent, enrolled, section, smallDistrict, student } from '../server/smallDistrict.ts'
import type { TestServer } from '../server/testServer.ts'
import type { RealTablet } from './realTablet.ts'
import { offline, openRealTablet } from './realTablet.ts'

const ana = student('ana')
const ben = student('ben')

async function teaching(): Promise<{ server: TestServer; tablet: RealTablet; checkIn: (who: typeof ana) => Promise<unknown> }> {
  const server = await smallDistrict()
  const tablet = await openRealTablet(server)
  await tablet.signIn('rivera')
  const list = tablet.store.ledger.section(SECTION)
  if (!list) throw new Error('the section was not pulled')
  const { session } = recordStart(tablet.store, v7, planOf(list, '2026-11-22' as SchoolDate, 'America/Los_Angeles'))
  const checkIn = (who: typeof ana) => {
    const held = tablet.store.ledger.session(session)
    if (!held) throw new Error('the session is not there')
    return recordCheckIn(tablet.store, held, [who]).done
  }
  return { server, tablet, checkIn }
}

const leaves = (name: string) => [section(SECTION, ELM, ['ana', 'cleo', 'eva']), { ...enrolled(name, ELM), ended: true }]
const stored = async (tablet: RealTablet): Promise<string> =>
  JSON.stringify([await tablet.db.records.toArray(), await tablet.db.events.toArray()])

test('[S7] A student who leaves is gone from disk and screen with the page that says so; the entries made here stay and are sent', async () => {
  const { server, tablet, checkIn } = await teaching()
  server.context.store.apply([absent('ben', ELM, '2026-09-04')])
  await checkIn(ben)
  await tablet.sync.now()
  const absences = () => tablet.db.records.where('[kind+body.student]').equals(['absence', ben]).count()
  expect(await absences()).toBe(1)
  const network = tablet.network
  tablet.network = (schema, method, path, body) =>
    path.endsWith('/push') ? Promise.resolve({ kind: 'offline' }) : network(schema, method, path, body)
  await checkIn(ana)
  expect(await stored(tablet)).toContain('L-ben')
  server.context.store.apply(leaves('ben'))
  tablet.network = network
  const before = (await tablet.db.events.toArray()).map((row) => row.id)
  await tablet.sync.now()
  expect(await stored(tablet)).not.toContain('L-ben')
  expect(await absences()).toBe(0)
  expect(tablet.store.ledger.student(ben)?.student.first).toBe('')
  expect((await tablet.db.events.toArray()).map((row) => row.id)).toEqual(expect.arrayContaining(before))
  expect(tablet.store.outbox.rows()).toEqual([])
  expect(tablet.sync.parity()).toMatchObject({ kind: 'match' })
})

test('[S7] What is unsent about a student who left is still sent', async () => {
  const { server, tablet, checkIn } = await teaching()
  await tablet.sync.now()
  const network = tablet.network
  tablet.network = offline
  await checkIn(ben)
  server.context.store.apply(leaves('ben'))
  tablet.network = (schema, method, path, body) =>
    path.endsWith('/push') && (body as { events: unknown[] }).events.length > 0
      ? Promise.resolve({ kind: 'offline' })
      : network(schema, method, path, body)
  await tablet.sync.now()
  tablet.network = network
  await tablet.sync.now()
  expect(tablet.store.outbox.rows()).toEqual([])
  const told = server.context.log.db.prepare("SELECT count(*) FROM event WHERE body ->> '$.student' = 'ben'").pluck().get()
  expect(told).toBe(1)
})

test('[S7] A student who comes back is there again with everything, also what others wrote', async () => {
  const { server, tablet, checkIn } = await teaching()
  await checkIn(ben)
  await tablet.sync.now()
  const other = await openRealTablet(server)
  await other.signIn('marsh')
  const session = other.store.ledger.sessions()[Symbol.iterator]().next().value
  if (!session) throw new Error('the session is not there')
  await other.store.write([{ type: 'StudentNoted', site: ELM, session: session.id, student: ben, text: 'has a cold' }]).done
  await other.sync.now()
  await tablet.sync.now()
  expect(await stored(tablet)).toContain('has a cold')
  server.context.store.apply(leaves('ben'))
  await tablet.sync.now()
  expect(await stored(tablet)).not.toContain('has a cold')
  server.context.store.apply([enrolled('ben', ELM)])
  await tablet.sync.now()
  expect(await stored(tablet)).toContain('has a cold')
  expect(tablet.store.ledger.student(ben)?.student.first).toBe('ben')
  expect(tablet.sync.parity()).toMatchObject({ kind: 'match' })
})

test('[S7] A person who changes schools finds the new one, and nothing of the old but what was recorded here', async () => {
  const { server, tablet, checkIn } = await teaching()
  await checkIn(ana)
  await tablet.sync.now()
  const held = server.context.store.get('staff', 'rivera')
  if (!held) throw new Error('rivera is not on the staff list')
  server.context.store.apply([{ ...held, body: { ...held.body, sites: [OAK] } }])
  await tablet.sync.now()
  expect(tablet.store.ledger.student(student('dora'))?.student.first).toBe('dora')
  expect(await stored(tablet)).not.toContain('L-ana')
  expect(await tablet.db.events.count()).toBe(2)
})

const row = (change: { [K in keyof EventRow]?: EventRow[K] | undefined }): EventRow =>
  ({ receipt: 1, seq: 5, event: { recordedAt: instant(0), clock: { offset: null, age: null } }, ...change }) as unknown as EventRow
const LATER = instant(31 * DAY)
const verified = { epoch: 'this', seq: 5, at: instant(1) }

test.each([
  ['an entry of the district may go at once', row({ receipt: undefined }), undefined, 'this', instant(1), true],
  ['an own entry in a verified backup may go after thirty days', row({}), verified, 'this', LATER, true],
  ['on the thirtieth day', row({}), verified, 'this', instant(30 * DAY), true],
  [
    'counted from the receipt, however long ago it was recorded',
    row({ event: { recordedAt: instant(-400 * DAY), clock: { offset: HOUR, age: 0 } } as EventRow['event'] }),
    verified,
    'this',
    instant(30 * DAY - 1),
    false,
  ],
  ['not a moment before', row({}), verified, 'this', instant(30 * DAY - 1), false],
  ['not when no backup was verified', row({}), undefined, 'this', LATER, false],
  ['not when it came after the backup', row({ seq: 6 }), verified, 'this', LATER, false],
  ['not when the backup is of another history', row({}), { ...verified, epoch: 'another' }, 'this', LATER, false],
  ['not when this device knows no history', row({}), verified, undefined, LATER, false],
  ['not when it is unsent, however old', row({ outbox: 1 }), verified, 'this', LATER, false],
  ['not when somebody has to look at it', row({ attention: 'fork' }), verified, 'this', LATER, false],
  ['not when the receipt gave it no number', row({ seq: undefined }), verified, 'this', LATER, false],
] as const)('[S8] What a device may forget: %s', (_, held, backup, epoch, now, may) => {
  expect(mayForget(held as EventRow, instant(0), backup, epoch, now)).toBe(may)
})

test('[S8] What a device may forget: nothing whose receipt it no longer has', () => {
  expect(mayForget(row({}), undefined, verified, 'this', LATER)).toBe(false)
})

test('[S8] What is safe elsewhere goes with what was pulled; what is not stays, and another history has it offered again', async () => {
  const { tablet, checkIn } = await teaching()
  await checkIn(ana)
  await tablet.sync.now()
  const cursor = await readFact(tablet.db, 'cursor')
  await writeFact(tablet.db, 'verified', { epoch: cursor?.epoch ?? '', seq: cursor?.seq ?? 0, at: instant(1) })
  await forgetPulled(tablet.db, instant(tablet.clock.now + 29 * DAY))
  expect(await tablet.db.events.count()).toBe(2)
  const unsent = (await tablet.db.events.toArray())[1]
  await tablet.db.events.update(unsent?.row ?? 0, { outbox: unsent?.deviceSeq ?? 0 })
  await forgetPulled(tablet.db, instant(tablet.clock.now + 31 * DAY))
  expect((await tablet.db.events.toArray()).map((each) => each.id)).toEqual([unsent?.id])
})

test('[S8] [S11] A clock that jumped makes nothing thirty days old: the days are counted by the district’s clock', async () => {
  const { tablet, checkIn } = await teaching()
  await checkIn(ana)
  await tablet.sync.now()
  const cursor = await readFact(tablet.db, 'cursor')
  await writeFact(tablet.db, 'verified', { epoch: cursor?.epoch ?? '', seq: cursor?.seq ?? 0, at: instant(1) })
  const before = await tablet.db.events.count()
  tablet.clock.now += 70 * 365 * DAY
  // The next answer tells how far the clock is off.
  await tablet.sync.now()
  await forgetPulled(tablet.db, instant(tablet.clock.now))
  expect(await tablet.db.events.count()).toBe(before)
  await forgetPulled(tablet.db, instant(tablet.clock.now + 31 * DAY))
  expect(await tablet.db.events.count()).toBe(0)
})
