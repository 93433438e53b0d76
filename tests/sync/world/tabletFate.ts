/** What becomes of a whole tablet whose people have PINs: the browser empties it, somebody copies its disk, an app of tomorrow comes and goes. */
import { isOwn } from '../../../client/sync/forget.ts'
import { SESSION_COOKIE } from '../../../server/plugins/guard.ts'
import type { Device } from './device.ts'
import { idle } from './disk.ts'
import { lose, twinOf } from './hardship.ts'
import { finishWrites, rowsInLockers } from './look.ts'
import { closeTabs, type LockedStep, lockNow, storesOf } from './pins.ts'

/** The browser throws the app's storage away, lockers and all; its cookies stay, or go too. */
export const emptyAll: LockedStep = async (world, device) => {
  await closeTabs(world, device)
  const held = (await rowsInLockers(device)).filter(({ row }) => isOwn(row)).map(({ row }) => row.id)
  return `has lost its lockers${await lose(world, device, held)}`
}

/** Somebody copies the disk of a tablet, as schools do with images: there are two then with one name and the same lockers. */
export const copyAll: LockedStep = async (world, from) => {
  const lockers = (await from.locks?.stores.lockers.all()) ?? []
  const copy = lockers.length > 0 ? twinOf(world, from) : undefined
  if (!copy) return undefined
  for (const tab of from.tabs) await finishWrites(world, tab)
  copy.cookies.delete(SESSION_COOKIE)
  await copyDatabases(from, copy)
  copy.locks = { stores: storesOf(copy), open: undefined, mustLock: false }
  for (const { device } of lockers) world.witness.copied.add(device)
  world.devices.push(copy)
  return `is copied; the copy is ${copy.name}`
}

/** An app of tomorrow was here, over every database, with more in each, and was taken back: today's goes on with what it finds. (S9) */
export const tomorrowsAll: LockedStep = async (world, device) => {
  if (!device.locks) return undefined
  await lockNow(world, device)
  for (const { name = '', version = 1 } of await device.indexedDb.databases()) {
    const opening = device.indexedDb.open(name, version + 50)
    opening.onupgradeneeded = () => opening.result.createObjectStore(`thoughts ${version}`)
    const db = await told(opening)
    await idle()
    db.close()
  }
  return "had the app of tomorrow for a while; today's is locked"
}

const told = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the store did not answer'))
  })

async function copyDatabases({ indexedDb: from }: Device, { indexedDb: to }: Device): Promise<void> {
  for (const { name = '', version = 1 } of await from.databases()) {
    const source = await told(from.open(name, version))
    const opening = to.open(name, version)
    opening.onupgradeneeded = () => {
      for (const store of source.objectStoreNames) likeStore(opening.result, source.transaction(store).objectStore(store))
    }
    const copy = await told(opening)
    for (const name of source.objectStoreNames) {
      const store = source.transaction(name).objectStore(name)
      const [rows, keys] = await Promise.all([told(store.getAll()), told(store.getAllKeys())])
      const into = copy.transaction(name, 'readwrite').objectStore(name)
      for (const [place, row] of rows.entries()) into.put(row, store.keyPath === null ? keys[place] : undefined)
    }
    await idle()
    source.close()
    copy.close()
  }
}

function likeStore(db: IDBDatabase, from: IDBObjectStore): void {
  const store = db.createObjectStore(from.name, { keyPath: from.keyPath, autoIncrement: from.autoIncrement })
  for (const name of from.indexNames) {
    const { keyPath, unique, multiEntry } = from.index(name)
    store.createIndex(name, keyPath, { unique, multiEntry })
  }
}
