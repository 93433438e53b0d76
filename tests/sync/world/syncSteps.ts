/** Steps of what goes between tablets and server: rounds begun, carried and answered; people who come and go meanwhile. */
import { writeFact } from '../../../client/log/db.ts'
import { DEVICE_COOKIE, SESSION_COOKIE } from '../../../server/plugins/guard.ts'
import { oneIn, weighted } from './chance.ts'
import type { Tab } from './device.ts'
import { SITES } from './district.ts'
import type { Fault, Task } from './post.ts'
import { arriveLate, beginSignOut, beginSync, carry, handOver, signIn, type World } from './world.ts'

/** Gives its words for the trace; undefined when it cannot be done now and nothing has happened. */
export type Step = (world: World, tab: Tab) => Promise<string | undefined>

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

export const beginRound: Step = async (world, tab) => {
  await beginSync(world, tab)
  return 'begins to sync'
}

export const wholeRound: Step = async (world, tab) => {
  await beginSync(world, tab)
  for (let i = 0; i < 20; i++) {
    const task = world.tasks.find((each) => each.tab === tab)
    if (!task?.letter) break
    if (task.letter.answer === null) await carry(world, task.letter, oneIn(world.chance, 6) ? weighted(world.chance, FAULTS) : 'none')
    await handOver(world, task)
  }
  return 'syncs'
}

export const carryOne: Step = async (world) => {
  const waiting = world.tasks.filter((task) => task.letter?.answer === null)
  if (waiting.length === 0) return undefined
  const task = world.chance.pick(waiting)
  const fault = weighted(world.chance, FAULTS)
  if (task.letter) await carry(world, task.letter, fault)
  return `a request of ${task.tab.name} is carried: ${fault}`
}

export const handOne: Step = async (world) => {
  const answered = world.tasks.filter((task) => task.letter && task.letter.answer !== null)
  if (answered.length === 0) return undefined
  const task = world.chance.pick(answered)
  await handOver(world, task)
  return `an answer reaches ${task.tab.name}`
}

export const late: Step = async (world) => {
  if (world.strays.length === 0) return undefined
  const letter = world.chance.pick(world.strays)
  await arriveLate(world, letter)
  return `an old request of ${letter.tab.name} reaches the server`
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
export const signOut: Step = async (world, chosen) => {
  const busy = world.tasks.filter((task) => task.what === 'sync' && !task.tab.device.locks)
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

export const signInAgain: Step = async (world, tab) => {
  if (tab.store.account && !oneIn(world.chance, 4)) return undefined
  const user = world.chance.pick(tab.device.users)
  await signIn(world, tab, user)
  return `${user} signs in`
}

/** Somebody who may see every school looks at another one. */
export const lookElsewhere: Step = async (world, { db, store }) => {
  if (!store.account?.me.districtWide) return undefined
  const site = world.chance.pick(SITES)
  await writeFact(db, 'wantedSite', site)
  return `${store.account.me.staff} looks at ${site}`
}

export const expire: Step = async (world, tab) => {
  const { sessions } = world.server.context
  const { cookies } = tab.device
  const token = cookies.get(SESSION_COOKIE)
  if (token === undefined) return undefined
  sessions.close(token, sessions.device(cookies.get(DEVICE_COOKIE)))
  return "its sign-in ends on the server's side"
}

/** What a tab was doing ends with it. Its requests may still be on their way. */
export function drop(world: World, tab: Tab): void {
  for (const task of world.tasks.filter((each) => each.tab === tab)) {
    world.tasks.splice(world.tasks.indexOf(task), 1)
    if (task.letter && task.letter.answer === null) world.strays.push(task.letter)
  }
}
