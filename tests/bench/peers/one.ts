/**
 * One server, measured once at each size, in a process of its own with a fresh server over an empty folder.
 * `node tests/bench/peers/one.ts NAME SIZE...` prints one line of JSON for each size.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { peakMemory } from '../../support/process.ts'
import { median } from '../line.ts'
import type { Adapter } from './adapter.ts'

const adapters: Readonly<Record<string, () => Promise<Adapter>>> = {
  recoup: async () => (await import('./recoup.ts')).recoup,
  bare: async () => (await import('./bare.ts')).bare,
  pouch: async () => (await import('./pouch.ts')).pouch,
  actual: async () => (await import('./actual.ts')).actual,
}
const WARM_UP = 300
const MORE = 20
const ROUNDS = 8
/** Totals are worked out when pushes pause, in a thread of their own: what that takes is part of our memory. */
const PAUSE_MS = 13_000

export interface Measured {
  readonly name: string
  readonly size: number
  readonly push: number
  readonly pull: number
  /** Milliseconds until twenty more events are durable, on top of all those. */
  readonly more: number
  /** The most memory the server held, MB. */
  readonly memory: number
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

async function measure(adapter: Adapter, name: string, size: number): Promise<Measured> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recoup-bench-'))
  const server = await adapter.serve(folder)
  try {
    const one = await adapter.connect(server)
    await one.load(size)
    const push = await seconds(() => one.push())
    const another = await adapter.connect(server)
    let held = 0
    const pull = await seconds(async () => {
      held = await another.pull()
    })
    if (held !== size) throw new Error(`${name} gave ${held} of ${size} events`)
    const rounds: number[] = []
    for (let i = 0; i < ROUNDS; i++) {
      await one.load(MORE)
      rounds.push(1000 * (await seconds(() => one.push())))
    }
    if (name === 'recoup' && size > WARM_UP) await setTimeout(PAUSE_MS)
    const memory = peakMemory(server.pid)
    await one.close()
    await another.close()
    return { name, size, push, pull, more: median(rounds), memory }
  } finally {
    await server.end('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

const [name = '', ...sizes] = process.argv.slice(2)
const adapter = await adapters[name]?.()
if (adapter === undefined) throw new Error(`There is no server ${name}. There are: ${Object.keys(adapters).join(', ')}.`)
await measure(adapter, name, WARM_UP)
for (const size of sizes.map(Number)) console.log(JSON.stringify(await measure(adapter, name, size)))
process.exit(0)
