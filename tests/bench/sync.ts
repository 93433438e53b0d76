/**
 * Push and pull beside the least that could do it and beside peers, in one run: a server and a client of their own for each, one after another in
 * turns. The peers are not part of this project: `node tests/bench/peers/install.ts` puts them beside it, and without them they are left out.
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { Line } from './line.ts'
import { median } from './line.ts'
import { isInstalled } from './peers/installed.ts'
import type { Measured } from './peers/one.ts'

const ROUNDS = 3
const SIZE = 20_000
const SMALL = 2_000
const LARGE = 200_000

export function sync(): Line[] {
  const peers = ['pouch', 'actual'].filter((name) => isInstalled(name))
  if (peers.length < 2) console.log('Without peers: node tests/bench/peers/install.ts puts PouchDB and the Actual sync server beside this.')
  const measured: Measured[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['bare', 'recoup', ...peers]) measured.push(...one(name, name === 'recoup' ? [SMALL, SIZE] : [SIZE]))
  }
  measured.push(...one('recoup', [LARGE]))
  const of = (name: string, size: number, figure: (one: Measured) => number): number =>
    median(measured.filter((row) => row.name === name && row.size === size).map(figure))
  const whole = (row: Measured): number => row.push + row.pull
  const perEvent = (size: number): number => (of('recoup', size, whole) * 1000) / size
  const ours = of('recoup', SIZE, whole)
  return [
    {
      what: `${SIZE} events pushed`,
      value: of('recoup', SIZE, (row) => row.push),
      unit: 's',
      reference: of('bare', SIZE, (row) => row.push),
    },
    {
      what: `${SIZE} events pulled, with the proof of totals`,
      value: of('recoup', SIZE, (row) => row.pull),
      unit: 's',
      reference: of('bare', SIZE, (row) => row.pull),
    },
    { what: 'both, beside the bare server', value: ours, unit: 's', reference: of('bare', SIZE, whole), most: { ratio: 1 / 0.6 } },
    ...(peers.includes('pouch')
      ? [{ what: 'both, beside PouchDB', value: ours, unit: 's', reference: of('pouch', SIZE, whole), most: { ratio: 1 / 5 } } as const]
      : []),
    ...(peers.includes('actual')
      ? [{ what: 'both, beside Actual', value: ours, unit: 's', reference: of('actual', SIZE, whole), most: { ratio: 1 / 3 } } as const]
      : []),
    {
      what: '20 events more',
      value: of('recoup', SIZE, (row) => row.more),
      unit: 'ms',
      reference: of('bare', SIZE, (row) => row.more),
      most: { value: 10 },
    },
    { what: `an event, of ${SIZE} beside ${SMALL}`, value: perEvent(SIZE), unit: 'ms', reference: perEvent(SMALL), most: { ratio: 1.2 } },
    { what: `an event, of ${LARGE} beside ${SIZE}`, value: perEvent(LARGE), unit: 'ms', reference: perEvent(SIZE), most: { ratio: 1.2 } },
    { what: `memory of the server after ${SIZE}`, value: of('recoup', SIZE, (row) => row.memory), unit: 'MB', most: { value: 250 } },
    { what: `memory of the server after ${LARGE}`, value: of('recoup', LARGE, (row) => row.memory), unit: 'MB' },
  ]
}

/** A process for each server and round: a fresh heap, and a warm-up of its own. */
function one(name: string, sizes: readonly number[]): Measured[] {
  const script = path.join(import.meta.dirname, 'peers/one.ts')
  const ran = spawnSync(process.execPath, ['--max-old-space-size=8192', script, name, ...sizes.map(String)], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  })
  if (ran.status !== 0) throw new Error(`${name}: ${ran.stderr}`)
  const rows = ran.stdout.split('\n').filter((line) => line.startsWith('{'))
  return rows.map((line) => JSON.parse(line) as Measured)
}
