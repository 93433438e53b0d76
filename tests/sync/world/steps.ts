/** What can happen next. Each step gives its words for the trace; a step that cannot be done now gives undefined and nothing has happened. */
import { record, type Unchained } from '../../../client/log/record.ts'
import { recordReview } from '../../../client/log/commands.ts'
import { isOwn } from '../../../client/sync/forget.ts'
import { as } from '../../../shared/ids.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/time.ts'
import { oneIn, weighted } from './chance.ts'
import { type Device, hear, killTab } from './device.ts'
import { BEGINNING, ELM } from './district.ts'
import { disk, idle } from './disk.ts'
import { tomorrowsApp, upgrade } from './appVersions.ts'
import { copy, disable, empty, handOver, limit, revoke, steal, update } from './hardship.ts'
import { changeRegistry, lists } from './registryChanges.ts'
import { leave, lock, LOCKED, lockNow, setPin, type LockedStep } from './pins.ts'
import { copyAll, emptyAll, tomorrowsAll } from './tabletFate.ts'
import { offerPoison } from './poison.ts'
import { finishWrites, ownRows } from './look.ts'
import { tap, typeOfTomorrow } from './taps.ts'
import {
  beginRound,
  carryOne,
  drop,
  expire,
  handOne,
  late,
  lookElsewhere,
  signInAgain,
  signOut,
  type Step,
  wholeRound,
} from './syncSteps.ts'
import { newTab, type World } from './world.ts'

const recordSomething: Step = async (world, tab) => {
  const did = tap(tab, world.chance)
  if (did === undefined) return undefined
  await finishWrites(world, tab)
  return did
}

const recordAndDie: Step = async (world, tab) => {
  const did = tap(tab, world.chance)
  if (did === undefined) return undefined
  await killTab(tab, world.planted.onKill)
  drop(world, tab)
  // Whatever is on the disk is shown as saved from now on: a promise like any other.
  for (const row of await ownRows(await newTab(world, tab.device)))
    if (isOwn(row) && !world.witness.saved.has(row.id)) world.witness.sawSaved(row.id, row.event, tab.device.name)
  return `${did}; the tab dies before it says so`
}

const diskFull: Step = async (world, tab) => {
  disk.isFull = true
  const did = tap(tab, world.chance)
  await Promise.all(tab.writing.map((each) => each.done))
  disk.isFull = false
  if (did === undefined) return undefined
  await finishWrites(world, tab)
  tab.store.clearFault()
  return `${did}; the disk is full`
}

const tomorrow: Step = async (world, tab) => {
  const mine = new Set<string>(tab.store.account?.me.sites)
  const session = [...tab.store.ledger.sessions()].find((each) => each.started && mine.has(each.site))
  if (!session) return undefined
  const event = typeOfTomorrow(tab, session) as Unchained
  await record(tab.db, [event])
  await tab.store.catchUp()
  const [row] = await tab.db.events.where('id').equals(event.id).toArray()
  if (row) world.witness.sawSaved(event.id, row.event, tab.device.name)
  return 'records something only a newer version knows'
}

const kill: Step = async (world, tab) => {
  await killTab(tab, world.planted.onKill)
  drop(world, tab)
  const next = await newTab(world, tab.device)
  return `is killed and opened again as ${next.name}`
}

const secondTab: Step = async (world, tab) => {
  if (tab.device.tabs.length > 1) return undefined
  const next = await newTab(world, tab.device)
  return `a second tab is opened: ${next.name}`
}

const clockJump: Step = async (world, { device }) => {
  const to = world.chance.pick(['1970', '2099', 'a day behind', 'a day ahead', 'right'])
  if (to === '1970') device.skew = -world.clock.now + HOUR
  else if (to === '2099') device.skew = Date.UTC(2099, 11, 31) - world.clock.now
  else device.skew = to === 'right' ? 0 : to === 'a day behind' ? -DAY : DAY
  return `its clock jumps: ${to}`
}

const restart: Step = async (world) => {
  await world.server.restart()
  return 'the server ends and begins again'
}
const backup: Step = async (world) => {
  await world.server.backup()
  return 'a backup is made'
}
const restore: Step = async (world) => {
  const goesOn = oneIn(world.chance, 2)
  await world.server.restore(goesOn)
  world.witness.wentBack()
  return `the server is put back from its backup${goesOn ? '; the one before goes on, and some still reach it' : ''}`
}
/** Long enough for what a checked backup holds to be forgotten here. */
const month: Step = async (world) => {
  await world.server.backup()
  world.clock.now += 31 * DAY
  return 'a backup is made, and a month goes by'
}
const endOld: Step = async ({ server }) => {
  if (!server.old) return undefined
  server.endOld()
  return 'the server that was put back is the only one again'
}

const decide: Step = async (world, tab) => {
  const me = tab.store.account?.me
  if (!me || !['coordinator', 'district'].includes(me.role)) return undefined
  const rows = world.server.context.overview.quarantine(me.districtWide ? 'all' : me.sites).filter((row) => row.site !== as('nowhere'))
  if (rows.length === 0) return undefined
  const row = world.chance.pick(rows)
  const decision = oneIn(world.chance, 3) ? 'refuse' : 'accept'
  if (row.event === null) return undefined
  recordReview(tab.store, row.site ?? ELM, row.event, decision, 'Spoke with the office')
  if (decision === 'accept') world.witness.strangers.add(row.event)
  await finishWrites(world, tab)
  return `decides on what was set aside as ${row.reason}: ${decision}`
}

const listen: Step = async (_world, tab) => {
  if (tab.device.unheard.length === 0) return undefined
  await hear(tab.device)
  return 'its tabs hear each other'
}

const STEPS: readonly (readonly [number, Step])[] = [
  [40, recordSomething],
  [3, recordAndDie],
  [2, diskFull],
  [1, tomorrow],
  [10, beginRound],
  [14, wholeRound],
  [14, carryOne],
  [14, handOne],
  [3, late],
  [2, kill],
  [2, secondTab],
  [4, signOut],
  [6, signInAgain],
  [1, expire],
  [2, lookElsewhere],
  [2, clockJump],
  [1, restart],
  [2, backup],
  [1, restore],
  [1, endOld],
  [2, decide],
  [6, listen],
  [3, handOver],
  [1, empty],
  [2, copy],
  [1, revoke],
  [1, steal],
  [1, update],
  [1, upgrade],
  [1, tomorrowsApp],
  [1, disable],
  [5, async (world) => changeRegistry(world)],
  [3, async (world) => offerPoison(world)],
]

/** What a tablet of lockers does in a way of its own, or not at all: there were no lockers before. */
const NOT_WITH_LOCKERS: ReadonlySet<Step> = new Set([copy, empty, upgrade, tomorrowsApp, signOut, signInAgain])
const ANYWHERE: readonly (readonly [number, LockedStep])[] = [
  [1, emptyAll],
  [2, copyAll],
  [1, tomorrowsAll],
]
const WITH_PINS: typeof STEPS = [...STEPS, [12, setPin], [2, month]]
const WITH_LOCKERS: typeof STEPS = [
  ...STEPS.filter(([, each]) => !NOT_WITH_LOCKERS.has(each)),
  [14, lock],
  [4, leave],
  [2, month],
  ...ANYWHERE.map(([often, what]): (typeof STEPS)[number] => [often, (world, { device }) => what(world, device)]),
]

const WITH_LIMITS: typeof STEPS = [...STEPS, [8, limit], [8, async (world) => lists(world)]]

/** One step of a history. */
export async function step(world: World): Promise<void> {
  world.clock.now += 1_000 + world.chance.below(30) * MINUTE
  const device = world.chance.pick(world.devices)
  const at = world.trace.length
  const [name, did] = device.tabs.length === 0 ? await lockedStep(world, device) : await openStep(world, device)
  await idle()
  if (device.locks?.mustLock) {
    await lockNow(world, device)
    device.locks.mustLock = false
  }
  const minutes = Math.floor((world.clock.now - BEGINNING) / MINUTE)
  if (did !== undefined) world.trace.splice(at, 0, `+${minutes} min  ${name} ${did}`)
}

const WHILE_LOCKED = [...LOCKED, ...ANYWHERE]
const lockedStep = async (world: World, device: Device): Promise<readonly [string, string | undefined]> => [
  device.name,
  await weighted(world.chance, WHILE_LOCKED)(world, device),
]

async function openStep(world: World, device: Device): Promise<readonly [string, string | undefined]> {
  const tab = world.chance.pick(device.tabs)
  const steps = device.locks ? WITH_LOCKERS : world.isLocking ? WITH_PINS : world.isLimiting ? WITH_LIMITS : STEPS
  return [tab.name, await weighted(world.chance, steps)(world, tab)]
}
