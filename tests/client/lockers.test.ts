// A tablet that goes from hand to hand: each with a PIN, each with a locker, and nothing of it ever lost.
import 'fake-indexeddb/auto'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { v7 } from 'uuid'
import { forgetFact, readFact, writeFact } from '../../client/log/db.ts'
import { recordNote, recordStart } from '../../client/log/commands.ts'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import { pinRelayKeys } from '../../client/sync/relay/relayKeys.ts'
import { receiptsFile } from '../../client/sync/relay/returned.ts'
import { takeIn } from '../../client/sync/relay/takeIn.ts'
import { bundleOfWaiting, keepBroughtBack } from '../../client/trust/carrySealed.ts'
import { openCipher, SealBroken } from '../../client/trust/cipher.ts'
import { comeBack } from '../../client/trust/comeBack.ts'
import { dropAllHalfTyped, keepHalfTyped, readHalfTyped, sealTyping } from '../../client/trust/halfTyped.ts'
import { makeLocker, unlock, unlockByPasskey } from '../../client/trust/locker.ts'
import type { Locker } from '../../client/trust/lockers.ts'
import { openLockerApp } from '../../client/trust/lockerApp.ts'
import { openWatch } from '../../client/trust/recordingEnd.ts'
import { repair } from '../../client/trust/repair.ts'
import { sendSealed, waitingInLockers } from '../../client/trust/sendSealed.ts'
import { shredAll } from '../../client/trust/shred.ts'
import type { Stores } from '../../client/trust/stores.ts'
import { OPEN_STORE, storeNamed, withStore } from '../../client/trust/stores.ts'
import { backup } from '../../server/log/backup.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { DAY, HOUR, instant, MINUTE } from '../../shared/time.ts'
import { Done } from '../../shared/api.ts'
import { SignedIn } from '../../shared/api/people.ts'
import { RelayReply } from '../../shared/api/relay.ts'
import { as, type DeviceId, type StaffId } from '../../shared/ids.ts'
import { SECTION, smallDistrict } from '../server/smallDistrict.ts'
import { newFolder, NOW, restored } from '../server/testServer.ts'
import { offline, openRealTablet, through } from './realTablet.ts'
import type { Shared } from './sharedTablet.ts'
import { ana, KDF, leave, PIN, recordSome, sharedTablet } from './sharedTablet.ts'

/** Everything a copy of the store would show, as one text. */
const seenOnDisk = (stores: Stores, id: string): Promise<string> =>
  withStore(stores, id, async (db) => {
    const all = await Promise.all(db.tables.map((table) => table.toArray() as Promise<unknown[]>))
    return JSON.stringify(all, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))
  })

test('F56 What somebody recorded is sent when the tablet is locked, by whoever holds it, and confirmed by receipts', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const opened = await shared.open(locker)
  const tablet = await shared.use(opened, offline)
  await recordSome(tablet, 'Zebulon Quixote')
  expect(await tablet.db.events.orderBy('outbox').count()).toBe(5)
  leave(tablet)
  expect(await waitingInLockers(shared.stores)).toBe(5)
  expect(await sendSealed(shared.stores, offline)).toEqual({ kind: 'later' })
  expect(await sendSealed(shared.stores, shared.network)).toEqual({ kind: 'done', revoked: false })
  expect(await waitingInLockers(shared.stores)).toBe(0)
  const again = await shared.use(await shared.open(locker))
  expect((await again.db.events.toArray()).filter((row) => row.receipt !== undefined)).toHaveLength(5)
  expect(again.store.outbox.rows()).toEqual([])
})

test('Nothing is downloaded to a tablet before the PIN that the district asks for is set; then everything is', async () => {
  const shared = await sharedTablet()
  shared.server.context.trustPolicy.set({ pinNeeded: true })
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker))
  expect(await tablet.db.records.count()).toBe(0)
  await tablet.sync.now()
  expect(await tablet.db.records.count()).toBeGreaterThan(0)
  expect(tablet.store.ledger.section(SECTION)).toBeDefined()
})

test('S31 A copy of what a locker stores shows no name, no note and no walk-in, and everything is there again for its person', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker), offline)
  await recordSome(tablet, 'Zebulon Quixote')
  const [session] = [...tablet.store.ledger.sessions()]
  if (!session) throw new Error('nothing was recorded')
  await recordNote(tablet.store, session, ana, 'asked for her inhaler').done
  const names = [...tablet.store.ledger.students()].map(({ student: { last } }) => last)
  expect(names.length).toBeGreaterThan(1)
  const disk = await seenOnDisk(shared.stores, locker.id)
  expect(disk).toContain(ana)
  for (const name of [...names, 'Zebulon', 'Quixote', 'inhaler', 'Rivera', 'StudentCheckedIn']) expect(disk, name).not.toContain(name)
  expect(JSON.stringify(await tablet.db.events.toArray())).toContain('Zebulon Quixote')
})

test('S32 What somebody changed in the store is noticed; what was recorded still arrives as it was recorded, and the rest comes anew', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const opened = await shared.open(locker)
  const tablet = await shared.use(opened, offline)
  await recordSome(tablet)
  leave(tablet)
  const changed = await withStore(shared.stores, locker.id, async (db) => {
    const rows = (await db.events.orderBy('outbox').toArray()) as unknown as { row: number; id: string; sealed: Uint8Array }[]
    const [first, second] = rows
    if (!first || !second) throw new Error('nothing waits')
    // One is written over with another, as if the first had never been.
    await db.events.update(first.row, { sealed: second.sealed } as never)
    return first.id
  })
  const again = await shared.open(locker)
  await expect(again.db.events.toArray()).rejects.toBeInstanceOf(SealBroken)
  expect(await repair(shared.stores, again.db)).toBe(true)
  const mended = await shared.use(again)
  expect(await mended.db.parcels.where('state').equals('waiting').count()).toBe(1)
  await mended.sync.now()
  const known = shared.server.context.log.db.prepare('SELECT count(*) FROM event WHERE id = ?').pluck().get(changed)
  expect(known).toBe(1)
  expect(mended.store.outbox.rows()).toEqual([])
})

test('S32 A wrap, a locker or a place that was changed does not open, and a PIN of another locker opens nothing', async () => {
  const shared = await sharedTablet()
  const mine = await shared.enter('rivera')
  const hers = await shared.enter('marsh', '815362')
  await shared.stores.lockers.put({ ...mine, wrap: hers.wrap })
  expect(await unlock(shared.stores, mine, '815362')).toMatchObject({ kind: 'wrong' })
  await shared.stores.lockers.put({ ...mine, wrap: mine.wrap && { ...mine.wrap, kdf: { memory: 19_456, passes: 1 } } })
  expect(await unlock(shared.stores, mine, PIN)).toMatchObject({ kind: 'wrong' })
  const cipher = openCipher(new Uint8Array(32))
  expect(() => cipher.open(cipher.close('a', 'here'), 'there')).toThrow(SealBroken)
})

test('Two who share a tablet go on with one chain: nothing of the second is a fork of the first', async () => {
  const shared = await sharedTablet()
  const first = await shared.enter('rivera')
  const one = await shared.use(await shared.open(first), offline)
  await recordSome(one)
  leave(one)
  const second = await shared.enter('rivera', '815362')
  const two = await shared.use(await shared.open(second, '815362'))
  await two.sync.now()
  await recordSome(two)
  await sendSealed(shared.stores, shared.network, two.db)
  await two.sync.now()
  const { db } = shared.server.context.log
  expect(db.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(0)
  expect(db.prepare('SELECT count(DISTINCT device_seq) FROM event').pluck().get()).toBe(6)
})

test('F77 After ten wrong PINs nothing can be read here; what was recorded is still sent, and the password brings everything back', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker), offline)
  await recordSome(tablet, 'Zebulon Quixote')
  leave(tablet)
  const said: string[] = []
  for (let i = 0; i < 10; i++) {
    said.push((await unlock(shared.stores, locker, '111999')).kind)
    // From the fifth on also the right one waits.
    if (i >= 4 && i < 9) expect((await unlock(shared.stores, locker, PIN)).kind).toBe('wait')
    shared.clock.now += 15 * MINUTE
  }
  expect(said).toEqual([...Array.from({ length: 9 }, () => 'wrong'), 'gone'])
  expect((await unlock(shared.stores, locker, PIN)).kind).toBe('gone')
  const left = await withStore(shared.stores, locker.id, (db) => db.events.toArray())
  expect(left).toHaveLength(5)
  expect(left.every((row) => !('sealed' in row) && row.parcel !== undefined)).toBe(true)
  const next = await shared.enter('rivera', '937184')
  const back = await shared.use(await shared.open(next, '937184'))
  await sendSealed(shared.stores, shared.network, back.db)
  await back.sync.now()
  expect(await waitingInLockers(shared.stores)).toBe(0)
  expect(JSON.stringify(await back.db.events.toArray())).toContain('Zebulon Quixote')
})

test('F77 A new PIN after a forgotten one closes the old locker for ever and loses nothing that waits in it', async () => {
  const shared = await sharedTablet()
  const old = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(old), offline)
  await recordSome(tablet)
  leave(tablet)
  await shared.enter('rivera', '937184')
  expect((await unlock(shared.stores, old, PIN)).kind).toBe('gone')
  expect(await waitingInLockers(shared.stores)).toBe(3)
  await sendSealed(shared.stores, shared.network)
  expect(shared.server.context.log.db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(3)
})

test('[S9] When the power fails as the new locker is noted, the old one is closed already: nobody has two, and what waits in it is sent', async () => {
  const shared = await sharedTablet()
  const old = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(old), offline)
  await recordSome(tablet)
  leave(tablet)
  const { lockers } = shared.stores
  let isOff = false
  const failing = {
    ...lockers,
    async put(...all: Parameters<typeof lockers.put>) {
      if (isOff) throw new Error('the power is off')
      await lockers.put(...all)
      isOff = all.some(({ id }) => id !== old.id)
    },
  }
  const db = storeNamed(shared.stores, OPEN_STORE)
  const again = await openRealTablet(shared.server, OPEN_STORE, db, shared.network)
  const account = await again.signIn('rivera')
  again.store.stop()
  const stores = { ...shared.stores, lockers: failing }
  await expect(makeLocker(stores, db, { account, pin: '937184', isPhrase: false, place: '', kdf: KDF })).rejects.toThrow('the power is off')
  db.close()
  expect((await unlock(shared.stores, old, PIN)).kind).toBe('gone')
  const [only, another] = (await lockers.all()).filter(({ wrap }) => wrap !== null)
  if (!only || another) throw new Error('there is not one locker')
  await shared.open(only, '937184')
  await sendSealed(shared.stores, shared.network)
  expect(shared.server.context.log.db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(3)
})

test('[S14] A locked tablet without a network hands over what waits, by another device, and is confirmed by the receipts that come back', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker), offline)
  await recordSome(tablet, 'Zebulon Quixote')
  leave(tablet)
  const made = await bundleOfWaiting(shared.stores)
  if (made.kind !== 'parcel') throw new Error('nothing waits')
  expect(made.events).toBe(5)
  for (const word of ['Zebulon', 'ana', 'rivera']) expect(Buffer.from(made.bytes).toString('latin1')).not.toContain(`"${word}`)
  const carrier = await openRealTablet(shared.server)
  await carrier.signIn('marsh')
  await carrier.sync.now()
  // Cut short, or with a byte changed, it is refused or leaves that part where it is.
  for (const bytes of [made.bytes.subarray(0, -1), Uint8Array.from(made.bytes, (byte, i) => (i === 18 ? byte ^ 1 : byte))])
    expect(await takeIn(carrier.db, bytes, instant(shared.clock.now))).toMatchObject({ kind: 'refused' })
  const kept = await takeIn(carrier.db, made.bytes, instant(shared.clock.now))
  if (kept.kind !== 'kept') throw new Error(kept.why)
  await carrier.sync.now()
  const row = await carrier.db.parcels.get(kept.id)
  if (row?.state !== 'taken') throw new Error(`the bundle is ${row?.state}`)
  expect(row.reply).toMatchObject({ accepted: 5, duplicate: 0, quarantined: 0 })
  const inLog = () => shared.server.context.log.db.prepare('SELECT count(*) FROM event').pluck().get()
  expect(inLog()).toBe(5)
  expect(await waitingInLockers(shared.stores)).toBe(5)
  expect(await keepBroughtBack(shared.stores, made.bytes)).toEqual({ kind: 'notReceipts' })
  expect(await keepBroughtBack(shared.stores, await receiptsFile([]))).toEqual({ kind: 'nothingOfOurs' })
  expect(await keepBroughtBack(shared.stores, await receiptsFile(row.reply.receipts))).toEqual({ kind: 'settled', count: 5 })
  expect([await waitingInLockers(shared.stores), await bundleOfWaiting(shared.stores)]).toEqual([0, { kind: 'nothing' }])
  // Brought once more, nothing is counted twice.
  const again = await carrier.network(RelayReply, 'POST', '/api/sync/relay', { parcel: Buffer.from(made.bytes).toString('base64') })
  expect(again).toMatchObject({ kind: 'ok', value: { accepted: 0, duplicate: 5 } })
  expect(inLog()).toBe(5)
})

test('F72 A revoked tablet hands over what it holds, which waits for a person, and then nothing on it can be read', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker), offline)
  await recordSome(tablet)
  leave(tablet)
  shared.server.context.devices.revoke(locker.device)
  expect(await sendSealed(shared.stores, shared.network)).toEqual({ kind: 'done', revoked: true })
  const { db } = shared.server.context.log
  expect(db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(0)
  expect(db.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(3)
  expect((await unlock(shared.stores, locker, PIN)).kind).toBe('gone')
  expect(await withStore(shared.stores, locker.id, (store) => store.records.count())).toBe(0)
})

test('F70 Three weeks without a network: at the end of the grant nothing new is recorded, and everything recorded is sent', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker), offline)
  await recordSome(tablet)
  const { account } = tablet.store
  if (!account) throw new Error('nobody is signed in')
  const clock = { now: NOW }
  let spent = 0
  const watch = openWatch(
    () => instant(clock.now),
    () => spent,
    () => tablet.store.clock,
  )
  for (const [days, isEnded] of [
    [0, false],
    [6.99, false],
    [7.01, true],
    [21, true],
  ] as const) {
    clock.now = NOW + days * DAY
    spent = days * DAY
    expect(watch.isEnded(account), `${days} days`).toBe(isEnded)
  }
  // Set back, the clock gives nobody more time, and it is said.
  clock.now = NOW
  expect([watch.isEnded(account), watch.isSetBack()]).toEqual([true, true])
  // The district's word is the truth, also when it is earlier.
  tablet.store.setClock([{ offset: 0, roundTrip: 10, at: instant(NOW + 1) }])
  expect([watch.isEnded(account), watch.isSetBack()]).toEqual([false, false])
  leave(tablet)
  shared.server.wait(21 * DAY)
  await sendSealed(shared.stores, shared.network)
  expect(shared.server.context.log.db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(3)
})

test('F70 A clock that was wrong at sign-in, by however much, ends nothing early: the district’s clock counts', async () => {
  const server = await smallDistrict()
  const tablet = await openRealTablet(server)
  tablet.clock.now = NOW + 400 * DAY
  const account = await tablet.signIn('rivera')
  const watch = openWatch(
    () => instant(tablet.clock.now),
    () => tablet.clock.now,
    () => tablet.store.clock,
  )
  expect(watch.isEnded(account)).toBe(false)
  tablet.clock.now += 8 * DAY
  expect(watch.isEnded(account)).toBe(true)
})

test('S30 Coming back with a PIN the tablet is that person’s for the server too; with a grant that ended, was forged or is another device’s, nobody’s', async () => {
  const shared = await sharedTablet()
  const first = await shared.enter('rivera')
  const second = await shared.enter('marsh', '815362')
  const staffOf = () => shared.server.context.log.db.prepare('SELECT staff FROM device WHERE id = ?').pluck().get(first.device)
  expect(staffOf()).toBe('marsh')
  const tablet = await shared.use(await shared.open(first))
  const ask = comeBack({ db: tablet.db, store: tablet.store, send: shared.network, left: Promise.resolve() })
  expect(await ask('/api/sync/push')).toBeUndefined()
  expect(staffOf()).toBe('marsh')
  expect(await ask('/api/sync/pull')).toBeUndefined()
  expect(staffOf()).toBe('rivera')
  const grant = tablet.store.account?.grant
  if (!grant) throw new Error('there is no grant')
  const say = (other: typeof grant) => shared.network(SignedIn, 'POST', '/api/return', { grant: other })
  const body = JSON.parse(grant.body) as object
  for (const forged of [
    { body: JSON.stringify({ ...body, staff: 'marsh' }), signature: grant.signature },
    { body: grant.body, signature: grant.signature.replace(/^./, (sign) => (sign === 'A' ? 'B' : 'A')) },
    { body: JSON.stringify({ ...body, device: second.id }), signature: grant.signature },
    { body: 'null', signature: '' },
  ])
    expect(await say(forged)).toMatchObject({ kind: 'refused', status: 401 })
  const elsewhere = shared.server.browser()
  await elsewhere.signIn('marsh')
  expect((await elsewhere.ask('POST', '/api/return', { grant })).status).toBe(401)
  // Ours, for this device, and good until its last moment; then over.
  const { until } = JSON.parse(grant.body) as { until: number }
  const { log } = shared.server.context
  shared.server.wait(until - 1 - log.sources.now())
  expect(await say(grant)).toMatchObject({ kind: 'ok' })
  shared.server.wait(1)
  expect(await say(grant)).toMatchObject({ kind: 'refused', status: 401 })
  shared.server.wait(-DAY)
  expect(await say(grant)).toMatchObject({ kind: 'ok' })
  shared.server.context.log.db.prepare("UPDATE account SET password = 'another' WHERE staff = 'rivera'").run()
  expect(await say(grant)).toMatchObject({ kind: 'refused', status: 401 })
})

test('S31 What is half typed is closed under the PIN: the next person reads nothing of it and takes nothing of it away', async () => {
  const kept = new Map<string, string>()
  const storage = {
    get length() {
      return kept.size
    },
    key: (i: number) => [...kept.keys()][i] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  globalThis.localStorage = storage as unknown as Storage
  onTestFinished(() => sealTyping(null))
  const [me, her] = ['rivera', 'marsh'] as unknown as [StaffId, StaffId]
  sealTyping(openCipher(new Uint8Array(32).fill(1)))
  keepHalfTyped(me, 'walkIn', { name: 'Zebulon Quixote' }, instant(NOW))
  expect([...kept.values()].join(' ')).not.toContain('Zebulon')
  expect(readHalfTyped(me, 'walkIn', instant(NOW))).toEqual({ name: 'Zebulon Quixote' })
  sealTyping(openCipher(new Uint8Array(32).fill(2)))
  expect(readHalfTyped(me, 'walkIn', instant(NOW))).toEqual({})
  dropAllHalfTyped({ person: her, now: instant(NOW) })
  sealTyping(openCipher(new Uint8Array(32).fill(1)))
  expect(readHalfTyped(me, 'walkIn', instant(NOW))).toEqual({ name: 'Zebulon Quixote' })
})

test('F71 Whose account ended while the tablet was locked: what was recorded before counts, and coming back is refused', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker), offline)
  await recordSome(tablet)
  const grant = tablet.store.account?.grant
  leave(tablet)
  const { log, accounts } = shared.server.context
  shared.server.wait(HOUR)
  const account = accounts.byStaff('rivera')
  if (!account || !grant) throw new Error('nobody was signed in')
  accounts.change(account, { state: 'disabled' })
  await sendSealed(shared.stores, shared.network)
  expect(log.db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(3)
  expect(log.db.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(0)
  expect(await shared.network(Done, 'POST', '/api/return', { grant })).toMatchObject({ kind: 'refused', status: 401 })
})

test('F73 A student who changed schools while the tablet was locked: the record stays with the school where it was made', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker), offline)
  await recordSome(tablet)
  leave(tablet)
  const { log, store } = shared.server.context
  const enrollment = store.list('enrollment').find(({ body }) => body.student === ana)
  if (!enrollment) throw new Error('the student is enrolled nowhere')
  const other = store.list('site').find(({ id }) => id !== enrollment.body.site)
  if (!other) throw new Error('there is one school')
  store.apply([{ ...enrollment, body: { ...enrollment.body, site: other.body.id } }])
  await sendSealed(shared.stores, shared.network)
  const kept = log.db
    .prepare("SELECT count(*) FROM event WHERE site = ? AND json_extract(body, '$.type') = 'StudentCheckedIn'")
    .pluck()
    .get(enrollment.body.site)
  expect(kept).toBe(2)
})

/** A passkey as the browser hands it over; what the device itself does is played in a real browser. */
const passkey = (byte: number) => ({
  credential: new Uint8Array(16).fill(byte),
  salt: new Uint8Array(32).fill(byte),
  answer: new Uint8Array(32).fill(byte),
})
const lockerNow = async ({ stores }: Shared, { id }: Locker): Promise<Locker> => {
  const found = (await stores.lockers.all()).find((each) => each.id === id)
  if (!found) throw new Error('the locker has gone')
  return found
}

test('A try is counted before it is made, so that ending the app in the middle gains nothing; the right PIN begins the count anew', async () => {
  const shared = await sharedTablet()
  const { stores } = shared
  const locker = await shared.enter('rivera')
  const lockers = { ...stores.lockers, deviceKey: () => Promise.reject(new Error('the app was ended')) }
  await expect(unlock({ ...stores, lockers }, locker, '815362')).rejects.toThrow('the app was ended')
  expect((await lockerNow(shared, locker)).tries).toEqual({ wrong: 1, at: NOW })
  for (const left of [8, 7, 6]) expect(await unlock(stores, locker, '815362')).toEqual({ kind: 'wrong', left })
  const opened = await shared.open(locker)
  expect((await lockerNow(shared, locker)).tries.wrong).toBe(0)
  expect(await unlock(stores, locker, '815362')).toEqual({ kind: 'wrong', left: 9 })
  await opened.changePin('937184', false)
  expect((await lockerNow(shared, locker)).tries.wrong).toBe(0)
  expect(await unlock(stores, locker, PIN)).toEqual({ kind: 'wrong', left: 9 })
  // What the tablet knew of the locker before is not what counts.
  expect(await unlock(stores, { ...locker, tries: { wrong: 0, at: instant(0) } }, PIN)).toEqual({ kind: 'wrong', left: 8 })
})

test('A passkey of the device opens a locker beside the PIN, also while wrong PINs make wait; nothing else it answers does', async () => {
  const shared = await sharedTablet()
  const { stores } = shared
  const locker = await shared.enter('rivera')
  expect((await unlockByPasskey(stores, locker, passkey(7).answer)).kind).toBe('otherPasskey')
  const opened = await shared.open(locker)
  expect(await opened.addPasskey(passkey(7))).toBe(true)
  await opened.standAt('Alder Creek')
  expect(await opened.hasPasskey()).toBe(true)
  opened.db.close()
  for (let i = 0; i < 6; i++) await unlock(stores, locker, '000000')
  expect((await unlock(stores, locker, PIN)).kind).toBe('wait')
  expect((await unlockByPasskey(stores, locker, passkey(8).answer)).kind).toBe('otherPasskey')
  const again = await unlockByPasskey(stores, locker, passkey(7).answer)
  if (again.kind !== 'open') throw new Error(again.kind)
  const tablet = await shared.use(again.opened, offline)
  expect(tablet.store.account?.me.staff).toBe(locker.person)
  // Another PIN leaves it; its person takes it away.
  await again.opened.changePin('814072', false)
  expect(await again.opened.hasPasskey()).toBe(true)
  await again.opened.dropPasskey()
  leave(tablet)
  expect((await unlockByPasskey(stores, locker, passkey(7).answer)).kind).toBe('otherPasskey')
  expect((await unlock(stores, locker, '814072')).kind).toBe('open')
})

test('A wrap for a passkey belongs to one locker and one browser: changed, moved or copied it opens nothing', async () => {
  const [shared, elsewhere] = [await sharedTablet(), await sharedTablet()]
  const locker = await shared.enter('rivera')
  const opened = await shared.open(locker)
  await opened.addPasskey(passkey(7))
  const held = await lockerNow(shared, locker)
  if (!held.passkey) throw new Error('no passkey is held')
  const bent = Uint8Array.from(held.passkey.key.bytes)
  bent[3] = (bent[3] ?? 0) ^ 1
  for (const passkeyHeld of [
    { ...held.passkey, key: { ...held.passkey.key, bytes: bent } },
    { ...held.passkey, secret: held.passkey.key },
  ]) {
    await shared.stores.lockers.put({ ...held, passkey: passkeyHeld })
    expect((await unlockByPasskey(shared.stores, locker, passkey(7).answer)).kind).toBe('otherPasskey')
  }
  await shared.stores.lockers.put({ ...held, id: `${held.id}x` })
  expect((await unlockByPasskey(shared.stores, { ...held, id: `${held.id}x` }, passkey(7).answer)).kind).toBe('otherPasskey')
  // Another browser has another secret of its own.
  await elsewhere.stores.lockers.put(held)
  expect((await unlockByPasskey(elsewhere.stores, held, passkey(7).answer)).kind).toBe('otherPasskey')
})

test('A device that somebody else gets a PIN on opens for nobody’s passkey, and takes none; ten wrong PINs take it away too', async () => {
  const shared = await sharedTablet()
  const { stores } = shared
  const locker = await shared.enter('rivera')
  const opened = await shared.open(locker)
  expect(await opened.addPasskey(passkey(7))).toBe(true)
  opened.db.close()
  const other = await shared.enter('osei')
  expect((await lockerNow(shared, locker)).passkey).toBeUndefined()
  expect((await unlockByPasskey(stores, locker, passkey(7).answer)).kind).toBe('otherPasskey')
  const second = await shared.open(other)
  expect(await second.isShared()).toBe(true)
  expect(await second.addPasskey(passkey(9))).toBe(false)
  second.db.close()

  const alone = await sharedTablet()
  const own = await alone.enter('rivera')
  const mine = await alone.open(own)
  await mine.addPasskey(passkey(7))
  mine.db.close()
  for (let i = 0; i < 10; i++) {
    alone.clock.now += HOUR
    await unlock(alone.stores, own, '000000')
  }
  expect(await lockerNow(alone, own)).toMatchObject({ wrap: null })
  expect((await lockerNow(alone, own)).passkey).toBeUndefined()
  expect((await unlockByPasskey(alone.stores, own, passkey(7).answer)).kind).toBe('gone')
})

test('[S8] A closed locker goes thirty days after its receipts, by the district’s clock, once a checked backup holds it; a tablet’s clock takes nothing away', async () => {
  const shared = await sharedTablet()
  const { stores, clock, server } = shared
  const old = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(old), offline)
  await recordSome(tablet)
  leave(tablet)
  const next = await shared.enter('rivera', '937184')
  await sendSealed(stores, shared.network)
  const opened = await shared.open(next, '937184')
  const isKept = async (): Promise<boolean> => (await stores.lockers.all()).some(({ id }) => id === old.id)
  const { epoch, head } = server.context.log
  const daysLater = async (days: number, by: 'both' | 'tablet'): Promise<boolean> => {
    clock.now = NOW + days * DAY
    const offset = by === 'tablet' ? -days * DAY : 0
    await writeFact(opened.db, 'clock', [{ offset, roundTrip: 20, at: instant(clock.now) }])
    await sendSealed(stores, shared.network, opened.db)
    return isKept()
  }
  expect(await daysLater(31, 'both')).toBe(true)
  await writeFact(opened.db, 'verified', { epoch, seq: head(), at: instant(NOW) })
  await sendSealed(stores, shared.network)
  expect(await isKept()).toBe(true)
  expect(await daysLater(20_000, 'tablet')).toBe(true)
  expect(await daysLater(29, 'both')).toBe(true)
  expect(await daysLater(31, 'both')).toBe(false)
})

test('[S8] What a restored backup lost is offered again from lockers that nobody can open: nothing waits in them, and nobody comes to tell', async () => {
  const shared = await sharedTablet()
  const { stores, server } = shared
  const copy = join(newFolder(), 'copy')
  const locker = await shared.enter('rivera')
  await backup(server.context.log.db, server.folder, copy, instant(NOW))
  const tablet = await shared.use(await shared.open(locker), offline)
  await recordSome(tablet)
  leave(tablet)
  expect(await sendSealed(stores, shared.network)).toEqual({ kind: 'done', revoked: false })
  await shredAll(stores)
  expect(await waitingInLockers(stores)).toBe(0)
  const back = await restored(server, copy)
  const count = back.context.log.db.prepare('SELECT count(*) FROM event').pluck()
  const again = through(back.browser(shared.browser.cookies))
  expect(count.get()).toBe(0)
  expect(await sendSealed(stores, again)).toEqual({ kind: 'done', revoked: false })
  expect([count.get(), await waitingInLockers(stores)]).toEqual([3, 0])
})

test('F72 A locked tablet on which nothing waits hears that it was revoked, too', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  shared.server.context.devices.revoke(locker.device)
  expect(await sendSealed(shared.stores, shared.network)).toEqual({ kind: 'done', revoked: true })
  expect((await unlock(shared.stores, locker, PIN)).kind).toBe('gone')
})

test('[S9] A tab that has not heard that the person signed out in another sets no PIN: a locker always has its person in it', async () => {
  const shared = await sharedTablet()
  const { stores } = shared
  const db = storeNamed(stores, OPEN_STORE)
  const tablet = await openRealTablet(shared.server, OPEN_STORE, db, shared.network)
  const account = await tablet.signIn('rivera')
  expect(await pinRelayKeys(db, shared.network)).toBe(true)
  tablet.store.stop()
  await forgetFact(db, 'account')
  expect(await makeLocker(stores, db, { account, pin: PIN, isPhrase: false, place: '', kdf: KDF })).toBeUndefined()
  expect(await stores.lockers.all()).toEqual([])
})

test('[S9] Whose browser has become another device is asked to sign in; what was recorded then goes out as it was, and nothing waits for a person', async () => {
  const shared = await sharedTablet()
  const { stores, server } = shared
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker), offline)
  await recordSome(tablet)
  leave(tablet)
  // Somebody deleted the browser's cookies, and the first to sign in was never here before.
  shared.browser.cookies.clear()
  const osei = await shared.enter('osei', '937184')
  expect(osei.device).not.toBe(locker.device)
  const again = await shared.use(await shared.open(locker))
  // As where there is no key to sign with: a page without TLS.
  await forgetFact(again.db, 'deviceKey')
  server.context.log.db.prepare('UPDATE device SET public_key = NULL').run()
  await again.sync.now()
  expect(again.sync.state().network).toBe('signedOut')
  const count = (table: string) => server.context.log.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
  expect([await waitingInLockers(stores), count('quarantine')]).toEqual([3, 0])
  leave(again)
  const next = await shared.enter('rivera', '518364')
  expect(next.device).toBe(osei.device)
  await sendSealed(stores, shared.network)
  expect([await waitingInLockers(stores), count('event'), count('quarantine')]).toEqual([0, 3, 0])
})

test('[S9] What was recorded before the browser became another device, and waits in a locker made since, arrives also when nobody can open that', async () => {
  const shared = await sharedTablet()
  const { stores, server } = shared
  const { tablet } = await shared.signIn('rivera')
  tablet.network = offline
  await recordSome(tablet)
  const before = (await tablet.db.events.toArray()).map(({ id }) => id)
  shared.browser.cookies.clear()
  // The district is busy when the next one signs in: what waits goes into the locker.
  tablet.network = async (schema, method, path, body) =>
    path.endsWith('/push') ? { kind: 'offline' } : shared.network(schema, method, path, body)
  const account = await tablet.signIn('osei')
  expect(await pinRelayKeys(tablet.db, shared.network)).toBe(true)
  const locker = await makeLocker(stores, tablet.db, { account, pin: PIN, isPhrase: false, place: '', kdf: KDF })
  expect(locker?.device).toBe(account.device.id)
  leave(tablet)
  await shredAll(stores)
  await sendSealed(stores, shared.network)
  const { db } = server.context.log
  const there = db.prepare<[], string>('SELECT id FROM event UNION SELECT event FROM quarantine').pluck().all()
  expect(before.filter((id) => !there.includes(id))).toEqual([])
  expect(await waitingInLockers(stores)).toBe(0)
})

test('[S9] A sign-in that makes another key for the device makes it for everybody who has a locker there: each is still heard', async () => {
  const shared = await sharedTablet()
  const first = await shared.enter('rivera')
  // As where the tablet's browser had become another device in between: the next one makes a key of its own.
  const second = await shared.enter('osei', '937184')
  expect(second.device).toBe(first.device)
  const key = await withStore(shared.stores, second.id, (db) => readFact(db, 'deviceKey'))
  expect(key?.record).toBeTruthy()
  const tablet = await shared.use(await shared.open(first), shared.network)
  await recordSome(tablet)
  await tablet.sync.now()
  expect(tablet.store.outbox.rows()).toEqual([])
})

test('[S9] Whoever signs in again in a locker and turns out to be on another device begins anew there; the locker closes with what waits in it', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const opened = await shared.open(locker)
  const tablet = await shared.use(opened, offline)
  await recordSome(tablet)
  const reload = vi.fn()
  vi.stubGlobal('location', { reload })
  onTestFinished(() => void vi.unstubAllGlobals())
  const { account } = tablet.store
  if (!account) throw new Error('nobody is here')
  const session = openLockerApp(shared.stores, opened, Promise.resolve()).sessionOf(tablet.session)
  await session.signedIn({ ...account })
  expect(reload).not.toHaveBeenCalled()
  void session.signedIn({ ...account, device: { ...account.device, id: as<DeviceId>('another') } })
  await vi.waitFor(() => expect(reload).toHaveBeenCalled())
  expect((await unlock(shared.stores, locker, PIN)).kind).toBe('gone')
  expect(await waitingInLockers(shared.stores)).toBe(3)
})

test('[S9] On a tablet that somebody copied, only what lies in a locker that nobody can open waits for a person; what comes after it is recorded again', async () => {
  const shared = await sharedTablet()
  const { stores, server } = shared
  const old = await shared.enter('rivera')
  const before = await shared.use(await shared.open(old), offline)
  const list = before.store.ledger.section(SECTION)
  if (!list) throw new Error('the section was not pulled')
  recordStart(before.store, v7, planOf(list, '2026-11-22' as SchoolDate, 'America/Los_Angeles'))
  await vi.waitFor(async () => expect(await before.db.events.orderBy('outbox').count()).toBe(1))
  const [first] = await before.db.events.toArray()
  const actor = before.store.account?.me.staff
  leave(before)
  // The copy took the same number and was quicker.
  const twin = { ...first?.event, id: v7(), session: v7(), actor }
  server.context.receive({ device: old.device, events: [twin], report: undefined })
  await shredAll(stores)
  const next = await shared.enter('rivera', '937184')
  const tablet = await shared.use(await shared.open(next, '937184'))
  await recordSome(tablet)
  await tablet.sync.now()
  await sendSealed(stores, shared.network, tablet.db)
  const open = server.context.log.db.prepare<[], string>('SELECT event FROM quarantine WHERE decision IS NULL').pluck().all()
  const left = await withStore(stores, old.id, (db) => db.events.toArray())
  expect(open.toSorted()).toEqual(left.map(({ id }) => id).toSorted())
  expect([open.length, tablet.store.outbox.rows().length]).toEqual([1, 0])
})

test('[S9] An app of tomorrow that was taken back leaves lockers that today’s still opens, and empties', async () => {
  const shared = await sharedTablet()
  const { stores } = shared
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker), offline)
  await recordSome(tablet)
  leave(tablet)
  for (const { name = '', version = 1 } of await stores.factory.databases()) {
    const opening = stores.factory.open(name, version + 50)
    await new Promise((resolve, reject) => {
      opening.onupgradeneeded = () => opening.result.createObjectStore('thoughts')
      opening.onsuccess = resolve
      opening.onerror = reject
    })
    opening.result.close()
  }
  expect(await waitingInLockers(stores)).toBe(3)
  await sendSealed(stores, shared.network)
  expect(await waitingInLockers(stores)).toBe(0)
  const again = await shared.use(await shared.open(locker))
  expect(again.store.outbox.rows()).toEqual([])
})

test('Wrong PINs while the clock was years ahead, which is then put right: nobody waits longer than the delay itself', async () => {
  const shared = await sharedTablet()
  const { clock, stores } = shared
  const locker = await shared.enter('rivera')
  clock.now += 20_000 * DAY
  for (let i = 0; i < 5; i++) expect((await unlock(stores, locker, '111999')).kind).toBe('wrong')
  clock.now = NOW
  expect((await unlock(stores, locker, PIN)).kind).toBe('wait')
  clock.now += MINUTE / 4
  expect((await unlock(stores, locker, PIN)).kind).toBe('wait')
  clock.now += MINUTE / 2
  expect((await unlock(stores, locker, PIN)).kind).toBe('open')
})
