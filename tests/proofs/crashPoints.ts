/**
 * Every write, sync and truncate of a piece of work is the last thing the process does, or is answered with an error by the disk; then the
 * folder is opened again. After an error the same process must go on: it is asked once more, as a tablet asks.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { DATABASE } from '../../server/log/openDatabase.ts'
import { isSound } from '../../server/log/sound.ts'
import { prepareRush } from '../support/rush.ts'
import { brokenIn, type Proof } from './inspect.ts'

const WORK = path.join(import.meta.dirname, 'work.ts')
const CALLS = 'write,pwrite64,fsync,fdatasync,ftruncate'
const FILES = ['', 'copy/'].flatMap((folder) => ['', '-wal', '-shm', '-journal'].map((end) => `${folder}${DATABASE}${end}`))
export const KINDS = ['migration', 'push', 'import', 'checkpoint', 'backup'] as const
type Kind = (typeof KINDS)[number]

const hasStrace = (): boolean => spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0

/** What happens at a call: the process dies, or the disk says that it failed. */
export type Fault = 'death' | 'error'
const INJECTED: Readonly<Record<Fault, string>> = { death: 'signal=KILL', error: 'error=EIO' }

interface Ran {
  readonly folder: string
  readonly acknowledged: readonly string[]
  /** Whether the fault came to pass. */
  readonly struck: boolean
  /** What it did not get over within the process, in its words. */
  readonly fault: string | undefined
  /** The calls that the process made on the folder's files: those of its busiest thread, which is how they are counted. */
  readonly calls: number
}

/** Runs the work in a copy of a folder; struck at its n-th call on the folder's files, or to its end. */
function run(kind: Kind, base: string, strike: Fault = 'death', n?: number): Ran {
  const folder = mkdtempSync(path.join(tmpdir(), 'recoup-crash-'))
  cpSync(base, folder, { recursive: true })
  const trace = `${folder}.trace`
  const paths = FILES.flatMap((file) => ['-P', path.join(folder, file)])
  const kill = n === undefined ? [] : ['-e', `inject=${CALLS}:${INJECTED[strike]}:when=${n}`]
  const args = ['-f', '-qq', '-o', trace, '-e', `trace=${CALLS}`, ...kill, ...paths, process.execPath, WORK, kind, folder]
  // What was compiled in the run that ends by itself need not be compiled in those that do not.
  const env = { ...process.env, NODE_COMPILE_CACHE: path.join(tmpdir(), 'recoup-compiled') }
  const ran = spawnSync('strace', args, { encoding: 'utf8', env })
  const threads = new Map<string, number>()
  const calls = readFileSync(trace, 'utf8')
  for (const [, thread = ''] of calls.matchAll(/^(\d+) +\w+\(/gm)) threads.set(thread, (threads.get(thread) ?? 0) + 1)
  rmSync(trace)
  const killed = ran.signal === 'SIGKILL' || ran.status === 137
  const struck = killed || calls.includes('(INJECTED)')
  // A start that the disk refuses is one that somebody makes again.
  const isOver = killed || ran.status === 0 || (struck && !ran.stdout.includes('opened'))
  if (!struck && ran.status !== 0) throw new Error(`${kind} ended with ${ran.status ?? ran.signal}:\n${ran.stderr}`)
  const acknowledged = ran.stdout.split('\n').filter((line) => line !== '' && line !== 'opened')
  return { folder, acknowledged, struck, fault: isOver ? undefined : ran.stderr.trim(), calls: Math.max(0, ...threads.values()) }
}

/** A folder as the work finds it. For a migration, one of the first version. */
async function prepare(kind: Kind): Promise<string> {
  const base = mkdtempSync(path.join(tmpdir(), 'recoup-base-'))
  if (kind === 'migration') return base
  const [tablet] = await prepareRush(base, 1)
  writeFileSync(path.join(base, 'tablet.json'), JSON.stringify(tablet))
  return base
}

/** A copy that the log counts must be sound, whenever the server died. */
function brokenCopy(folder: string, when: string): string[] {
  const db = new Database(path.join(folder, 'recoup.db'), { readonly: true })
  const counted = db.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'backup'").pluck().get() === 1
  const folders = counted ? db.prepare<[], string>('SELECT folder FROM backup WHERE fault IS NULL').pluck().all() : []
  db.close()
  return folders
    .filter(() => isSound(path.join(folder, 'copy', 'recoup.db')) === undefined)
    .map(() => `${when}: a copy counts that is not sound`)
}

/** Strikes at every point of a piece of work, or at `most` spread over it. */
export async function crashPoints(kind: Kind, most = Number.POSITIVE_INFINITY, strike: Fault = 'death'): Promise<Proof> {
  const what = strike === 'death' ? `crash points of a ${kind}` : `disk errors in a ${kind}`
  if (!hasStrace()) return { what, tried: 0, broken: [], note: 'skipped: strace is not installed, or may not trace here' }
  const base = await prepare(kind)
  const broken: string[] = []
  let tried = 0
  try {
    const whole = run(kind, base)
    rmSync(whole.folder, { recursive: true })
    const step = Math.max(1, whole.calls / most)
    for (let n = 1; n <= whole.calls; n += step) {
      const at = Math.floor(n)
      const { folder, acknowledged, struck, fault } = run(kind, base, strike, at)
      try {
        if (existsSync(path.join(folder, DATABASE))) broken.push(...brokenIn(folder, acknowledged, `${kind} at call ${at}`))
        else if (kind !== 'migration') broken.push(`${kind} at call ${at}: the data is gone`)
        if (kind === 'backup') broken.push(...brokenCopy(folder, `${kind} at call ${at}`))
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
      if (fault !== undefined) broken.push(`${kind} at call ${at}: did not go on without a restart: ${fault.slice(0, 300)}`)
      if (struck) tried++
    }
    return { what, tried, broken, note: `${whole.calls} calls in all` }
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}
