/** Backups on a schedule: each opened and checked before it counts, the newest ones kept, failures said. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { MINUTE } from '../../shared/time.ts'
import { type BackupFault, backup } from './backup.ts'
import { type Copied, notCopied } from './copy.ts'
import type { Log } from './log.ts'

export interface BackupPlan {
  readonly folder: string
  readonly everyMinutes: number
  /** How many sound copies stay. */
  readonly keep: number
}

export interface Backups {
  /** Makes one now, unless one is being made. */
  run(): Promise<BackupFault | undefined>
  stop(): Promise<void>
}

/** A failed copy is tried again after this long, if that is sooner than the next one is due. */
const AGAIN = 10 * MINUTE

/** Begins to back up a data folder. The first copy is due when the newest one is older than the plan allows. `before` is called before each. */
export function openBackups(log: Log, data: string, plan: BackupPlan, say: (sentence: string) => void, before = () => {}): Backups {
  const { db, sources } = log
  const every = plan.everyMinutes * MINUTE
  let busy: Promise<BackupFault | undefined> | undefined
  let timer: NodeJS.Timeout | undefined

  async function make(): Promise<BackupFault | undefined> {
    const at = sources.now()
    const folder = join(plan.folder, `recoup-${new Date(at).toISOString().replaceAll(':', '-')}`)
    const fault = await written(folder)
    if (fault) {
      remove(folder)
      say(`The backup to ${folder} failed: ${fault}. Tablets keep what they hold until one succeeds.`)
    } else drop()
    return fault
  }

  async function written(folder: string): Promise<BackupFault | undefined> {
    try {
      before()
      return await backup(db, data, folder, sources.now(), inThread)
    } catch {
      return 'failed'
    }
  }

  /** Copies this plan made, but for the newest, go; what lies beside them is left alone. */
  function drop(): void {
    const made = db
      .prepare<[string], string>("SELECT folder FROM backup WHERE fault IS NULL AND folder LIKE ? || '%' ORDER BY id DESC")
      .pluck()
      .all(join(plan.folder, 'recoup-'))
    for (const folder of made.slice(plan.keep)) remove(folder)
  }

  /** What cannot be removed stays, and stops no later copy. */
  function remove(folder: string): void {
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      say(`The copy in ${folder} could not be removed. Remove it by hand: copies fill the disk.`)
    }
  }

  async function run(): Promise<BackupFault | undefined> {
    busy ??= make().finally(() => (busy = undefined))
    return await busy
  }

  function plant(wait: number): void {
    timer = setTimeout(() => void run().then((fault) => plant(fault ? Math.min(AGAIN, every) : every)), Math.min(wait, 2 ** 31 - 1))
    timer.unref()
  }
  const newest = db.prepare<[], number | null>('SELECT max(at) FROM backup WHERE fault IS NULL').pluck().get()
  plant(Math.max(0, (newest ?? 0) + every - sources.now()))
  return {
    run,
    async stop() {
      clearTimeout(timer)
      await busy
    },
  }
}

/** In a thread of its own, so that nobody who asks the server waits for it. */
function inThread(data: string, folder: string): Promise<Copied> {
  return new Promise((resolve) => {
    const thread = new Worker(join(import.meta.dirname, 'backupThread.ts'), { workerData: { data, folder } })
    thread.once('message', resolve)
    thread.once('error', () => resolve(notCopied('failed')))
    thread.once('exit', () => resolve(notCopied('failed')))
  })
}
