/** `npm run dev`: the server, restarted when its files change, and the app with hot reload in front of it. Ctrl-C ends both. */
import { spawn } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const start = (...args: string[]) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })

const parts = [
  start('--watch-path=server', '--watch-path=shared', 'server/cli/recoup.mjs', 'serve'),
  start('node_modules/vite/bin/vite.js'),
]
const end = () => {
  for (const part of parts) part.kill('SIGTERM')
}
for (const part of parts) part.on('exit', end)
process.on('SIGINT', end)
process.on('SIGTERM', end)
