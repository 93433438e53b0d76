// The device as a safe: a full disk, an emptied one, one that a newer build wrote, and what all of them say.
import 'fake-indexeddb/auto'
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { v7 } from 'uuid'
import { DeviceReport } from '../../shared/api/sync.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { HOUR, instant } from '../../shared/time.ts'
import { recordCheckIn, recordStart } from '../../client/log/commands.ts'
import { LogDb } from '../../client/log/db.ts'
import { readFirst } from '../../client/log/firstRead.ts'
import { isReserveKept, keepReserve, RESERVE, RESERVE_BYTES, reserveSpent } from '../../client/log/reserve.ts'
import { healthLine } from '../../client/screens/teacher/DevicePage.tsx'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import { deviceReport } from '../../client/sync/deviceReport.ts'
import { NOTHING_YET } from '../../client/sync/syncState.ts'
import { noteHeld } from '../../client/trust/keepSafe.ts'
import { forgetMarker, noticeEmptied, readMarker, wasEmptied, writeMarker } from '../../client/trust/marker.ts'
import { mayBeErased, storageKind } from '../../client/trust/storage.ts'
import { WORDS } from '../../client/words/index.ts'
import { SECTION, smallDistrict, student } from '../server/smallDistrict.ts'
import type { RealTablet } from './realTablet.ts'
import { offline, openRealTablet } from './realTablet.ts'

const notes = new Map<string, string>()
beforeEach(() => {
  notes.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => notes.get(key) ?? null,
    setItem: (key: string, value: string) => void notes.set(key, value),
    removeItem: (key: string) => void notes.delete(key),
  })
})
afterEach(() => vi.unstubAllGlobals())

async function teaching(): Promise<{ tablet: RealTablet; checkIn: (name: string) => Promise<{ kind: string }> }> {
  const tablet = await openRealTablet(await smallDistrict())
  await tablet.signIn('rivera')
  const list = tablet.store.ledger.section(SECTION)
  if (!list) throw new Error('the section was not pulled')
  const { session } = recordStart(tablet.store, v7, planOf(list, '2026-11-22' as SchoolDate, 'America/Los_Angeles'))
  const checkIn = (name: string) => {
    const held = tablet.store.ledger.session(session)
    if (!held) throw new Error('the session is not there')
    return recordCheckIn(tablet.store, held, [student(name)]).done
  }
  await checkIn('cleo')
  return { tablet, checkIn }
}

/** From now on a store takes new rows only while the reserve is not in it; the browser may count the space so many tries late. */
function fillTheDisk(tablet: RealTablet, late = 0): () => void {
  const { add } = IDBObjectStore.prototype
  const tries = { left: Infinity }
  const { factory } = tablet.db
  factory.deleteDatabase = (name) => {
    if (name === RESERVE) tries.left = late
    return IDBFactory.prototype.deleteDatabase.call(factory, name)
  }
  IDBObjectStore.prototype.add = function (...given: Parameters<typeof add>) {
    if (tries.left-- > 0) throw new DOMException('the disk is full', 'QuotaExceededError')
    return add.apply(this, given)
  }
  return () => {
    IDBObjectStore.prototype.add = add
    Reflect.deleteProperty(factory, 'deleteDatabase')
  }
}

test('[S1] On a full disk the reserve is given up and the tap is saved; that is said, and the reserve comes back with the space', async () => {
  const { tablet, checkIn } = await teaching()
  await keepReserve(tablet.db, null)
  expect(await isReserveKept(tablet.db.factory)).toBe(true)
  let told = 0
  const stop = reserveSpent.on(() => told++)
  const empty = fillTheDisk(tablet)
  expect(await checkIn('ana')).toEqual({ kind: 'saved' })
  expect([reserveSpent.get(), told, await isReserveKept(tablet.db.factory)]).toEqual([true, 1, false])
  expect(storageKind({ persisted: true, free: 1 })).toBe('reserve')
  empty()
  await keepReserve(tablet.db, 1_000)
  expect(reserveSpent.get()).toBe(true)
  await keepReserve(tablet.db, 100 * RESERVE_BYTES)
  expect([reserveSpent.get(), told]).toEqual([false, 2])
  stop()
})

test.each([0, 2, 4])(
  '[S1] Two taps at once on a full disk are both saved, also when the browser counts what was freed %i tries late',
  async (late) => {
    const { tablet, checkIn } = await teaching()
    await keepReserve(tablet.db, null)
    const empty = fillTheDisk(tablet, late)
    const taps = ['ana', 'ben'].map(checkIn)
    // A third while the space is not counted yet.
    await vi.waitFor(() => expect(reserveSpent.get()).toBe(true))
    expect(await Promise.all([...taps, checkIn('dora')])).toEqual([{ kind: 'saved' }, { kind: 'saved' }, { kind: 'saved' }])
    expect(tablet.store.fault).toBeNull()
    empty()
    await keepReserve(tablet.db, null)
  },
)

test('[S1] A full disk without a reserve says that the tap was not saved', async () => {
  const { tablet, checkIn } = await teaching()
  await new Promise((resolve) => tablet.db.factory.deleteDatabase(RESERVE).addEventListener('success', resolve))
  const empty = fillTheDisk(tablet)
  expect(await checkIn('ana')).toEqual({ kind: 'failed', why: 'full' })
  empty()
  expect(tablet.store.fault).toBe('full')
})

test('What the device held is noted beside its database, without a name', async () => {
  const { tablet, checkIn } = await teaching()
  await tablet.sync.now()
  tablet.network = offline
  await checkIn('ana')
  await noteHeld(tablet)
  expect(readMarker()).toEqual({ confirmed: 2, unsent: 1, at: tablet.clock.now, since: tablet.clock.now })
  const { now } = tablet.clock
  tablet.clock.now += 5
  await noteHeld(tablet)
  expect(readMarker()).toMatchObject({ at: now + 5, since: now })
  expect([...notes.values()].join('')).not.toMatch(/ana|cleo/)
})

test('A database found empty beside such a note was emptied by the browser: that is said with what is safe, until it is read', async () => {
  writeMarker({ confirmed: 12, unsent: 3, at: 5, since: 4 })
  noticeEmptied(true)
  expect(readMarker()?.emptied).toBeUndefined()
  noticeEmptied(false)
  expect(readMarker()).toEqual({ confirmed: 12, unsent: 3, at: 5, since: 4, emptied: true })
  expect(storageKind({ persisted: true, free: null })).toBe('emptied')
  // A new sign-in and new entries do not write over what nobody has read.
  const { tablet } = await teaching()
  await noteHeld(tablet)
  expect(readMarker()?.emptied).toBe(true)
  expect(WORDS.en.device.safe.emptied(12, 3, 'yesterday')).toMatch(
    /12 entries of it were confirmed.*3 entries were not confirmed yet and may be lost/,
  )
  forgetMarker()
  await noteHeld(tablet)
  expect(readMarker()?.emptied).toBeUndefined()
})

test('A browser that keeps no notes, or keeps nonsense, stands in nobody’s way', () => {
  expect(wasEmptied(false, undefined)).toBe(false)
  expect(wasEmptied(false, { confirmed: 0, unsent: 0, at: 1, since: 1 })).toBe(false)
  for (const text of ['{', 'null', '[]', '{"confirmed":"many"}', '7']) {
    notes.set('recoup-held', text)
    expect(readMarker()).toBeUndefined()
  }
  const refuse = (): never => {
    throw new DOMException('no', 'SecurityError')
  }
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse })
  writeMarker({ confirmed: 1, unsent: 1, at: 1, since: 1 })
  forgetMarker()
  expect(readMarker()).toBeUndefined()
})

test('A window that forgets everything when it is closed is told apart from storage that is kept', () => {
  expect(storageKind({ persisted: true, free: 1 })).toBe('kept')
  expect(storageKind({ persisted: false, free: 100_000_000 })).toBe('temporary')
  expect(storageKind({ persisted: false, free: 10_000_000_000 })).toBe('asked')
  expect(storageKind({ persisted: null, free: null })).toBe('unknown')
})

test('A device that has not outlived a night, and promises nothing, may erase everything at sign-out: that is said before the first check-in', () => {
  const asked = { persisted: false, free: null }
  expect(mayBeErased(asked, 1)).toBe(true)
  writeMarker({ confirmed: 0, unsent: 0, at: 1, since: 1 })
  expect(mayBeErased(asked, 15 * HOUR)).toBe(true)
  expect(mayBeErased(asked, 17 * HOUR)).toBe(false)
  expect(mayBeErased({ persisted: true, free: null }, 1)).toBe(false)
})

/** The store as the first released build made it, by hand. */
function firstBuild(factory: IDBFactory, version: number, more: (db: IDBDatabase) => void = () => undefined): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    // The library keeps its version in tens.
    const request = factory.open('recoup', version * 10)
    request.onerror = () => reject(request.error ?? new Error('not opened'))
    request.onsuccess = () => resolve(request.result)
    request.onupgradeneeded = () => {
      const db = request.result
      const events = db.createObjectStore('events', { keyPath: 'row', autoIncrement: true })
      events.createIndex('id', 'id', { unique: true })
      for (const index of ['session', 'on', 'outbox', 'attention']) events.createIndex(index, index)
      events.createIndex('[device+deviceSeq]', ['device', 'deviceSeq'], { unique: true })
      const records = db.createObjectStore('records', { keyPath: ['kind', 'id'] })
      for (const index of ['kind', 'page']) records.createIndex(index, index)
      records.createIndex('[kind+body.student]', ['kind', 'body.student'])
      db.createObjectStore('receipts', { keyPath: 'row', autoIncrement: true })
      db.createObjectStore('meta', { keyPath: 'name' })
      more(db)
    }
  })
}

const unsent = { id: 'e1', session: 's', device: 'd', deviceSeq: 1, outbox: 1, event: { type: 'StudentCheckedIn', recordedAt: 5 } }
const stored = (db: IDBDatabase): Promise<void> =>
  new Promise((resolve) => {
    const transaction = db.transaction(['events', 'meta'], 'readwrite')
    transaction.objectStore('events').add(unsent)
    transaction.objectStore('meta').put({ name: 'head:d', value: { deviceSeq: 1, hash: 'h' } })
    transaction.oncomplete = () => {
      db.close()
      resolve()
    }
  })

test('[S9] An update of the app finds what the build before left unsent, and goes on from it', async () => {
  const indexedDB = new IDBFactory()
  await stored(await firstBuild(indexedDB, 1))
  const db = new LogDb('recoup', { indexedDB, IDBKeyRange })
  expect(await db.events.orderBy('outbox').toArray()).toMatchObject([unsent])
  expect((await db.meta.get('head:d'))?.value).toEqual({ deviceSeq: 1, hash: 'h' })
  expect(await db.parcels.count()).toBe(0)
  db.close()
})

test('[S9] An older app opens what a newer one stored, shows what is unsent, and records on', async () => {
  const indexedDB = new IDBFactory()
  await stored(await firstBuild(indexedDB, 9, (db) => void db.createObjectStore('ofTheFuture', { keyPath: 'id' })))
  expect((await readFirst(indexedDB, 'recoup', null, instant(1))).outbox).toMatchObject([unsent])
  const db = new LogDb('recoup', { indexedDB, IDBKeyRange })
  expect(await db.events.orderBy('outbox').toArray()).toMatchObject([unsent])
  await db.events.add({ ...unsent, id: 'e2', deviceSeq: 2, outbox: 2 } as never)
  expect(await db.events.count()).toBe(2)
  db.close()
})

test('The health of a device is one line for the teacher, and the same goes to the district', async () => {
  const { tablet } = await teaching()
  const report = await deviceReport({
    store: tablet.store,
    parity: null,
    storage: async () => ({ persisted: true, free: null }),
    version: '1.2.3',
  })
  expect(DeviceReport.parse(report)).toMatchObject({
    unsent: 2,
    attention: 0,
    storage: 'kept',
    appVersion: '1.2.3',
    rules: expect.any(String),
  })
  const state = { ...NOTHING_YET, unsent: 2, attention: 1, oldestUnsentAt: instant(1), lastConfirmedAt: instant(2) }
  const line = healthLine(WORDS.en, state, { persisted: true, free: null }, '1.2.3', (at) => `at ${at}`)
  expect(line).toContain('2 unsent · oldest from at 1 · 1 needs attention · last confirmed at 2 · storage kept · 1.2.3')
})
