/** The real server in a folder of its own, asked without a wire; it can be ended and started again, backed up, and put back from a backup. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Context, openContext } from '../../../server/context.ts'
import type { Sources } from '../../../server/log/log.ts'
import { backup, restore } from '../../../server/log/backup.ts'
import { type Copied, copyAndCheck } from '../../../server/log/copy.ts'
import { DATABASE } from '../../../server/log/openDatabase.ts'
import { instant } from '../../../shared/time.ts'
import { random, type Random } from '../../support/random.ts'
import { idMaker } from './chance.ts'
import { BEGINNING, RECORDS, USERS } from './district.ts'
import { type Ask, openWire } from './wire.ts'

/** Memory, where there is such a place: a history is over in less than a second, and nobody pulls the plug in it. */
const ROOM = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export interface Answer {
  readonly status: number
  readonly header: string | null
  readonly text: string
}
/** What stands in for the server's own parts; a planted bug is one. */
export type Parts = (context: Context) => Context

export interface SimServer {
  readonly context: Context
  /** The same with the bug that was planted in it: what devices and people meet. */
  readonly served: Context
  readonly ask: Ask
  /** The process ends; another begins with the same data. */
  restart(): Promise<void>
  backup(): Promise<void>
  /** Puts the last backup back, under another epoch. What was there before is ended, or goes on beside it. False when there is none. */
  restore(goesOn: boolean): Promise<boolean>
  /** The server that somebody forgot to end when a backup was put back. */
  readonly old: { readonly context: Context; readonly ask: Ask } | undefined
  endOld(): void
  end(): Promise<void>
}

const configOf = (data: string) => ({ host: '127.0.0.1', port: 0, data, dist: join(data, 'dist'), url: undefined, loopback: true })
const folder = (): string => mkdtempSync(join(ROOM, 'recoup-world-'))

const sourcesOf = (chance: Random, now: () => number): Sources => ({
  now: () => instant(now()),
  newId: idMaker(chance, now),
  random: (bytes) => Buffer.from(chance.hex(bytes * 2), 'hex'),
})

/** The district before anything happened. Made once in a process: four passwords take longer than a history. */
let prepared: Promise<string> | undefined
async function prepare(): Promise<string> {
  const data = folder()
  process.once('exit', () => rmSync(data, { recursive: true, force: true }))
  const context = openContext(
    configOf(data),
    sourcesOf(random(0), () => BEGINNING),
    100,
  )
  context.store.apply(RECORDS)
  for (const user of USERS) await context.accounts.create(user.name, user.name, user.role, 'a long enough password')
  context.close()
  return data
}

export async function openServer(
  chance: Random,
  now: () => number,
  parts: Parts,
  keepsEpoch: boolean,
  isWhole: boolean,
): Promise<SimServer> {
  prepared ??= prepare()
  const base = folder()
  const sources = sourcesOf(chance, now)
  let data = join(base, 'data-0')
  let copies = 0
  // A backup may be older than every tablet.
  let kept: string | undefined = await prepared
  cpSync(await prepared, data, { recursive: true })
  let context = openContext(configOf(data), sources, 100)
  let own = parts(context)
  const ask = await openWire(() => own, isWhole)
  let old: { readonly context: Context; readonly ask: Ask } | undefined
  function endOld(): void {
    old?.context.close()
    old = undefined
  }

  function begin(): void {
    context = openContext(configOf(data), sources, 100)
    own = parts(context)
  }
  /** A copy without reading it again from end to end, which is not what a history is about. */
  async function quickCopy(from: string, to: string): Promise<Copied> {
    mkdirSync(to, { recursive: true })
    writeFileSync(join(to, DATABASE), context.log.db.serialize())
    cpSync(join(from, 'keys'), join(to, 'keys'), { recursive: true })
    return { fault: undefined, epoch: context.log.epoch, seq: context.log.head() }
  }
  return {
    get context() {
      return context
    },
    get served() {
      return own
    },
    ask,
    async restart() {
      context.close()
      begin()
    },
    async backup() {
      kept = join(base, `copy-${++copies}`)
      context.inventory.take(0)
      const fault = await backup(context.log.db, data, kept, instant(now()), isWhole ? copyAndCheck : quickCopy)
      if (fault) throw new Error(`the backup is ${fault}`)
    },
    get old() {
      return old
    },
    endOld,
    async restore(goesOn) {
      if (kept === undefined) return false
      const epoch = keepsEpoch ? context.log.epoch : sources.newId()
      endOld()
      const before = own
      if (goesOn) old = { context, ask: await openWire(() => before, isWhole) }
      else context.close()
      data = join(base, `data-${++copies}`)
      const fault = restore(kept, data, epoch)
      if (fault) throw new Error(`the backup could not be put back: ${fault}`)
      begin()
      return true
    },
    async end() {
      endOld()
      context.close()
      rmSync(base, { recursive: true, force: true })
    },
  }
}
