/** A copy of a district's data that can be put back. A restored copy begins a new epoch: devices then offer again what they hold. (S8) */
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Db } from './openDatabase.ts'

const FILE = 'recoup.db'

/** What stands in the way of a backup or of putting one back. */
export type BackupFault = 'notEmpty' | 'noBackup' | 'damaged'

/** Copies the database (also beside a running server) and the keys into a folder, and checks the copy from its first page to its last. */
export async function backup(db: Db, data: string, folder: string): Promise<BackupFault | undefined> {
  if (existsSync(folder) && readdirSync(folder).length > 0) return 'notEmpty'
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  await db.backup(join(folder, FILE))
  cpSync(join(data, 'keys'), join(folder, 'keys'), { recursive: true })
  return isSound(join(folder, FILE)) ? undefined : 'damaged'
}

/**
 * Puts a backup into an empty data folder, under a new epoch. Nobody is signed in then: who signed out since the backup was made, or handed
 * the tablet to somebody else, must not be signed in again by it. Devices stay enrolled and send what they hold. (S9)
 */
export function restore(folder: string, data: string, newEpoch: string): BackupFault | undefined {
  if (!existsSync(join(folder, FILE))) return 'noBackup'
  if (existsSync(join(data, FILE))) return 'notEmpty'
  if (!isSound(join(folder, FILE))) return 'damaged'
  mkdirSync(data, { recursive: true, mode: 0o700 })
  cpSync(join(folder, 'keys'), join(data, 'keys'), { recursive: true })
  copyFileSync(join(folder, FILE), join(data, FILE))
  const db = new Database(join(data, FILE))
  db.prepare('UPDATE head SET epoch = ?').run(newEpoch)
  db.exec('UPDATE device SET staff = NULL; DELETE FROM web_session')
  db.close()
  return undefined
}

function isSound(path: string): boolean {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true })
    const found = db.pragma('integrity_check', { simple: true })
    db.close()
    return found === 'ok'
  } catch {
    return false
  }
}
