/**
 * How far the log had come, kept beside it. SQLite opens a log whose end was lost without a word: a damaged write-ahead file, or an older
 * copy put back by hand, is noticed by this file, and begins a new epoch, in which devices offer again what they hold. (S8)
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sources } from './log.ts'
import type { Db } from './openDatabase.ts'

const FILE = 'head.json'

interface Head {
  readonly epoch: string
  readonly seq: number
  /** The link of the chain at `seq`, hex. */
  readonly link: string
}

/** What was lost: the log had come to one sequence and stands at another, or stands at the same with another past. */
export interface Lost {
  readonly from: number
  readonly to: number
}

/** Compares the log with what the file remembers of it. When the end is missing a new epoch begins, and nobody is signed in. */
export function noticeLoss(folder: string, db: Db, sources: Sources): Lost | undefined {
  const known = readHead(folder)
  const now = db.prepare<[], { epoch: string; seq: number }>('SELECT epoch, seq FROM head').get()
  if (!known || !now || known.epoch !== now.epoch) return undefined
  if (known.seq <= now.seq && known.link === linkAt(db, known.seq)) return undefined
  db.transaction(() => {
    db.prepare('UPDATE head SET epoch = ?').run(sources.newId())
    db.exec('UPDATE device SET staff = NULL; DELETE FROM web_session')
  }).immediate()
  return { from: known.seq, to: now.seq }
}

/** Writes the file anew when the log went on, whole or not at all. */
export function keepHead(folder: string, db: Db): void {
  const head = newHead(folder, db)
  if (head === undefined) return
  const path = join(folder, FILE)
  const file = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeSync(file, head)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.new`, path)
}

/** The same beside other work: nobody who pushes waits for the disk to have this file. One at a time, and not beside `keepHead`. */
export async function keepHeadMeanwhile(folder: string, db: Db): Promise<void> {
  const head = newHead(folder, db)
  if (head === undefined) return
  const path = join(folder, FILE)
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(head)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}

/** What the file is to say; undefined when it says so already. */
function newHead(folder: string, db: Db): string | undefined {
  const now = db.prepare<[], { epoch: string; seq: number }>('SELECT epoch, seq FROM head').get()
  const known = readHead(folder)
  if (!now || (known?.epoch === now.epoch && known.seq === now.seq)) return undefined
  return JSON.stringify({ ...now, link: linkAt(db, now.seq) } satisfies Head)
}

const linkAt = (db: Db, seq: number): string =>
  db.prepare<[number], Buffer>('SELECT link FROM chain WHERE seq = ?').pluck().get(seq)?.toString('hex') ?? ''

function readHead(folder: string): Head | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Head
  } catch {
    return undefined
  }
}
