/**
 * `npm run proofs -- [name...] [--most N]`: real processes that die, disks that err and fill, and cuts of power. An hour; `--most` tries at
 * most so many of each, a third of that of disk errors, spread over all; `npm test` plays a short version.
 * Exits with 1 when a promise was broken, and in CI also when something could not be tried.
 */
import { parseArgs } from 'node:util'
import { crashPoints, KINDS } from './crashPoints.ts'
import { fullDisk } from './diskFull.ts'
import type { Proof } from './inspect.ts'
import { powerCuts, randomKills } from './kills.ts'

const { values, positionals: asked } = parseArgs({ options: { most: { type: 'string' } }, allowPositionals: true })
const most = Number(values.most ?? Number.POSITIVE_INFINITY)
const proofs: Readonly<Record<string, () => Promise<Proof>>> = {
  ...Object.fromEntries(KINDS.map((kind) => [kind, () => crashPoints(kind, most)])),
  ...Object.fromEntries(KINDS.map((kind) => [`${kind}Error`, () => crashPoints(kind, Math.ceil(most / 3), 'error')])),
  diskFull: () => fullDisk(Math.min(most, 8)),
  powerCuts: () => powerCuts(Math.min(most, 200)),
  kills: () => randomKills(Math.min(most, 200)),
}

const unknown = asked.filter((name) => !(name in proofs))
if (unknown.length > 0) {
  console.error(`There is no proof ${unknown.join(', ')}. There are: ${Object.keys(proofs).join(', ')}.`)
  process.exit(2)
}
let failed = 0
for (const [name, prove] of Object.entries(proofs)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const started = performance.now()
  const { what, tried, broken, note } = await prove()
  const isSkipped = tried === 0
  if (broken.length > 0 || (isSkipped && process.env.CI)) failed++
  const word = broken.length > 0 ? 'BROKEN' : isSkipped ? 'skipped' : 'kept'
  console.log(
    `${word.padEnd(8)} ${what}: ${tried} tried, ${broken.length} broken${note ? `; ${note}` : ''} (${((performance.now() - started) / 1000).toFixed(0)} s)`,
  )
  for (const sentence of broken.slice(0, 20)) console.log(`         ${sentence}`)
}
process.exitCode = failed > 0 ? 1 : 0
