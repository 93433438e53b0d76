/** One history, from its seed to its judgement. */
import { hashText } from '../../../shared/sync/chain.ts'
import { oneIn } from './chance.ts'
import { disk } from './disk.ts'
import { heal, syncNow } from './heal.ts'
import { type History, judge, lookAtLog } from './judge.ts'
import { look, lookIntoLockers } from './look.ts'
import { setPin } from './pins.ts'
import { step } from './steps.ts'
import { Broken, type Invariant } from './witness.ts'
import { openWorld, type Planted, say } from './world.ts'

export interface Outcome {
  readonly seed: number
  readonly steps: number
  /** The promise that did not hold, and what was seen of it; undefined when all held. */
  readonly broken: { readonly invariant: Invariant; readonly what: string } | undefined
  readonly events: number
  readonly trace: readonly string[]
  /** Of the trace, the log and the totals: the same seed gives the same. */
  readonly hash: string
}

/** How often, in steps, everything is looked at while the history goes on. */
const LOOK_EVERY = 10

/** Plays the history of a seed: so many steps (15 to 50 when none are named), then healing, then the judgement. */
export async function play(seed: number, named?: number, planted: Planted = {}): Promise<Outcome> {
  disk.writes = planted.disk
  const world = await openWorld(seed, planted)
  const steps = named ?? 15 + world.chance.below(36)
  const history: History = { epoch: '', hashes: new Map() }
  let broken: Outcome['broken']
  let result = ''
  try {
    // Most tablets are made ready where there is a network; one in four is not.
    for (const device of world.devices) if (device.tabs[0] && !oneIn(world.chance, 4)) await syncNow(world, device.tabs[0])
    if (oneIn(world.chance, 2)) await world.server.backup()
    if (world.isLocking)
      for (const { tabs } of world.devices)
        if (tabs[0] && !oneIn(world.chance, 3)) say(world, `${tabs[0].name} ${await setPin(world, tabs[0])}`)
    for (let i = 1; i <= steps; i++) {
      await step(world)
      if (i % LOOK_EVERY !== 0) continue
      lookAtLog(world, history)
      for (const device of world.devices) {
        for (const tab of device.tabs) await look(world, tab)
        await lookIntoLockers(world, device)
      }
    }
    await heal(world)
    result = await judge(world, history)
  } catch (error) {
    if (!(error instanceof Broken)) throw new Error(`seed ${seed}:\n${world.trace.join('\n')}`, { cause: error })
    broken = { invariant: error.invariant, what: error.message }
    say(world, error.message)
  }
  const events = Number(world.server.context.log.db.prepare('SELECT count(*) FROM event').pluck().get())
  for (const device of world.devices) for (const tab of device.tabs) tab.db.close()
  await world.server.end()
  disk.writes = undefined
  return { seed, steps, broken, events, trace: world.trace, hash: hashText([...world.trace, result].join('\n')).slice(0, 16) }
}
