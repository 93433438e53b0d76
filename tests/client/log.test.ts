// What a tap is worth: on the disk before it is called saved, chained to the one before, seen by every tab, and never in the way.
import 'fake-indexeddb/auto'
import { expect, onTestFinished, test, vi } from 'vitest'
import { v7 } from 'uuid'
import { openTouchesNobodyElse } from '../../client/log/alone.ts'
import { recordCheckIn, recordCheckOut, recordCorrection, recordEnd, recordStart, recordVoid } from '../../client/log/commands.ts'
import { openAttendanceStore } from '../../client/log/attendanceStore.ts'
import { faultOf, LogDb, onStore } from '../../client/log/db.ts'
import { beginMoving, emptyMoved, forgetMoved, isMoved } from '../../client/log/moved.ts'
import { readHead, record } from '../../client/log/record.ts'
import { emptyWhatMoved, moveEverything } from '../../client/trust/moveIn.ts'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import type { AttendanceEvent } from '../../shared/events.ts'
import type { SessionId } from '../../shared/ids.ts'
import { eventHash } from '../../shared/sync/chain.ts'
import { MINUTE, instant } from '../../shared/time.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { SECTION, smallDistrict, student } from '../server/smallDistrict.ts'
import { offline, openRealTablet, tabs } from './realTablet.ts'
import type { RealTablet } from './realTablet.ts'

const ZONE = 'America/Los_Angeles'
const TODAY = '2026-11-22' as SchoolDate
const ana = student('ana')
const ben = student('ben')

/** A signed-in tablet with a session started on it. */
async function teaching(): Promise<{
  tablet: RealTablet
  session: () => NonNullable<ReturnType<RealTablet['store']['ledger']['session']>>
}> {
  const tablet = await openRealTablet(await smallDistrict())
  await tablet.signIn('rivera')
  const section = tablet.store.ledger.section(SECTION)
  if (!section) throw new Error('the section was not pulled')
  const { session } = recordStart(tablet.store, v7, planOf(section, TODAY, ZONE))
  return {
    tablet,
    session: () => {
      const state = tablet.store.ledger.session(session)
      if (!state) throw new Error('the session is not there')
      return state
    },
  }
}

test('[S1] A tap shows at once as being saved, and says "Saved here" only when the disk has it', async () => {
  const { tablet, session } = await teaching()
  const { store, db } = tablet
  const { done } = recordCheckIn(store, session(), [ana])
  expect(session().students.get(ana)?.since).toBe(tablet.clock.now)
  expect(store.outbox.markAt(session().id, ana)).toEqual({ kind: 'saving' })
  expect(await done).toEqual({ kind: 'saved' })
  expect(store.outbox.markAt(session().id, ana)).toEqual({ kind: 'saved' })
  expect(await db.events.where('session').equals(session().id).count()).toBe(2)
})

test('[S1] Every write waits for the disk itself: a tap, a receipt, a page with its cursor, and what is moved', async () => {
  const begun = vi.spyOn(IDBDatabase.prototype, 'transaction')
  onTestFinished(() => begun.mockRestore())
  const writes = () =>
    begun.mock.results
      .map(({ value }) => value as IDBTransaction)
      .filter(({ mode }) => mode === 'readwrite')
      .map(({ durability }) => durability)
  const { tablet, session } = await teaching()
  const before = writes().length
  await recordCheckIn(tablet.store, session(), [ana]).done
  expect(writes().slice(before)).toContain('strict')
  await tablet.sync.now()
  expect((await tablet.db.events.toArray()).every((row) => row.receipt !== undefined)).toBe(true)
  const moving = await beginMoving(tablet.db)
  await moving?.stay()
  expect(writes().length).toBeGreaterThan(before + 5)
  expect(writes().filter((durability) => durability !== 'strict')).toEqual([])
})

test('[S1] What could not be stored leaves the roster again, and everybody is told why', async () => {
  const { tablet, session } = await teaching()
  const { store, db } = tablet
  await recordCheckIn(store, session(), [ana]).done
  // A disk cannot be filled here: the store says what it would say then.
  const add = vi.spyOn(Object.getPrototypeOf(db.backendDB().transaction('events').objectStore('events')) as IDBObjectStore, 'add')
  add.mockImplementationOnce(() => {
    throw Object.assign(new Error('no room'), { name: 'QuotaExceededError' })
  })
  const { done } = recordCheckIn(store, session(), [ben])
  expect(session().students.get(ben)?.since).not.toBeUndefined()
  expect(await done).toEqual({ kind: 'failed', why: 'full' })
  add.mockRestore()
  expect(store.fault).toBe('full')
  expect(session().students.get(ben)).toBeUndefined()
  expect(session().students.get(ana)?.since).not.toBeNull()
})

test('[S1] What is on its way to the disk stays on the roster, as being saved, when everything is read anew', async () => {
  const { tablet, session } = await teaching()
  const { store } = tablet
  // Writes wait here as they do while a PIN is being set.
  const moving = await beginMoving(tablet.db)
  const { done } = recordCheckIn(store, session(), [ana])
  await store.reload()
  expect(session().students.get(ana)?.since).toBe(tablet.clock.now)
  expect(store.outbox.markAt(session().id, ana)).toEqual({ kind: 'saving' })
  await moving?.stay()
  expect(await done).toEqual({ kind: 'saved' })
  expect(store.outbox.markAt(session().id, ana)).toEqual({ kind: 'saved' })
})

test('[S9] A moved store is emptied only where it holds as much as was counted: what another tab stored meanwhile stays', async () => {
  const { tablet, session } = await teaching()
  await recordCheckIn(tablet.store, session(), [ana]).done
  await emptyMoved(tablet.db, 1)
  expect(await tablet.db.events.count()).toBe(2)
  await emptyMoved(tablet.db, 2)
  expect([await tablet.db.events.count(), await tablet.db.records.count(), await isMoved(tablet.db)]).toEqual([0, 0, true])
  await forgetMoved(tablet.db)
  tablet.store.outbox.clear()
})

test('[S9] A store stays whole while one event or one parcel of it is not in the other, however many that one holds', async () => {
  const { tablet, session } = await teaching()
  const { db } = tablet
  tablet.network = offline
  await recordCheckIn(tablet.store, session(), [ana]).done
  await db.parcels.put({ id: 'p1' } as never)
  const other = new LogDb(v7())
  onTestFinished(() => other.close())
  await moveEverything(db, other)
  const [first] = await db.events.toArray()
  await other.events
    .where('id')
    .equals(first?.id ?? '')
    .delete()
  for (let i = 1; i < 4; i++) await other.events.add({ ...first, row: undefined, id: v7(), device: 'another', deviceSeq: i } as never)
  await emptyWhatMoved(db, other)
  expect([await db.events.count(), await db.parcels.count()]).toEqual([2, 1])
  await moveEverything(db, other)
  await other.parcels.clear()
  await other.parcels.put({ id: 'p2' } as never)
  await emptyWhatMoved(db, other)
  expect([await db.events.count(), await db.parcels.count()]).toEqual([2, 1])
  await moveEverything(db, other)
  await emptyWhatMoved(db, other)
  expect([await db.events.count(), await db.parcels.count()]).toEqual([0, 0])
  await forgetMoved(db)
  tablet.store.outbox.clear()
})

test('A mark of this moment touches nobody else while the ratio holds; a time of the past, or a teacher who goes, may touch everybody', async () => {
  const { tablet, session } = await teaching()
  const { store } = tablet
  await recordCheckIn(store, session(), [ana]).done
  const mark = (await tablet.db.events.toArray()).map(({ event }) => event).find(({ type }) => type === 'StudentCheckedIn')
  if (!mark) throw new Error('nothing was recorded')
  const touchesNobodyElse = openTouchesNobodyElse()
  const now = store.now()
  // Not before it is known that the ratio held.
  expect(touchesNobodyElse(store.ledger, [mark], now)).toBe(false)
  expect(touchesNobodyElse(store.ledger, [mark], now)).toBe(true)
  expect(touchesNobodyElse(store.ledger, [mark], instant(now + MINUTE))).toBe(true)
  expect(touchesNobodyElse(store.ledger, [mark], instant(now + MINUTE + 1))).toBe(false)
  expect(touchesNobodyElse(store.ledger, [mark], now)).toBe(true)
  const rivera = store.account?.me.staff
  if (!rivera) throw new Error('nobody is signed in')
  await store.write([{ type: 'SupervisionEnded', site: mark.site, session: session().id, staff: rivera }]).done
  const ended = (await tablet.db.events.toArray()).at(-1)?.event
  if (!ended) throw new Error('nothing was recorded')
  expect(touchesNobodyElse(store.ledger, [ended], now)).toBe(false)
  // Nobody certificated is in the room any more.
  expect(touchesNobodyElse(store.ledger, [mark], now)).toBe(false)
  expect(touchesNobodyElse(store.ledger, [mark], now)).toBe(false)
})

test('[S15] Of several entries on one student the one furthest from confirmed is shown, and they wait in the order in which they were recorded', async () => {
  const { tablet, session } = await teaching()
  const { store } = tablet
  await recordCheckIn(store, session(), [ana]).done
  tablet.clock.now += MINUTE
  await recordCheckOut(store, session(), [ana]).done
  const shown = () => store.outbox.markAt(session().id, ana).kind
  const [, first, second] = store.outbox.rows()
  if (!first || !second) throw new Error('nothing waits')
  expect([first.event.type, second.event.type]).toEqual(['StudentCheckedIn', 'StudentCheckedOut'])
  store.outbox.sending([first.id])
  expect(shown()).toBe('saved')
  store.outbox.sending([first.id, second.id])
  expect(shown()).toBe('sent')
  store.outbox.put({ ...first, attention: 'outsideSite' })
  expect(shown()).toBe('attention')
})

test('A full disk is known for what it is, also when it hides inside the error that ended the transaction', () => {
  const full = Object.assign(new Error('full'), { name: 'QuotaExceededError' })
  expect(faultOf(full)).toBe('full')
  expect(faultOf(Object.assign(new Error('aborted'), { name: 'AbortError', inner: full }))).toBe('full')
  expect(faultOf(Object.assign(new Error('gone'), { name: 'DatabaseClosedError' }))).toBe('lost')
  expect(faultOf(new TypeError('a bug'))).toBe('other')
})

test('A connection the browser dropped is opened again and the write done once', async () => {
  const { tablet, session } = await teaching()
  await recordCheckIn(tablet.store, session(), [ana]).done
  let tries = 0
  const rows = await onStore(tablet.db, async () => {
    if (++tries === 1) throw Object.assign(new Error('Connection to Indexed Database server lost'), { name: 'UnknownError' })
    return tablet.db.events.count()
  })
  expect([tries, rows > 0]).toEqual([2, true])
})

test('Every event carries the next number of its device and the hash of the one before', async () => {
  const { tablet, session } = await teaching()
  await Promise.all([recordCheckIn(tablet.store, session(), [ana, ben]).done, recordCheckOut(tablet.store, session(), [ana]).done])
  const rows = await tablet.db.events.orderBy('outbox').toArray()
  expect(rows.map((row) => row.deviceSeq)).toEqual(rows.map((_, i) => i + 1))
  expect(rows.map((row) => row.event.prev)).toEqual(['', ...rows.slice(0, -1).map((row) => eventHash(row.event))])
  expect((await readHead(tablet.db, rows[0]?.device ?? '')).hash).toBe(eventHash(rows.at(-1)?.event))
})

test('Two tabs that tap in the same moment make one chain without a gap', async () => {
  const { tablet, session } = await teaching()
  const other = await tablet.tab()
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => recordCheckIn(i % 2 ? tablet.store : other, session(), [student(`walk-${i}`)]).done),
  )
  const rows = await tablet.db.events.orderBy('outbox').toArray()
  expect(rows.map((row) => row.deviceSeq)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1))
  for (const [i, row] of rows.entries()) if (i > 0) expect(row.event.prev).toBe(eventHash(rows[i - 1]?.event))
})

test('Tabs that take turns go on from where the other left off', async () => {
  const { tablet, session } = await teaching()
  const other = await tablet.tab()
  for (let i = 0; i < 6; i++) {
    expect(await recordCheckIn(i % 2 ? tablet.store : other, session(), [student(`walk-${i}`)]).done).toEqual({ kind: 'saved' })
  }
  const rows = await tablet.db.events.orderBy('outbox').toArray()
  expect(rows.map((row) => row.deviceSeq)).toEqual([1, 2, 3, 4, 5, 6, 7])
  for (const [i, row] of rows.entries()) if (i > 0) expect(row.event.prev).toBe(eventHash(rows[i - 1]?.event))
})

test('[S13] What one tab records, the other shows', async () => {
  const { tablet, session } = await teaching()
  await tablet.store.catchUp()
  const other = await tablet.tab()
  await recordCheckIn(tablet.store, session(), [ana]).done
  await expect.poll(() => other.ledger.session(session().id)?.students.get(ana)?.since).toBe(tablet.clock.now)
  expect(other.outbox.markAt(session().id, ana)).toEqual({ kind: 'saved' })
})

test('[S13] [S15] A tab that looks late shows of another’s entries what waits and what the district set aside, and counts nothing confirmed among them', async () => {
  const { tablet, session } = await teaching()
  const { store, db } = tablet
  // A tab that hears nothing of the others: it looks by itself.
  const late = openAttendanceStore({ db: new LogDb(db.name), hints: tabs()(), now: store.now, newId: v7, breathe: () => Promise.resolve() })
  onTestFinished(() => late.stop())
  await (await late.start(null)).rest
  await recordCheckIn(store, session(), [ana]).done
  await recordCheckIn(store, session(), [ben]).done
  await recordCheckIn(store, session(), [student('cara')]).done
  const [setAside, confirmed] = (await db.events.orderBy('outbox').toArray()).slice(1)
  await db.events
    .where(':id')
    .equals(setAside?.row ?? 0)
    .modify((row: { outbox?: number; attention?: string }) => {
      delete row.outbox
      row.attention = 'outsideSite'
    })
  await db.events
    .where(':id')
    .equals(confirmed?.row ?? 0)
    .modify((row: { outbox?: number }) => void delete row.outbox)
  await late.catchUp()
  const marks = [ana, ben, student('cara')].map((one) => late.outbox.markAt(session().id, one).kind)
  expect(marks).toEqual(['attention', 'confirmed', 'saved'])
  expect(late.outbox.rows().map(({ event }) => event.type)).toEqual(['SessionStarted', 'StudentCheckedIn', 'StudentCheckedIn'])
  // What it has read it does not read again.
  const read = vi.spyOn(late.ledger, 'putEvents')
  await late.catchUp()
  expect(read).not.toHaveBeenCalled()
})

test('Undo leaves the roster as if the tap had never been, and keeps both in the trail', async () => {
  const { tablet, session } = await teaching()
  const { events } = recordCheckIn(tablet.store, session(), [ana])
  await recordVoid(tablet.store, session(), events, 'undone at once').done
  expect(session().students.get(ana)).toBeUndefined()
  expect(session().events.map(({ event, voidedBy }) => [event.type, voidedBy?.reason])).toContainEqual([
    'StudentCheckedIn',
    'undone at once',
  ])
})

test('A corrected time takes the place of the one it corrects and says why', async () => {
  const { tablet, session } = await teaching()
  await recordCheckIn(tablet.store, session(), [ana]).done
  const mark = session().students.get(ana)?.marks[0]
  if (!mark) throw new Error('there is no mark')
  const at = instant(tablet.clock.now - 30 * MINUTE)
  await recordCorrection(tablet.store, session(), mark, { at, reason: 'came earlier' }).done
  expect(session().students.get(ana)?.marks).toMatchObject([{ at, reason: 'came earlier', replaces: mark.id }])
})

test('Ending a session records the check-outs that were confirmed and no other', async () => {
  const { tablet, session } = await teaching()
  await recordCheckIn(tablet.store, session(), [ana, ben]).done
  const leaves = instant(tablet.clock.now + 60 * MINUTE)
  await recordEnd(tablet.store, session(), leaves, [{ student: ana, at: leaves }]).done
  expect(session().endedAt).toBe(leaves)
  expect(session().students.get(ana)?.intervals[0]?.out).toBe(leaves)
  expect(session().students.get(ben)?.missingCheckOut).toBe(true)
})

test('A cold start shows what was recorded before, without the network', async () => {
  const { tablet, session } = await teaching()
  await recordCheckIn(tablet.store, session(), [ana]).done
  const again = await tablet.tab()
  expect(again.ledger.session(session().id)?.students.get(ana)?.since).toBe(tablet.clock.now)
  expect(again.account?.me.staff).toBe('rivera')
  expect(again.ledger.student(ana)?.student.last).toBe('Tester')
})

test('A write that reached the disk before the connection broke is not written twice', async () => {
  const { tablet, session } = await teaching()
  const row = await tablet.db.events.orderBy('outbox').first()
  if (!row) throw new Error('nothing was recorded')
  const { deviceSeq: _, prev: __, ...event } = { ...row.event } as AttendanceEvent
  let first = true
  const db = Object.assign(Object.create(tablet.db) as LogDb, {
    close: () => undefined,
    open: () => tablet.db,
    backendDB: () => {
      if (!first) return tablet.db.backendDB()
      first = false
      throw Object.assign(new Error('lost'), { name: 'UnknownError' })
    },
  })
  expect((await record(db, [event]))[0]).toEqual(row.event)
  expect(
    await tablet.db.events
      .where('session')
      .equals(session().id as SessionId)
      .count(),
  ).toBe(1)
})
