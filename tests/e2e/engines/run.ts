/** `npm run e2e:engines [words]`: a tablet's hard days in Firefox and in WebKit, as Debian packs them. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { buildPages } from '../../../server/cli/build.ts'

const root = path.resolve(import.meta.dirname, '../../..')
await buildPages(path.join(root, 'dist'), process)
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
const play = (): number =>
  spawnSync(process.execPath, [vitest, 'run', '--config', 'tests/e2e/engines/vitest.config.ts', ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  }).status ?? 1
let status = play()
if (status !== 0) {
  console.log('Played once more, in case the machine stood still for a moment; what failed above stands as it was told.')
  status = play()
}
process.exitCode = status
