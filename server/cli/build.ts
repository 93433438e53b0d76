/** Builds the pages when they are missing or older than what they are made of. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Io, Stop } from './io.ts'

const ROOT = resolve(import.meta.dirname, '..', '..')
const MADE_OF = ['client', 'shared', 'vite.config.ts', 'vite.verifier.ts', 'package-lock.json']

function newest(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** Builds when needed. The build's own output is shown only when it fails. */
export async function buildPages(dist: string, io: Io): Promise<void> {
  const built = statSync(join(dist, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (built >= Math.max(...MADE_OF.map((path) => newest(join(ROOT, path))))) return
  io.stderr.write('Building the pages. This happens once after each change of the program.\n')
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (chunk) => (said += String(chunk)))
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  const code = await new Promise<number | null>((done) => child.on('close', done))
  if (code === 0) return compressPages(dist)
  io.stderr.write(said)
  throw new Stop('The pages could not be built: the messages above say why.')
}

/** Puts a compressed copy beside each file that shrinks; the server hands it to those who accept it. */
function compressPages(dist: string): void {
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(js|css|html|svg|json|webmanifest)$/.test(name)) continue
    writeFileSync(join(dist, `${name}.gz`), gzipSync(readFileSync(join(dist, name)), { level: 9 }))
  }
}
