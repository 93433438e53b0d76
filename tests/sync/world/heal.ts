/** The end of a history: everything that was under way arrives, the network is good, and everybody syncs until there is nothing left to say. */
import { DEVICE_COOKIE } from '../../../server/plugins/guard.ts'
import { PROTOCOL } from '../../../shared/api.ts'
import { waitingInLockers } from '../../../client/trust/sendSealed.ts'
import { type Device, hear, type Tab } from './device.ts'
import { isRevoked } from './hardship.ts'
import { finishWrites } from './look.ts'
import { byPassword, enter, lockNow, openable, sendLocked } from './pins.ts'
import { Broken } from './witness.ts'
import { arriveLate, beginSync, carry, handOver, newTab, say, signIn, type World } from './world.ts'

const MOST_ROUNDS = 8

/** Everybody gives up what they wait for or gets it; old requests reach the server. */
async function arrive(world: World): Promise<void> {
  for (let i = 0; world.tasks.length > 0; i++) {
    if (i > 500) throw new Broken('I11', 'a sync never ends')
    const task = world.chance.pick(world.tasks)
    if (task.letter?.answer === null) await carry(world, task.letter, 'none')
    await handOver(world, task)
  }
  while (world.strays.length > 0) await arriveLate(world, world.chance.pick(world.strays))
}

/** What waits here is sent, and the network goes before anything is heard: news is worth most when everybody has told theirs. */
async function sendOnly(world: World, tab: Tab): Promise<void> {
  if ((await tab.db.events.orderBy('outbox').count()) === 0) return
  const task = await beginSync(world, tab)
  for (let i = 0; task && !task.finished; i++) {
    if (i > 200) throw new Broken('I11', `the push of ${tab.name} never ends`)
    if (task.letter?.answer === null) await carry(world, task.letter, task.letter.path.endsWith('/pull') ? 'request lost' : 'none')
    await handOver(world, task)
  }
}

/** One round with a good network, and what it said at its end. */
export async function syncNow(world: World, tab: Tab): Promise<string> {
  const task = await beginSync(world, tab)
  for (let i = 0; task && !task.finished; i++) {
    if (i > 200) throw new Broken('I11', `the sync of ${tab.name} never ends`)
    if (task.letter?.answer === null) await carry(world, task.letter, 'none')
    await handOver(world, task)
  }
  return task?.said ?? 'not begun'
}

/** What keeps a tab from being at rest, in words; undefined when it holds everything, and the district everything of it. */
async function unrest(world: World, tab: Tab): Promise<string | undefined> {
  const head = world.server.context.log.head()
  const unsent = await tab.db.events.orderBy('outbox').count()
  if (unsent > 0) return `${unsent} unsent`
  if (isRevoked(world, tab.device)) return (await tab.db.records.count()) > 0 ? 'not told that it was revoked' : undefined
  const cursor = (await tab.db.meta.get('cursor'))?.value as { seq: number; epoch: string } | undefined
  return cursor?.seq === head && cursor.epoch === world.server.context.log.epoch ? undefined : `at ${cursor?.seq} of ${head}`
}

/** Everybody of a tablet opens the own locker once, and syncs; what lies in those that nobody opens is sent. */
async function everyLocker(world: World, device: Device): Promise<string[]> {
  const restless: string[] = []
  if (!isRevoked(world, device) && (await openable(device)).length === 0) {
    const did = await byPassword(world, device, device.users[0] ?? '', true)
    if ((await openable(device)).length === 0) restless.push(`${device.name}: ${did}`)
  }
  const visited = new Set<string>()
  // One of them may hear that the tablet is revoked; another may be made while the power fails, and the one before it stays.
  for (;;) {
    const locker = (await openable(device)).find(({ id }) => !visited.has(id))
    if (!locker) break
    const tab = await enter(world, device, locker)
    if (!tab) {
      visited.add(locker.id)
      restless.push(`${device.name}: ${locker.person} cannot enter`)
      continue
    }
    visited.add(tab.db.name)
    const said = await syncNow(world, tab)
    const still = await unrest(world, tab)
    if ((said !== 'online' && !isRevoked(world, device)) || still)
      restless.push(`${tab.name} of ${locker.person}: ${said}, ${still ?? 'at rest'}`)
    await lockNow(world, device)
    if (device.locks) device.locks.mustLock = false
  }
  const sent = await sendLocked(world, device, true)
  const waiting = device.locks ? await waitingInLockers(device.locks.stores) : 0
  if (waiting > 0) restless.push(`${device.name}: ${waiting} wait in its lockers, sending said ${sent}`)
  return restless
}

async function everybodyOnce(world: World, isFirst: boolean): Promise<string[]> {
  const restless: string[] = []
  const before = world.server.context.log.head()
  for (const device of world.devices) {
    if (device.locks) {
      restless.push(...(await everyLocker(world, device)))
      continue
    }
    const [tab] = device.tabs
    if (!tab || (!isFirst && !(await unrest(world, tab)))) continue
    let said = await syncNow(world, tab)
    if (said === 'signedOut') {
      const unsent = await tab.db.events.orderBy('outbox').count()
      const held = world.server.context.sessions.device(device.cookies.get(DEVICE_COOKIE))
      // An app that signs nothing is not heard once its tablet's copy has given a key: whoever signs in meets the newest app.
      const isOutdated = typeof held?.key === 'string' && device.protocol !== PROTOCOL
      if (isOutdated) device.protocol = PROTOCOL
      else if (held && unsent > 0) throw new Broken('I11', `nobody is signed in on ${tab.name}, and its ${unsent} events cannot be sent`)
      await signIn(world, tab, tab.store.account?.me.staff ?? world.chance.pick(device.users))
      said = await syncNow(world, tab)
    }
    await hear(device)
    for (const each of device.tabs) await each.store.catchUp()
    const still = await unrest(world, tab)
    if ((said !== 'online' && !isRevoked(world, device)) || still) restless.push(`${tab.name}: ${said}, ${still ?? 'at rest'}`)
  }
  // What one of them brought, those before it have not seen.
  const after = world.server.context.log.head()
  return after === before ? restless : [...restless, `the log went from ${before} to ${after}`]
}

/** Heals the world; throws when it does not come to rest. (I11) */
export async function heal(world: World): Promise<void> {
  say(world, 'everything heals')
  world.server.endOld()
  const { accounts } = world.server.context
  for (const account of accounts.all()) if (account.state === 'disabled') accounts.change(account, { state: 'active' })
  for (const device of world.devices) {
    if (device.tabs.length === 0 && !device.locks) await newTab(world, device)
    for (const tab of device.tabs) await finishWrites(world, tab)
  }
  await arrive(world)
  for (const device of world.devices) if (device.locks) await lockNow(world, device)
  for (const device of world.devices) await hear(device)
  for (const device of world.devices) if (device.tabs[0]) await sendOnly(world, device.tabs[0])
  let restless: string[] = []
  for (let i = 0; i < MOST_ROUNDS; i++) {
    restless = await everybodyOnce(world, i === 0)
    if (restless.length === 0) return
  }
  throw new Broken('I11', `after ${MOST_ROUNDS} rounds: ${restless.join('; ')}`)
}
