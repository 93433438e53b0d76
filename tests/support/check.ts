/**
 * `npm run check`: everything a machine can judge, in one go; `npm test` (`--e2e`) adds simulated histories and the
 * people's scenarios in a real browser.
 * One line a step, the words of a step only when it failed, and a last line `N passed, N failed`.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { firstLoad } from './firstLoad.ts'
import { sentences } from './sentences.ts'
import { type Outcome, reports, root, tool } from './tool.ts'

const FIRST_LOAD_MOST = 200 * 1024

const one = (name: string, ok: boolean, words: string, note = ''): Outcome => ({
  name,
  passed: ok ? 1 : 0,
  failed: ok ? 0 : 1,
  note,
  words: ok ? '' : words,
})

const plain =
  (name: string, script: string, ...args: string[]) =>
  async () => {
    const { code, words } = await tool(script, ...args)
    return one(name, code === 0, words)
  }

/** dependency-cruiser finds nothing, and says so cheerfully, when its TypeScript is one it cannot read: nothing found is a failure. */
async function boundaries(): Promise<Outcome> {
  const folders = ['shared', 'client', 'server', 'tests']
  const { code, words } = await tool(
    'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    '--config',
    '.dependency-cruiser.cjs',
    ...folders,
  )
  const modules = Number(/(\d+) modules/.exec(words)?.[1] ?? 0)
  return one('boundaries', code === 0 && modules > 0, modules > 0 ? words : `No module was looked at.\n${words}`, `${modules} modules`)
}

async function bundle(): Promise<Outcome> {
  const built = await tool('node_modules/vite/bin/vite.js', 'build')
  if (built.code !== 0) return one('bundle', false, built.words)
  const files = firstLoad(path.join(root, 'dist'))
  const bytes = files.reduce((sum, file) => sum + file.gzip, 0)
  const list = files.map((file) => `  ${(file.gzip / 1024).toFixed(1)} KB  ${file.name}`).join('\n')
  // Schemas and what speaks to the server come after the first screen: whoever imports them there must do so when they are needed.
  const isOffline = files.every(({ name }) => !name.includes('/network-'))
  return one(
    'bundle',
    files.length > 0 && bytes <= FIRST_LOAD_MOST && isOffline,
    `The first page must not load the file "network" (schemas, fetch), and loads ${bytes} bytes of JavaScript (gzip); the most is ${FIRST_LOAD_MOST}.\n${list}`,
    `${(bytes / 1024).toFixed(0)} KB gzip at first load`,
  )
}

/** Histories of the real client and server; a broken promise is told with its trace. */
async function simulation(): Promise<Outcome> {
  const { code, words } = await tool('tests/sync/simulate.ts', '--seeds', '1..2000')
  return one('simulation', code === 0, words, words.trim().split('\n').at(-1))
}

/** What docs/asvs.md and docs/attacks.md claim, by the tests that have just run. */
async function claims(): Promise<Outcome> {
  const { code, words } = await tool('tests/trust/write.ts', '--check')
  return one('claims', code === 0, words, words.trim().split('\n').at(-1))
}

const vitest = 'node_modules/vitest/vitest.mjs'
const FUZZ = 'tests/server/fuzz*.test.ts'
/** Groups run one after another; the steps of a group side by side. */
const groups: (() => Promise<Outcome>)[][] = [
  [
    plain('types', 'node_modules/typescript7/bin/tsc', '-b', 'tests/tsconfig.json'),
    plain('lint', 'node_modules/oxlint/bin/oxlint', '--deny-warnings', '--format=unix'),
  ],
  [plain('format', 'node_modules/@biomejs/biome/bin/biome', 'format', '--max-diagnostics=4', '.'), boundaries],
  [plain('dead code', 'node_modules/knip/bin/knip.js', '--no-config-hints', '--no-progress'), bundle],
  [plain('coverage', vitest, 'run', '--config', 'tests/rules/coverage.config.ts')],
  // The second of two cores asks strange things meanwhile.
  [() => sentences('tests', vitest, 'run', '--exclude', FUZZ), () => sentences('fuzz', vitest, 'run', 'tests/server/fuzz')],
]
const isWhole = process.argv.includes('--e2e')
process.env.FUZZ_REQUESTS = String(isWhole ? 100_000 : 10_000)
if (isWhole) groups.push([simulation], [() => sentences('e2e', 'tests/e2e/run.ts')], [claims])

mkdirSync(reports, { recursive: true })
const outcomes: Outcome[] = []
for (const group of groups) {
  await Promise.all(
    group.map(async (step) => {
      const started = performance.now()
      const outcome = await step()
      outcomes.push(outcome)
      const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`
      console.log(`${outcome.failed > 0 ? 'FAILED' : 'ok    '}  ${outcome.name.padEnd(11)} ${seconds.padStart(7)}  ${outcome.note}`)
      if (outcome.words) console.log(`\n${outcome.words.trimEnd()}\n`)
    }),
  )
}
const sum = (of: 'passed' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[of], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') > 0 ? 1 : 0
