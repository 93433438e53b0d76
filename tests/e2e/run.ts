/** `npm run e2e [words]`: builds the app once when it is missing or old, then plays the scenarios whose file names hold the words. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { isStale } from '../support/build.ts'

const root = path.resolve(import.meta.dirname, '../..')
const run = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, [path.join(root, script), ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1

const built = isStale(root) ? run('node_modules/vite/bin/vite.js', 'build') : 0
process.exitCode =
  built === 0 ? run('node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/e2e/vitest.config.ts', ...process.argv.slice(2)) : built
