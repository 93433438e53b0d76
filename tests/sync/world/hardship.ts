/** What happens to tablets besides syncing: they carry for each other, are emptied, copied and updated; accounts are disabled. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { LogDb } from '../../../client/log/db.ts'
import { makeParcel } from '../../../client/sync/relay/handOver.ts'
import { pinRelayKeys } from '../../../client/sync/relay/relayKeys.ts'
import { keepReturned, receiptsFile } from '../../../client/sync/relay/returned.ts'
import { sendParcels, takeIn } from '../../../client/sync/relay/takeIn.ts'
import { PROTOCOL } from '../../../shared/api.ts'
import { type DeviceReport } from '../../../shared/api/sync.ts'
import { as, type SectionId } from '../../../shared/ids.ts'
import { nameOfParcel } from '../../../shared/relay/pieces.ts'
import { random } from '../../support/random.ts'
import { oneIn } from './chance.ts'
import { DEVICE_COOKIE } from '../../../server/plugins/guard.ts'
import { type Device, killTab, openDevice, type Tab } from './device.ts'
import { idle } from './disk.ts'
import { finishWrites, ownRows } from './look.ts'
import { drop, type Step } from './syncSteps.ts'
import { Broken } from './witness.ts'
import { newTab, through, type World } from './world.ts'

const REPORT: DeviceReport = {
  unsent: 0,
  oldestUnsentAt: null,
  persisted: true,
  quotaFree: null,
  clockOffset: 0,
  appVersion: 'world',
  openSessions: 0,
  totals: null,
}

/** A tablet without a network hands over what it holds; another brings it; the receipts come back, or do not. (S14) */
export const handOver: Step = async (world, tab) => {
  const { chance } = world
  const carriers = world.devices.filter((device) => device !== tab.device).flatMap((device) => device.tabs)
  if (carriers.length === 0) return undefined
  const carrier = chance.pick(carriers)
  for (const each of [tab, carrier]) if (!(await each.db.meta.get('relay'))) await pinRelayKeys(each.db, through(world, each))
  const made = await makeParcel({ db: tab.db, now: tab.store.now, report: async () => REPORT }, chance.pick(['unsent', 'all']))
  await world.planted.onHandOver?.(tab.db)
  if (made.kind !== 'parcel') return undefined
  const isAltered = oneIn(chance, 5)
  const place = chance.below(made.bytes.length)
  if (isAltered) made.bytes[place] = (made.bytes[place] ?? 0) ^ 1
  const said = `hands ${made.events} events to ${carrier.name}${isAltered ? ', altered on the way' : ''}`
  const taken = await takeIn(carrier.db, made.bytes, carrier.store.now())
  if (taken.kind === 'refused') return `${said}: ${taken.why}`
  const lost = (): 'there' | 'back' | undefined => (oneIn(chance, 4) ? chance.pick(['there', 'back'] as const) : undefined)
  for (let i = 0; i < 2; i++) await sendParcels(carrier.db, through(world, carrier, lost), carrier.store.now())
  await idle()
  const row = await carrier.db.parcels.get(nameOfParcel(made.bytes))
  if (row?.state !== 'taken') return `${said}: ${row?.state === 'refused' ? row.why : 'waits'}`
  if (isAltered) throw new Broken('I8', `a parcel of ${tab.name} was altered and taken`)
  if (oneIn(chance, 3)) return `${said}; it is brought`
  const returned = await keepReturned(tab.db, await receiptsFile(row.reply.receipts), tab.store.now())
  if (returned.kind === 'settled') await tab.store.settled(returned.ids)
  return `${said}; the receipts come back: ${returned.kind}`
}

/** The browser throws the app's storage away; its cookies stay, or go too. */
export const empty: Step = async (world, tab) => {
  const { device } = tab
  for (const each of device.tabs) await finishWrites(world, each)
  const held = (await ownRows(tab)).map((row) => row.id)
  for (const each of device.tabs) {
    await killTab(each)
    drop(world, each)
  }
  return `has lost its storage${await lose(world, device, held)}`
}

/** Its storage goes, lockers and all, with everything of its own that it held. */
export async function lose(world: World, device: Device, held: readonly string[]): Promise<string> {
  device.indexedDb = new IDBFactory()
  device.person = null
  delete device.locks
  const isAll = oneIn(world.chance, 2)
  if (isAll) device.cookies.clear()
  world.witness.lostTablet(device.name, held, world.server.context.log.epoch)
  const next = await newTab(world, device)
  return `${isAll ? ' and its cookies' : ''}, and is opened as ${next.name}`
}

const copies = new WeakMap<World, number>()
/** Another tablet like this one, with its cookies and nothing stored yet; undefined when there are enough. */
export function twinOf(world: World, from: Device): Device | undefined {
  const count = copies.get(world) ?? 0
  if (world.devices.length > 7 || count > 1) return undefined
  copies.set(world, count + 1)
  const ids = random(world.chance.below(1_000_000))
  const device = openDevice(`copy ${count + 1} of ${from.name}`, from.users, from.hasLocks, ids, () => world.clock.now)
  device.skew = from.skew
  device.protocol = from.protocol
  for (const [name, value] of from.cookies) device.cookies.set(name, value)
  return device
}

/** Somebody copies a tablet, as schools do with images of disks; from now on there are two with one name. */
export const copy: Step = async (world, tab) => {
  const from = tab.device
  const id = (await tab.db.meta.get('device'))?.value as string | undefined
  const device = id === undefined || from.person === null ? undefined : twinOf(world, from)
  if (id === undefined || device === undefined) return undefined
  device.person = from.person
  await copyStore(tab, device.indexedDb)
  world.witness.copied.add(id)
  world.devices.push(device)
  const next = await newTab(world, device)
  return `is copied; the copy is ${next.name}`
}

async function copyStore(tab: Tab, factory: IDBFactory): Promise<void> {
  const to = new LogDb('recoup', { indexedDB: factory, IDBKeyRange })
  for (const table of tab.db.tables) await to.table(table.name).bulkPut(await table.toArray())
  await idle()
  to.close()
}

export const update: Step = async (_world, { device }) => {
  if (device.protocol === PROTOCOL) return undefined
  device.protocol = PROTOCOL
  return 'is updated'
}

/** Whether the district wants nothing readable on a tablet; a backup that was put back may have forgotten it. */
export const isRevoked = ({ server: { context } }: World, { cookies }: Device): boolean =>
  typeof context.sessions.device(cookies.get(DEVICE_COOKIE))?.revokedAt === 'number'

/** A tablet is reported lost. What it holds is still taken, and waits for a coordinator. */
export const revoke: Step = async (world, { device }) => {
  const { sessions, devices } = world.server.context
  const held = sessions.device(device.cookies.get(DEVICE_COOKIE))
  if (!held || world.witness.revoked.size > 0 || !devices.revoke(held.id)) return undefined
  world.witness.revoked.add(held.id)
  return 'is revoked'
}

/** Somebody has a tablet's cookie and nothing else: what they send is refused where the tablet has a key. */
export const steal: Step = async (world, { device }) => {
  const { context } = world.server
  const held = context.sessions.device(device.cookies.get(DEVICE_COOKIE))
  if (!held || held.key === null) return undefined
  const id = `bad-${world.chance.hex(16)}`
  world.witness.strangers.add(id)
  const clock = { offset: null, age: null }
  const event = {
    id,
    type: 'StudentNoted',
    v: 1,
    device: held.id,
    deviceSeq: 1,
    prev: '',
    actor: 'lund',
    site: 'elm',
    at: 1,
    recordedAt: 1,
    clock,
  }
  const stolen = new Map([...device.cookies].filter(([name]) => name === DEVICE_COOKIE))
  const answer = await world.server.ask(stolen, 'POST', '/api/sync/push', { protocol: PROTOCOL, events: [event], report: REPORT })
  if (answer.status === 200) throw new Broken('I2', `somebody with the cookie of ${device.name}, and not its key, was heard`)
  return `its cookie is used by somebody else: ${answer.status}`
}

/** An account is disabled while its tablets are out, or enabled again. What was recorded meanwhile may wait for a coordinator. */
export const disable: Step = async (world) => {
  const { accounts } = world.server.context
  const account = world.chance.pick(accounts.all().filter((each) => each.role === 'teacher'))
  const state = account.state === 'active' ? 'disabled' : 'active'
  accounts.change(account, { state })
  world.witness.moved.add(account.staff)
  return `the account of ${account.staff} is ${state}`
}

/** The office limits a teacher to a section, to another, or to none any more. What was recorded meanwhile may wait for a coordinator. */
export const limit: Step = async (world) => {
  const { accounts, store } = world.server.context
  const account = world.chance.pick(accounts.all().filter((each) => each.role === 'teacher'))
  const sites = store.get('staff', account.staff)?.body.sites ?? []
  const there = store.list('section').filter(({ body, ended }) => !ended && sites.includes(body.site))
  const sections = there.length === 0 || oneIn(world.chance, 4) ? null : [as<SectionId>(world.chance.pick(there).id)]
  accounts.change(account, { sections })
  world.witness.moved.add(account.staff)
  return `${account.staff} is limited to ${sections?.join(', ') ?? 'nothing'}`
}
