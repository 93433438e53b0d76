/** `node tests/bench/peers/install.ts`: brings the peers that the sync bench compares with from npm, some minutes, once. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { folderOf, PEERS } from './installed.ts'

for (const [peer, packages] of Object.entries(PEERS)) {
  mkdirSync(folderOf(peer), { recursive: true })
  writeFileSync(path.join(folderOf(peer), 'package.json'), JSON.stringify({ name: `peer-${peer}`, private: true }))
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: folderOf(peer), stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
