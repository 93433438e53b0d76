// A PIN is set while somebody goes on recording, in this tab or another: what was said to be saved is saved.
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { recordCheckIn } from '../../client/log/commands.ts'
import { readFact } from '../../client/log/db.ts'
import { readFirst } from '../../client/log/firstRead.ts'
import { isMoved, noteMoved } from '../../client/log/moved.ts'
import { settleMoved } from '../../client/trust/afterMoving.ts'
import { makeLocker } from '../../client/trust/locker.ts'
import { seedOpenStore } from '../../client/trust/seedOpenStore.ts'
import type { Stores } from '../../client/trust/stores.ts'
import { isThere, OPEN_STORE, storeNamed, withStore } from '../../client/trust/stores.ts'
import { student } from '../server/smallDistrict.ts'
import { offline, openRealTablet } from './realTablet.ts'
import { ana, ben, KDF, leave, PIN, recordSome, sharedTablet, startOne } from './sharedTablet.ts'

const asked = { pin: PIN, isPhrase: false, place: '', kdf: KDF }

/** The ids of all events in any database of the tablet. */
async function everywhere(stores: Stores): Promise<ReadonlySet<string>> {
  const names = (await stores.lockers.all()).map(({ id }) => id)
  if (await isThere(stores, OPEN_STORE)) names.push(OPEN_STORE)
  const found = await Promise.all(names.map((name) => withStore(stores, name, (db) => db.events.orderBy('id').keys())))
  return new Set(found.flat().map(String))
}

test('[S1] What is tapped while a PIN is being set waits, is saved, and is in the locker with everything before it, in one chain', async () => {
  const shared = await sharedTablet()
  const { tablet, account } = await shared.signIn('rivera')
  tablet.network = offline
  const held = startOne(tablet)
  expect((await recordCheckIn(tablet.store, held, [ana, ben]).done).kind).toBe('saved')
  let isMade = false
  const making = makeLocker(shared.stores, tablet.db, { account, ...asked }).finally(() => {
    isMade = true
  })
  const saved: string[] = []
  const [writing, writes]: [Promise<unknown>[], string[]] = [[], []]
  for (let i = 0; !isMade; i++) {
    const { events, done } = recordCheckIn(tablet.store, held, [student(`late${i}`)])
    writing.push(done.then(({ kind }) => kind === 'saved' && saved.push(...events)))
    writes.push(...events)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  const locker = await making
  // The page is still there for a moment.
  const { events, done } = recordCheckIn(tablet.store, held, [student('last')])
  writing.push(done.then(({ kind }) => kind === 'saved' && saved.push(...events)))
  await Promise.all(writing)
  expect(saved.length).toBeGreaterThan(3)
  expect(saved.toSorted()).toEqual([...writes, ...events].toSorted())
  const kept = await everywhere(shared.stores)
  expect(saved.filter((id) => !kept.has(id))).toEqual([])
  if (!locker) throw new Error('there is no locker')
  const again = await shared.use(await shared.open(locker))
  const rows = await again.db.events.orderBy('[device+deviceSeq]').toArray()
  expect(rows.map(({ deviceSeq }) => deviceSeq)).toEqual(rows.map((_, i) => i + 1))
  await again.sync.now()
  const { db } = shared.server.context.log
  expect(db.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(0)
  expect(db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(rows.length)
})

test('[S1] When a PIN cannot be kept, what was tapped meanwhile is saved where everything is', async () => {
  const shared = await sharedTablet()
  const { tablet, account } = await shared.signIn('rivera')
  tablet.network = offline
  const held = startOne(tablet)
  const { lockers } = shared.stores
  let late: ReturnType<typeof recordCheckIn> | undefined
  const failing = {
    ...lockers,
    put: () => {
      late = recordCheckIn(tablet.store, held, [ana])
      return Promise.reject(new Error('the disk is full'))
    },
  }
  await expect(makeLocker({ ...shared.stores, lockers: failing }, tablet.db, { account, ...asked })).rejects.toThrow('the disk is full')
  expect(await late?.done).toEqual({ kind: 'saved' })
  expect((await recordCheckIn(tablet.store, held, [ben]).done).kind).toBe('saved')
  expect((await tablet.db.events.toArray()).map(({ deviceSeq }) => deviceSeq)).toEqual([1, 2, 3])
  expect(await isMoved(tablet.db)).toBe(false)
  expect((await shared.stores.factory.databases()).map(({ name }) => name).filter((name) => name?.startsWith(`${OPEN_STORE}-0`))).toEqual(
    [],
  )
})

test('[S6] A page that arrives while a PIN is being set is not half there: the locker pulls it', async () => {
  const shared = await sharedTablet()
  const { tablet, account } = await shared.signIn('rivera')
  const other = await openRealTablet(shared.server)
  await other.signIn('marsh')
  await recordSome(other)
  await other.sync.now()
  // The answer comes when the events have been moved, and before the cursor has.
  const { network } = tablet
  let [isMoving, letGo]: [boolean, () => void] = [false, () => undefined]
  const moved = new Promise<void>((resolve) => (letGo = resolve))
  tablet.network = async (...given) => {
    const reply = await network(...given)
    if (given[2].endsWith('/pull')) await moved
    return reply
  }
  const { records } = tablet.db
  const toArray = records.toArray.bind(records)
  records.toArray = (async () => {
    const all = await toArray()
    if (!isMoving) {
      isMoving = true
      letGo()
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    return all
  }) as unknown as typeof records.toArray
  const round = tablet.sync.now()
  const locker = await makeLocker(shared.stores, tablet.db, { account, ...asked })
  await round
  if (!locker) throw new Error('there is no locker')
  const again = await shared.use(await shared.open(locker))
  await again.sync.now()
  const inLog = shared.server.context.log.db.prepare('SELECT count(*) FROM event').pluck().get()
  expect(await again.db.events.count()).toBe(inLog)
  expect(again.sync.parity()?.kind).toBe('match')
})

test('[S9] Another tab, opened while a PIN is being set, is told that nothing is saved there any more; the locker opens', async () => {
  const shared = await sharedTablet()
  const { stores } = shared
  const { tablet, account } = await shared.signIn('rivera')
  const held = startOne(tablet)
  expect((await recordCheckIn(tablet.store, held, [ana]).done).kind).toBe('saved')
  tablet.network = offline
  const making = makeLocker(stores, tablet.db, { account, ...asked })
  const second = await openRealTablet(shared.server, OPEN_STORE, storeNamed(stores, OPEN_STORE), offline)
  const there = second.store.ledger.session(held.id)
  if (!there) throw new Error('the session is not there')
  const early = recordCheckIn(second.store, there, [student('early')])
  const isSaved = (await early.done).kind === 'saved'
  const locker = await making
  if (!locker) throw new Error('there is no locker')
  expect(await recordCheckIn(second.store, there, [ben]).done).toEqual({ kind: 'failed', why: 'moved' })
  // Neither the sign-in nor what it knows of the district comes back by it.
  await expect(second.session.signOut()).rejects.toThrow('AbortError')
  leave(second)
  const opened = await shared.open(locker)
  expect(await isThere(stores, OPEN_STORE)).toBe(false)
  const ids = (await opened.db.events.toArray()).map(({ id }) => id)
  expect(ids.includes(early.events[0] as (typeof ids)[number])).toBe(isSaved)
  expect(ids).toHaveLength(isSaved ? 3 : 2)
})

test('[S9] Two tabs that set a PIN at once make one locker', async () => {
  const shared = await sharedTablet()
  const { tablet, account } = await shared.signIn('rivera')
  await recordSome(tablet)
  const second = storeNamed(shared.stores, OPEN_STORE)
  const made = await Promise.all([tablet.db, second].map((db) => makeLocker(shared.stores, db, { account, ...asked })))
  const [only, ...others] = made.filter((locker) => locker !== undefined)
  if (!only || others.length > 0) throw new Error(`${others.length + 1} lockers were made`)
  expect(await (await shared.open(only)).db.events.count()).toBe(3)
})

test('[S9] A tablet on which a PIN was set signs the next person in, also when the one before never unlocked it', async () => {
  const shared = await sharedTablet()
  await shared.enter('rivera')
  await seedOpenStore(shared.stores)
  const { tablet } = await shared.signIn('marsh')
  await recordSome(tablet)
  expect(await readFact(tablet.db, 'device')).toBe(tablet.store.account?.device.id)
})

test('[S9] When the power fails while a PIN is being set, the next to open the app finds the store as it was, or the locker', async () => {
  const shared = await sharedTablet()
  const { stores } = shared
  const { tablet } = await shared.signIn('rivera')
  tablet.network = offline
  await noteMoved(tablet.db)
  const held = startOne(tablet)
  expect((await recordCheckIn(tablet.store, held, [ana]).done).kind).toBe('failed')
  const open = () => readFirst(stores.factory, OPEN_STORE, null, stores.now())
  expect((await open()).isMoved).toBe(true)
  await settleMoved(stores)
  expect((await open()).isMoved).toBe(false)
  await recordSome(tablet)
  const { account } = tablet.store
  if (!account) throw new Error('nobody is signed in')
  expect(await makeLocker(stores, tablet.db, { account, ...asked })).toBeDefined()
  await settleMoved(stores)
  expect((await open()).isMoved).toBe(true)
})

test('[S9] A locker into which something is moved whose number is taken opens: it is recorded again under another name, and arrives', async () => {
  const shared = await sharedTablet()
  const { stores, server } = shared
  const locker = await shared.enter('rivera')
  const mine = await shared.use(await shared.open(locker), offline)
  await recordSome(mine)
  leave(mine)
  // As a tab leaves it that found the store gone and made another.
  const stray = storeNamed(stores, OPEN_STORE)
  const tab = await openRealTablet(server, OPEN_STORE, stray, offline)
  tab.store.setAccount(mine.store.account)
  const { id, site } = [...mine.store.ledger.sessions()][0] ?? {}
  if (!id || !site) throw new Error('there is no session')
  const strayed = ['carl', 'dora', 'eve', 'fay', 'gus'].map((name) => recordCheckIn(tab.store, { id, site }, [student(name)]))
  for (const { done } of strayed) expect((await done).kind).toBe('saved')
  expect((await stray.events.toArray()).map(({ deviceSeq }) => deviceSeq)).toEqual([1, 2, 3, 4, 5])
  leave(tab)
  const opened = await shared.open(locker)
  const again = await shared.use(opened)
  expect(await again.db.events.count()).toBe(8)
  await recordSome(again)
  await again.sync.now()
  const { db } = server.context.log
  const known = db.prepare<[], string>('SELECT id FROM event').pluck().all()
  for (const { events } of strayed) for (const event of events) expect(known).toContain(event)
  expect(db.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(0)
  expect(again.store.outbox.rows()).toEqual([])
})

test('S31 When the power fails before the open store is emptied, whoever signs in next with a password finds nothing of the one before in it', async () => {
  const shared = await sharedTablet()
  const { stores } = shared
  const { tablet, account } = await shared.signIn('rivera')
  tablet.network = offline
  await recordSome(tablet)
  const failing = {
    ...stores.lockers,
    async put(...all: Parameters<typeof stores.lockers.put>) {
      await stores.lockers.put(...all)
      throw new Error('the power is off')
    },
  }
  await expect(makeLocker({ ...stores, lockers: failing }, tablet.db, { account, ...asked })).rejects.toThrow('the power is off')
  tablet.store.stop()
  tablet.db.close()
  expect((await everywhere(stores)).size).toBe(3)
  await seedOpenStore(stores)
  const left = storeNamed(stores, OPEN_STORE)
  expect([await left.events.count(), await left.records.count(), await readFact(left, 'account')]).toEqual([0, 0, undefined])
  expect([await isMoved(left), await readFact(left, 'device')]).toEqual([false, account.device.id])
  left.close()
  expect((await everywhere(stores)).size).toBe(3)
})
