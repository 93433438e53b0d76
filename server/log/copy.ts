/** One consistent copy of a data folder beside the server's writes, on the disk, then opened and checked. */
import { closeSync, cpSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { DATABASE } from './openDatabase.ts'
import { isSound } from './sound.ts'

const EVERY_PAGE = 0x7fffffff

export type CopyFault = 'damaged' | 'diskFull' | 'failed'
/** What came of a copy: the epoch and newest sequence it holds, or what is wrong with it. */
export interface Copied {
  readonly fault: CopyFault | undefined
  readonly epoch: string
  readonly seq: number
}
export const notCopied = (fault: CopyFault): Copied => ({ fault, epoch: '', seq: 0 })

/** Copies database and keys into a folder, waits until the disk has them, then reads the copy from its first page to its last. */
export async function copyAndCheck(data: string, folder: string): Promise<Copied> {
  try {
    await copy(data, folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    return notCopied(code === 'ENOSPC' || code === 'SQLITE_FULL' ? 'diskFull' : 'failed')
  }
  const held = isSound(join(folder, DATABASE))
  if (!held || linkAt(data, held.seq) !== linkAt(folder, held.seq)) return notCopied('damaged')
  return { fault: undefined, ...held }
}

/** The link of the server's chain that all of the log up to a sequence stands in. */
function linkAt(folder: string, seq: number): string | undefined {
  const db = new Database(join(folder, DATABASE), { readonly: true, timeout: 5_000 })
  try {
    return db.prepare<[number], Buffer>('SELECT link FROM chain WHERE seq = ?').pluck().get(seq)?.toString('hex')
  } finally {
    db.close()
  }
}

/** All pages in one step: the copy is of one moment, and a writer meanwhile neither waits nor makes it start over. */
async function copy(data: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db = new Database(join(data, DATABASE), { readonly: true, timeout: 5_000 })
  try {
    await db.backup(join(folder, DATABASE), { progress: () => EVERY_PAGE })
  } finally {
    db.close()
  }
  const keys = join(folder, 'keys')
  cpSync(join(data, 'keys'), keys, { recursive: true })
  // Papers are named by their own hash and never change: a copy of the folder is whole for every entry that the copied log names.
  const papers = join(data, 'documents')
  if (existsSync(papers)) cpSync(papers, join(folder, 'documents'), { recursive: true })
  for (const path of [...readdirSync(keys).map((name) => join(keys, name)), join(folder, DATABASE), keys, folder]) keepOnDisk(path)
}

function keepOnDisk(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
