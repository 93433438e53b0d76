/** What can happen next. Each step gives its words for the trace; a step that cannot be done now gives undefined and nothing has happened. */
import { record, type Unchained } from '../../../client/log/record.ts'
import { recordReview } from '../../../client/log/commands.ts'
import { SESSION_COOKIE } from '../../../server/plugins/guard.ts'
import { as } from '../../../shared/ids.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/time.ts'
import { oneIn, weighted } from './chance.ts'
import { hear, killTab, type Tab } from './device.ts'
import { BEGINNING, ELM } from './district.ts'
import { disk, idle } from './disk.ts'
import { changeRegistry } from './registryChanges.ts'
import { offerPoison } from './poison.ts'
import type { Fault, Task } from './post.ts'
import { finishWrites } from './look.ts'
import { tap, typeOfTomorrow } from './taps.ts'
import { arriveLate, beginSignOut, beginSync, carry, handOver, newTab, signIn, type World } from './world.ts'

type Step = (world: World, tab: Tab) => Promise<string | undefined>

const FAULTS: readonly (readonly [number, Fault])[] = [
  [10, 'none'],
  [2, 'request lost'],
  [3, 'reply lost'],
  [2, 'twice'],
  [2, 'late again'],
  [1, 'portal'],
  [1, 'too large'],
  [1, 'busy'],
  [1, 'refused'],
  [3, 'forged'],
  [1, 'not ours'],
]

const recordSomething: Step = async (world, tab) => {
  const did = tap(tab, world.chance)
  if (did === undefined) return undefined
  await finishWrites(world, tab)
  return did
}

const recordAndDie: Step = async (world, tab) => {
  const did = tap(tab, world.chance)
  if (did === undefined) return undefined
  await killTab(tab)
  drop(world, tab)
  await newTab(world, tab.device)
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
  if (row) world.witness.sawSaved(event.id, row.event)
  return 'records something only a newer version knows'
}

const beginRound: Step = async (world, tab) => {
  await beginSync(world, tab)
  return 'begins to sync'
}

const wholeRound: Step = async (world, tab) => {
  await beginSync(world, tab)
  for (let i = 0; i < 20; i++) {
    const task = world.tasks.find((each) => each.tab === tab)
    if (!task?.letter) break
    if (task.letter.answer === null) await carry(world, task.letter, oneIn(world.chance, 6) ? weighted(world.chance, FAULTS) : 'none')
    await handOver(world, task)
  }
  return 'syncs'
}

const carryOne: Step = async (world) => {
  const waiting = world.tasks.filter((task) => task.letter?.answer === null)
  if (waiting.length === 0) return undefined
  const task = world.chance.pick(waiting)
  const fault = weighted(world.chance, FAULTS)
  if (task.letter) await carry(world, task.letter, fault)
  return `a request of ${task.tab.name} is carried: ${fault}`
}

const handOne: Step = async (world) => {
  const answered = world.tasks.filter((task) => task.letter && task.letter.answer !== null)
  if (answered.length === 0) return undefined
  const task = world.chance.pick(answered)
  await handOver(world, task)
  return `an answer reaches ${task.tab.name}`
}

const late: Step = async (world) => {
  if (world.strays.length === 0) return undefined
  const letter = world.chance.pick(world.strays)
  await arriveLate(world, letter)
  return `an old request of ${letter.tab.name} reaches the server`
}

const kill: Step = async (world, tab) => {
  await killTab(tab)
  drop(world, tab)
  const next = await newTab(world, tab.device)
  return `is killed and opened again as ${next.name}`
}

const secondTab: Step = async (world, tab) => {
  if (tab.device.tabs.length > 1) return undefined
  const next = await newTab(world, tab.device)
  return `a second tab is opened: ${next.name}`
}

/** Lets a round go on until a page of news is on its way back. */
async function untilAPageComes(world: World, task: Task): Promise<void> {
  for (let i = 0; i < 10 && task.letter; i++) {
    if (task.letter.answer === null) await carry(world, task.letter, 'none')
    if (task.letter.path.endsWith('/pull')) return
    await handOver(world, task)
  }
}

/** People leave when they are done, not when the tablet is: half of the time while it still syncs. */
const signOut: Step = async (world, chosen) => {
  const busy = world.tasks.filter((task) => task.what === 'sync')
  const under = busy.length > 0 && oneIn(world.chance, 2) ? world.chance.pick(busy) : undefined
  if (under) await untilAPageComes(world, under)
  const tab = under?.tab ?? chosen
  if (!tab.store.account || world.tasks.some((task) => task.tab === tab && task.what === 'sign out')) return undefined
  const task = await beginSignOut(world, tab)
  if (oneIn(world.chance, 3)) return `${tab.name} begins to sign out`
  if (task.letter) await carry(world, task.letter, oneIn(world.chance, 4) ? 'request lost' : 'none')
  await handOver(world, task)
  return `${tab.name} signs out`
}

const signInAgain: Step = async (world, tab) => {
  if (tab.store.account && !oneIn(world.chance, 4)) return undefined
  const user = world.chance.pick(tab.device.users)
  await signIn(world, tab, user)
  return `${user} signs in`
}

const expire: Step = async (world, tab) => {
  const { sessions } = world.server.context
  const { cookies } = tab.device
  const token = cookies.get(SESSION_COOKIE)
  if (token === undefined) return undefined
  sessions.close(token, sessions.device(cookies.get('recoup_device')))
  return "its sign-in ends on the server's side"
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
const restore: Step = async (world) => ((await world.server.restore()) ? 'the server is put back from its backup' : undefined)

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

/** What a tab was doing ends with it. Its requests may still be on their way. */
function drop(world: World, tab: Tab): void {
  for (const task of world.tasks.filter((each) => each.tab === tab)) {
    world.tasks.splice(world.tasks.indexOf(task), 1)
    if (task.letter && task.letter.answer === null) world.strays.push(task.letter)
  }
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
  [2, clockJump],
  [1, restart],
  [2, backup],
  [1, restore],
  [2, decide],
  [6, listen],
  [5, async (world) => changeRegistry(world)],
  [3, async (world) => offerPoison(world)],
]

/** One step of a history. */
export async function step(world: World): Promise<void> {
  world.clock.now += 1_000 + world.chance.below(30) * MINUTE
  const device = world.chance.pick(world.devices)
  const tab = world.chance.pick(device.tabs)
  const chosen = weighted(world.chance, STEPS)
  const at = world.trace.length
  const did = await chosen(world, tab)
  await idle()
  const minutes = Math.floor((world.clock.now - BEGINNING) / MINUTE)
  if (did !== undefined) world.trace.splice(at, 0, `+${minutes} min  ${tab.name} ${did}`)
}
