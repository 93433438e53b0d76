// The list of lockers is lost, and their databases are not: what waits in them is found and sent. (S9)
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { adoptLost } from '../../client/trust/adopt.ts'
import { unlock } from '../../client/trust/locker.ts'
import type { Locker } from '../../client/trust/lockers.ts'
import { seedOpenStore } from '../../client/trust/seedOpenStore.ts'
import { sendSealed, waitingInLockers } from '../../client/trust/sendSealed.ts'
import { OPEN_STORE, isThere, storeNamed, withStore } from '../../client/trust/stores.ts'
import { readFact } from '../../client/log/db.ts'
import { moveEverything } from '../../client/trust/moveIn.ts'
import { offline } from './realTablet.ts'
import type { Shared } from './sharedTablet.ts'
import { leave, PIN, recordSome, sharedTablet } from './sharedTablet.ts'

/** A tablet of two people, on which three entries of each wait. */
async function ofTwo(): Promise<{ readonly shared: Shared; readonly lockers: readonly Locker[] }> {
  const shared = await sharedTablet()
  const lockers = [await shared.enter('rivera'), await shared.enter('lund')]
  for (const locker of lockers) {
    const tablet = await shared.use(await shared.open(locker), offline)
    await recordSome(tablet)
    leave(tablet)
  }
  return { shared, lockers }
}

const loseList = ({ stores }: Shared): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const request = stores.factory.deleteDatabase('recoup-lockers')
    request.onsuccess = resolve
    request.onerror = reject
  })

const inLog = ({ server }: Shared): unknown => server.context.log.db.prepare('SELECT count(*) FROM event').pluck().get()

test('[S9] When only the list of lockers is lost, what waits in them is found at the start and sent as it was sealed', async () => {
  const { shared, lockers } = await ofTwo()
  const { stores, network } = shared
  await loseList(shared)
  expect(await waitingInLockers(stores)).toBe(0)
  await adoptLost(stores)
  expect(await waitingInLockers(stores)).toBe(6)
  // Nobody opens them any more, and nothing that was downloaded stays in them.
  for (const locker of lockers) {
    expect((await unlock(stores, locker, PIN)).kind).toBe('gone')
    expect(await withStore(stores, locker.id, (db) => db.records.count())).toBe(0)
  }
  expect(await sendSealed(stores, network)).toEqual({ kind: 'done', revoked: false })
  expect([inLog(shared), await waitingInLockers(stores)]).toEqual([6, 0])
})

test('[S9] Whoever signs in after that is on the same device, and goes on with its chain', async () => {
  const { shared } = await ofTwo()
  const { stores } = shared
  await loseList(shared)
  await adoptLost(stores)
  await seedOpenStore(stores)
  const device = await withStore(stores, OPEN_STORE, (db) => readFact(db, 'device'))
  const locker = await shared.enter('rivera')
  expect(locker.device).toBe(device)
  const tablet = await shared.use(await shared.open(locker))
  await recordSome(tablet)
  await tablet.sync.now()
  leave(tablet)
  await sendSealed(stores, shared.network)
  expect([inLog(shared), await waitingInLockers(stores)]).toEqual([9, 0])
  expect(shared.server.context.log.db.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(0)
})

test('[S9] What is in the list, is open, or lies in the open store as well is not touched', async () => {
  const { shared, lockers } = await ofTwo()
  const { stores } = shared
  const [first, second] = lockers as readonly [Locker, Locker]
  expect(await adoptLost(stores)).toBe(0)
  expect((await stores.lockers.all()).map(({ wrap }) => wrap !== null)).toEqual([true, true])
  await stores.lockers.remove(first.id)
  await stores.lockers.remove(second.id)
  expect(await adoptLost(stores, (name) => name === first.id)).toBe(1)
  expect((await stores.lockers.all()).map(({ id }) => id)).toEqual([second.id])
  // Somebody was cut off setting a PIN: all of it is in the open store.
  const { tablet } = await shared.signIn('rivera')
  tablet.network = offline
  await recordSome(tablet)
  const begun = storeNamed(stores, `${OPEN_STORE}-${stores.newId()}`)
  await moveEverything(tablet.db, begun)
  begun.close()
  leave(tablet)
  expect(await adoptLost(stores, (name) => name === first.id)).toBe(0)
  expect(await isThere(stores, begun.name)).toBe(true)
})

test('[S9] A browser that does not name its databases, and a database that is none of ours, end nothing', async () => {
  const { shared } = await ofTwo()
  const { stores } = shared
  await loseList(shared)
  const foreign = `${OPEN_STORE}-${stores.newId()}`
  await new Promise((resolve) => {
    stores.factory.open(foreign).onsuccess = (event) => resolve((event.target as IDBOpenDBRequest).result.close())
  })
  const { factory } = stores
  const mute = new Proxy(factory, { get: (target, name) => (name === 'databases' ? undefined : Reflect.get(target, name)) })
  expect(await adoptLost({ ...stores, factory: mute })).toBe(0)
  expect(await adoptLost(stores)).toBe(2)
})
