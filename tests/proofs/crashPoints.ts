/** Every write, sync and truncate of a piece of work is the last thing the process does; then the folder is opened again. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { isSound } from '../../server/log/sound.ts'
import { prepareRush } from '../support/rush.ts'
import { brokenIn, type Proof } from './inspect.ts'

const WORK = path.join(import.meta.dirname, 'work.ts')
const CALLS = 'write,pwrite64,fsync,fdatasync,ftruncate'
export const KINDS = ['migration', 'push', 'import', 'checkpoint', 'backup'] as const
type Kind = (typeof KINDS)[number]

export const hasStrace = (): boolean => spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0

/** Runs the work in a copy of a folder and kills it at its n-th call on the folder's files; gives what it acknowledged and whether it was killed. */
function crash(kind: Kind, base: string, n: number): { folder: string; acknowledged: string[]; killed: boolean; words: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'recoup-crash-'))
  cpSync(base, folder, { recursive: true })
  const files = [
    'recoup.db',
    'recoup.db-wal',
    'recoup.db-shm',
    'recoup.db-journal',
    'copy/recoup.db',
    'copy/recoup.db-journal',
    'copy/recoup.db-wal',
  ]
  const paths = files.flatMap((file) => ['-P', path.join(folder, file)])
  const inject = `inject=${CALLS}:signal=KILL:when=${n}`
  const ran = spawnSync(
    'strace',
    ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${CALLS}`, '-e', inject, ...paths, process.execPath, WORK, kind, folder],
    {
      encoding: 'utf8',
      env: { ...process.env, NODE_COMPILE_CACHE: path.join(tmpdir(), 'recoup-compiled') },
    },
  )
  const killed = ran.signal === 'SIGKILL' || ran.status === 137
  if (!killed && ran.status !== 0) throw new Error(`${kind} ended with ${ran.status ?? ran.signal}:\n${ran.stderr}`)
  return { folder, acknowledged: ran.stdout.split('\n').filter((id) => id !== ''), killed, words: ran.stderr }
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

/** Tries every `step`-th crash point of a piece of work, from the first to the one that the work outlives. */
export async function crashPoints(kind: Kind, step = 1): Promise<Proof> {
  const what = `crash points of a ${kind}`
  if (!hasStrace()) return { what, tried: 0, broken: [], note: 'skipped: strace is not installed, or may not trace here' }
  const base = await prepare(kind)
  const broken: string[] = []
  let tried = 0
  try {
    for (let n = 1, goesOn = true; goesOn; n += step) {
      const { folder, acknowledged, killed } = crash(kind, base, n)
      try {
        if (existsSync(path.join(folder, 'recoup.db'))) broken.push(...brokenIn(folder, acknowledged, `${kind} at call ${n}`))
        else if (readdirSync(folder).length === 0 && kind !== 'migration') broken.push(`${kind} at call ${n}: the data is gone`)
        if (kind === 'backup') broken.push(...brokenCopy(folder, `${kind} at call ${n}`))
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
      goesOn = killed
      if (killed) tried++
    }
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
  return { what, tried, broken }
}
