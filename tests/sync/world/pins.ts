/**
 * Tablets that go from hand to hand: people with a PIN each, a locker each, one of them open at a time or none. What lies in the others is sent
 * by whoever holds the tablet. (S9, S14)
 */
import { IDBKeyRange } from 'fake-indexeddb'
import { pinRelayKeys } from '../../../client/sync/relay/relayKeys.ts'
import { receiptsFile } from '../../../client/sync/relay/returned.ts'
import { sendParcels, takeIn } from '../../../client/sync/relay/takeIn.ts'
import { bundleOfWaiting, keepBroughtBack } from '../../../client/trust/carrySealed.ts'
import { makeLocker, unlock } from '../../../client/trust/locker.ts'
import type { Locker, Lockers } from '../../../client/trust/lockers.ts'
import { openLockers } from '../../../client/trust/lockers.ts'
import { seedOpenStore } from '../../../client/trust/seedOpenStore.ts'
import { sendSealed } from '../../../client/trust/sendSealed.ts'
import { shred } from '../../../client/trust/shred.ts'
import type { Stores } from '../../../client/trust/stores.ts'
import { withStore } from '../../../client/trust/stores.ts'
import { DEVICE_COOKIE, SESSION_COOKIE } from '../../../server/plugins/guard.ts'
import { PROTOCOL } from '../../../shared/api.ts'
import { nameOfParcel } from '../../../shared/relay/pieces.ts'
import { HOUR, instant } from '../../../shared/time.ts'
import { oneIn } from './chance.ts'
import { type Device, killTab, PIN, type Tab } from './device.ts'
import { idle } from './disk.ts'
import { isRevoked } from './hardship.ts'
import { finishWrites } from './look.ts'
import { drop, type Step } from './syncSteps.ts'
import { newTab, signIn, through, type World } from './world.ts'

/** As fast as can be: how slow it is on a tablet is not in question here. */
const QUICK = { memory: 8, passes: 1 }

export const storesOf = (device: Device): Stores => ({
  factory: device.indexedDb,
  keyRange: IDBKeyRange,
  lockers: openLockers(device.indexedDb),
  now: () => instant(device.now()),
  newId: device.newId,
})

/** The power fails while a locker is noted: before that is on the disk, or after. */
const failing = (lockers: Lockers, when: 'before' | 'after'): Lockers => ({
  ...lockers,
  async put(...all) {
    if (when === 'after') await lockers.put(...all)
    throw new Error('the power failed')
  },
})

/** Asks in the name of a locked tablet, over a network that may fail. */
const asTablet = (world: World, device: Device, isGood: boolean) =>
  through(world, { device } as Tab, () => (!isGood && oneIn(world.chance, 4) ? world.chance.pick(['there', 'back'] as const) : undefined))

export async function closeTabs(world: World, device: Device, but?: Tab): Promise<void> {
  for (const tab of [...device.tabs]) {
    await finishWrites(world, tab)
    if (tab === but) continue
    drop(world, tab)
    await killTab(tab)
  }
}

/** The tablet locks: nothing of it is open any more, and the server knows that whoever was here has gone. */
export async function lockNow(world: World, device: Device): Promise<void> {
  await closeTabs(world, device)
  if (device.locks) {
    device.locks.open = undefined
    const { onLock } = world.planted
    const { stores } = device.locks
    if (onLock) for (const { id } of await stores.lockers.all()) await withStore(stores, id, onLock)
  }
  device.person = null
  device.cookies.delete(SESSION_COOKIE)
}

/** Whoever is signed in sets a PIN, or another after the first was forgotten. */
export const setPin: Step = async (world, tab) => {
  const { device, store } = tab
  const { account } = store
  if (!account || device.locks?.open || device.protocol !== PROTOCOL || isRevoked(world, device)) return undefined
  if (!(await pinRelayKeys(tab.db, through(world, tab)))) return undefined
  await closeTabs(world, device, tab)
  drop(world, tab)
  device.locks ??= { stores: storesOf(device), open: undefined, mustLock: false }
  const { stores } = device.locks
  const power = oneIn(world.chance, 6) ? world.chance.pick(['before', 'after'] as const) : undefined
  const lockers = power ? failing(stores.lockers, power) : stores.lockers
  store.stop()
  device.tabs = []
  const made = makeLocker({ ...stores, lockers }, tab.db, { account, pin: PIN, isPhrase: false, place: 'Elm', kdf: QUICK })
  const locker = await made.catch((error: unknown) => {
    if (!power) throw error
    return undefined
  })
  if (!locker) tab.db.close()
  const fate = power ? `, and the power fails ${power}` : locker ? '' : ', and has signed out in another tab'
  await idle()
  const isFirst = (await stores.lockers.all()).length === 0
  // Without a locker the app opens as it was.
  if (isFirst) {
    delete device.locks
    const next = await newTab(world, device)
    return `${account.me.staff} sets a PIN${fate}; it is opened as ${next.name}`
  }
  await lockNow(world, device)
  return `${account.me.staff} sets a PIN${fate}; it is locked`
}

/** The server is shown who is here, as a grant shows it; false where it takes none: the password is asked then. */
export async function comeBack(world: World, device: Device, tab: Tab): Promise<boolean> {
  const { accounts, sessions } = world.server.served
  const me = tab.store.account
  const account = me && accounts.byStaff(me.me.staff)
  const held = sessions.device(device.cookies.get(DEVICE_COOKIE))
  if (account?.state !== 'active' || !held || held.id !== me?.device.id || isRevoked(world, device)) return false
  sessions.bind(account.staff, held)
  device.cookies.set(SESSION_COOKIE, sessions.open(account, held))
  return true
}

export async function unlockOne(world: World, device: Device, locker: Locker): Promise<Tab> {
  if (device.locks) device.locks.open = locker
  const tab = await newTab(world, device)
  device.person = locker.person
  return tab
}

/** Its person opens it, with the password and another PIN where the server asks for that; undefined when it does not open any more. */
export async function enter(world: World, device: Device, locker: Locker): Promise<Tab | undefined> {
  const tab = await unlockOne(world, device, locker)
  if ((await comeBack(world, device, tab)) || isRevoked(world, device)) return tab
  await lockNow(world, device)
  const before = new Set((await openable(device)).map(({ id }) => id))
  await byPassword(world, device, locker.person, true)
  const next = (await openable(device)).find(({ id }) => !before.has(id))
  if (!next) return undefined
  const again = await unlockOne(world, device, next)
  await comeBack(world, device, again)
  return again
}

/** Lockers of a tablet that somebody can open. */
export const openable = async (device: Device): Promise<readonly Locker[]> =>
  (await device.locks?.stores.lockers.all())?.filter(({ wrap }) => wrap !== null) ?? []

export type LockedStep = (world: World, device: Device) => Promise<string | undefined>

const open: LockedStep = async (world, device) => {
  const lockers = await openable(device)
  if (lockers.length === 0) return undefined
  const locker = world.chance.pick(lockers)
  const tab = await unlockOne(world, device, locker)
  const hasNetwork = !oneIn(world.chance, 3)
  const isBack = hasNetwork && (await comeBack(world, device, tab))
  return `${locker.person} unlocks it${hasNetwork ? (isBack ? '' : ', and is asked to sign in') : ', without a network'}: ${tab.name}`
}

/** The lock screen sends what waits. */
export async function sendLocked(world: World, device: Device, isGood: boolean): Promise<string> {
  if (!device.locks) return 'nothing'
  const { kind } = await sendSealed(device.locks.stores, asTablet(world, device, isGood))
  await idle()
  return kind
}

const send: LockedStep = async (world, device) => `sends what lies in its lockers: ${await sendLocked(world, device, false)}`

const wrongPins: LockedStep = async (world, device) => {
  const lockers = await openable(device)
  if (lockers.length === 0 || !device.locks) return undefined
  const locker = world.chance.pick(lockers)
  const times = world.chance.pick([1, 3, 10])
  let said = ''
  for (let i = 0; i < times; i++) {
    world.clock.now += HOUR
    said = (await unlock(device.locks.stores, locker, '000000')).kind
  }
  // Whoever comes next has waited.
  world.clock.now += HOUR
  return `${times} wrong PINs are tried on ${locker.person}'s locker: ${said}`
}

/** Somebody new, or somebody who forgot the PIN, signs in with the password; a PIN comes first, unless the app ends before. */
export async function byPassword(world: World, device: Device, user: string, isSure: boolean): Promise<string | undefined> {
  if (!device.locks || isRevoked(world, device)) return undefined
  await seedOpenStore(device.locks.stores)
  const tab = await newTab(world, device)
  await signIn(world, tab, user)
  if (!tab.store.account || (!isSure && oneIn(world.chance, 5))) {
    await lockNow(world, device)
    return `${user} signs in with a password, and goes before a PIN is set`
  }
  const set = await setPin(world, tab)
  // Nothing but the page that asks for a PIN is shown until it is set.
  if (set === undefined) await lockNow(world, device)
  return `${user} signs in with a password; ${set ?? 'there is no network for setting a PIN'}`
}

const password: LockedStep = (world, device) => byPassword(world, device, world.chance.pick(device.users), false)

/** Another tablet carries what waits in the lockers, and brings the receipts back, or does not. (S14) */
const carried: LockedStep = async (world, device) => {
  const { chance } = world
  const carriers = world.devices.filter((each) => each !== device).flatMap((each) => each.tabs)
  if (carriers.length === 0 || !device.locks) return undefined
  const carrier = chance.pick(carriers)
  const { stores } = device.locks
  const made = await bundleOfWaiting(stores)
  if (made.kind === 'nothing') return undefined
  const said = `hands ${made.events} sealed events to ${carrier.name}`
  const taken = await takeIn(carrier.db, made.bytes, carrier.store.now())
  if (taken.kind === 'refused') return `${said}: ${taken.why}`
  for (let i = 0; i < 2; i++) await sendParcels(carrier.db, asTablet(world, carrier.device, false), carrier.store.now())
  await idle()
  const row = await carrier.db.parcels.get(nameOfParcel(made.bytes))
  if (row?.state !== 'taken') return `${said}: ${row?.state ?? 'gone'}`
  if (oneIn(chance, 3)) return `${said}; it is brought`
  const back = await keepBroughtBack(stores, await receiptsFile(row.reply.receipts))
  await idle()
  return `${said}; the receipts come back: ${back.kind}`
}

export const LOCKED: readonly (readonly [number, LockedStep])[] = [
  [8, open],
  [4, send],
  [1, wrongPins],
  [3, password],
  [2, carried],
]

export const lock: Step = async (world, tab) => {
  if (!tab.device.locks?.open) return undefined
  await lockNow(world, tab.device)
  return 'is locked'
}

/** Whoever signs out takes the locker along: what is unsent stays in it, for the district alone. */
export const leave: Step = async (world, tab) => {
  const { locks } = tab.device
  if (!locks?.open) return undefined
  const { person } = locks.open
  await closeTabs(world, tab.device, tab)
  drop(world, tab)
  await tab.session.signOut()
  await idle()
  await shred(locks.stores, locks.open)
  await lockNow(world, tab.device)
  return `${person} signs out; it is locked`
}
