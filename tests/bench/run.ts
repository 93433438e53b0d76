/**
 * `npm run bench [name]`: what the app costs, beside the least code that could do the same, measured in the same run on this machine.
 * Figures wander from machine to machine and hour to hour; ratios do so less. Exits with 1 when a budget is broken.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import path from 'node:path'
import { buildPages } from '../../server/cli/build.ts'
import { keeps, table } from './line.ts'
import type { Line } from './line.ts'

const root = path.resolve(import.meta.dirname, '../..')
const benches: Readonly<Record<string, () => Promise<Line[]>>> = {
  bundle: async () => (await import('./bundle.ts')).bundle(),
  tap: async () => (await import('./tap.ts')).tap(),
  sealedTap: async () => (await import('./tap.ts')).sealedTap(),
  unlock: async () => (await import('./unlock.ts')).unlockBench(),
  coldStart: async () => (await import('./coldStart.ts')).coldStart(),
  sync: async () => (await import('./sync.ts')).sync(),
  herd: async () => (await import('./herd.ts')).herd(),
  import: async () => (await import('./import.ts')).importBench(),
  rules: async () => (await import('./rules.ts')).rules(),
  verify: async () => (await import('./verify.ts')).verifyBench(),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
await buildPages(path.join(root, 'dist'), process)
console.log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}\n`)
const lines: Line[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const measured = await bench()
  console.log(`${table(measured)}\n`)
  lines.push(...measured)
}
mkdirSync(path.join(root, 'bench-results'), { recursive: true })
writeFileSync(path.join(root, 'bench-results', 'last.json'), `${JSON.stringify({ load: loadavg(), lines }, null, 2)}\n`)
const over = lines.filter((line) => keeps(line) === false)
console.log(over.length === 0 ? 'Every budget is kept.' : `Over budget: ${over.map(({ what }) => what).join('; ')}`)
process.exitCode = over.length === 0 ? 0 : 1
