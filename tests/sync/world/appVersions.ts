/** Apps of other versions over the same store: the one before, which is updated with unsent events, and one of tomorrow, which was tried and taken back. */
import Dexie from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { type Device, killTab } from './device.ts'
import { idle } from './disk.ts'
import { finishWrites } from './look.ts'
import { drop, type Step } from './syncSteps.ts'
import { newTab, type World } from './world.ts'

/** The store as the first app made it. */
const FIRST = {
  events: '++row, &id, session, on, outbox, attention, &[device+deviceSeq]',
  records: '[kind+id], kind, page, [kind+body.student]',
  receipts: '++row',
  meta: 'name',
}
const open = (indexedDB: IDBFactory): Dexie => new Dexie('recoup', { indexedDB, IDBKeyRange, cache: 'disabled' })

async function close(world: World, device: Device): Promise<void> {
  for (const tab of [...device.tabs]) {
    await finishWrites(world, tab)
    await killTab(tab)
    drop(world, tab)
  }
}

/** Until now the tablet had the app of before, and its store: it is updated with whatever it holds, sent or not. (S9) */
export const upgrade: Step = async (world, tab) => {
  const { device } = tab
  if ((await tab.db.parcels.count()) > 0) return undefined
  const unsent = await tab.db.events.orderBy('outbox').count()
  await close(world, device)
  // What its tabs had still to write is in the store by now.
  const from = open(device.indexedDb)
  await from.open()
  const factory = new IDBFactory()
  const before = open(factory)
  before.version(1).stores(FIRST)
  for (const name of Object.keys(FIRST)) await before.table(name).bulkPut((await from.table(name).toArray()) as object[])
  await idle()
  for (const db of [from, before]) db.close()
  device.indexedDb = factory
  const next = await newTab(world, device)
  await world.planted.onUpdate?.(next.db)
  return `has had the app of before, and is updated with ${unsent} unsent; it is ${next.name}`
}

/** An app of tomorrow was here, with a store that has more in it, and was taken back: today's goes on with what it finds. (S9) */
export const tomorrowsApp: Step = async (world, tab) => {
  const { device } = tab
  await close(world, device)
  const db = open(device.indexedDb)
  db.version(1).stores(FIRST)
  db.version(2).stores({ parcels: 'id, state' })
  db.version(7).stores({ events: `${FIRST.events}, mood`, thoughts: '++row' })
  await db.open()
  await db.table('meta').put({ name: 'tomorrow', value: { of: 'another day' } })
  await db.table('thoughts').add({ of: 'tomorrow' })
  await db.table('events').toCollection().modify({ mood: 'fine' })
  await idle()
  db.close()
  const next = await newTab(world, device)
  return `had the app of tomorrow for a while; today's is opened as ${next.name}`
}
