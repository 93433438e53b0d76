/** A copy of a district's data that can be put back. A restored copy begins a new epoch: devices then offer again what they hold. (S8) */
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type Instant, instant } from '../../shared/time.ts'
import { type CopyFault, copyAndCheck } from './copy.ts'
import { DATABASE, type Db } from './openDatabase.ts'
import { isSound } from './sound.ts'

/** What stands in the way of a backup or of putting one back. */
export type BackupFault = 'notEmpty' | 'noBackup' | CopyFault

/** The newest copy that was checked: everything up to `seq` of this epoch is in it. */
export interface VerifiedBackup {
  readonly epoch: string
  readonly seq: number
  readonly at: Instant
}

/**
 * Copies the database (also beside a running server) and the keys into a folder, opens the copy and checks it from its first page to its
 * last, and writes down what came of it: from then on `verifiedBackup` counts it.
 */
export async function backup(db: Db, data: string, folder: string, at: Instant, write = copyAndCheck): Promise<BackupFault | undefined> {
  if (existsSync(folder) && readdirSync(folder).length > 0) return 'notEmpty'
  const { fault, epoch, seq } = await write(data, folder)
  db.prepare('INSERT INTO backup (at, epoch, seq, folder, fault) VALUES (?, ?, ?, ?, ?)').run(at, epoch, seq, folder, fault ?? null)
  return fault
}

/** The newest sound copy of this epoch; undefined before there is one. A device may forget nothing that lies after its `seq`. (S8) */
export function verifiedBackup(db: Db): VerifiedBackup | undefined {
  const row = db
    .prepare<[], { epoch: string; seq: number; at: number }>(
      'SELECT b.epoch, b.seq, b.at FROM backup b JOIN head h ON h.epoch = b.epoch WHERE b.fault IS NULL ORDER BY b.seq DESC, b.id DESC LIMIT 1',
    )
    .get()
  return row && { epoch: row.epoch, seq: row.seq, at: instant(row.at) }
}

/**
 * Puts a backup into an empty data folder, under a new epoch. Nobody is signed in then: who signed out since the backup was made, or handed
 * the tablet to somebody else, must not be signed in again by it. Devices stay enrolled and send what they hold. (S9)
 */
export function restore(folder: string, data: string, newEpoch: string): BackupFault | undefined {
  if (!existsSync(join(folder, DATABASE))) return 'noBackup'
  if (existsSync(join(data, DATABASE))) return 'notEmpty'
  if (isSound(join(folder, DATABASE)) === undefined) return 'damaged'
  mkdirSync(data, { recursive: true, mode: 0o700 })
  for (const part of ['keys', 'documents'])
    if (existsSync(join(folder, part))) cpSync(join(folder, part), join(data, part), { recursive: true })
  copyFileSync(join(folder, DATABASE), join(data, DATABASE))
  const db = new Database(join(data, DATABASE))
  db.prepare('UPDATE head SET epoch = ?').run(newEpoch)
  db.exec('UPDATE device SET staff = NULL; DELETE FROM web_session')
  db.close()
  return undefined
}
