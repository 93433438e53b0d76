/** Opens the district's database the one way it may be opened: durable at every commit, checked, and brought up to date. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export type Db = Database.Database
/** The database's file in a data folder or a backup. */
export const DATABASE = 'recoup.db'

const MIGRATIONS = join(import.meta.dirname, 'migrations')
/** The oldest SQLite whose write-ahead log is free of the corruption fixed in 3.51.3. */
const OLDEST_SQLITE = [3, 51, 3] as const
/** How long the write-ahead log gets before its pages are written back. */
const MOST_LOG_BYTES = 16_000_000

/**
 * The database in a data folder, made when it is not there. `waitMs` is how long a writer waits for another process's
 * transaction: short for the server, which answers many, longer for a command that runs beside it.
 * Throws when a durability setting did not take, or when the folder was written by a newer Recoup.
 */
export function openDatabase(folder: string, waitMs = 100): Db {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db = new Database(join(folder, DATABASE), { timeout: waitMs })
  try {
    settle(db, waitMs)
    migrate(db)
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

function settle(db: Db, waitMs: number): void {
  // Of a new database only: a push writes whole pages, and half as many calls write the same events. An old one keeps its own.
  db.pragma('page_size = 8192')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  // Pages that many pushes touch are written back once for all of them; the log to be read at the next start stays short.
  db.pragma(`wal_autocheckpoint = ${Math.floor(MOST_LOG_BYTES / Number(db.pragma('page_size', { simple: true })))}`)
  db.pragma('cache_size = -8000')
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  db.pragma(`busy_timeout = ${waitMs}`)
  // Read after a first statement: the driver's own default may come back with it.
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get())
  expect('sqlite_version', isAtLeast(version.split('.').map(Number), OLDEST_SQLITE), true)
  expect('journal_mode', db.pragma('journal_mode', { simple: true }), 'wal')
  expect('synchronous', db.pragma('synchronous', { simple: true }), 2)
  expect('foreign_keys', db.pragma('foreign_keys', { simple: true }), 1)
  expect('trusted_schema', db.pragma('trusted_schema', { simple: true }), 0)
  expect('busy_timeout', db.pragma('busy_timeout', { simple: true }), waitMs)
}

function isAtLeast(version: readonly number[], oldest: readonly number[]): boolean {
  for (const [i, least] of oldest.entries()) {
    const part = version[i] ?? 0
    if (part !== least) return part > least
  }
  return true
}

function expect(name: string, found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`SQLite ${name} is ${String(found)}, not ${String(wanted)}: acknowledged attendance could be lost`)
}

/** Runs the migrations not yet run, in order, all in one transaction; one that was changed after it ran is refused. */
function migrate(db: Db): void {
  db.exec('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL)')
  const names = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const run = db.transaction(() => {
    const done = new Map(
      (db.prepare('SELECT name, checksum FROM migration').all() as { name: string; checksum: string }[]).map((row) => [
        row.name,
        row.checksum,
      ]),
    )
    for (const name of done.keys()) {
      if (!names.includes(name)) throw new Error(`This data was written by a newer Recoup (${name}): start that version`)
    }
    for (const name of names) {
      const sql = readFileSync(join(MIGRATIONS, name), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      const ran = done.get(name)
      if (ran !== undefined && ran !== checksum) throw new Error(`Migration ${name} was changed after it ran`)
      if (ran !== undefined) continue
      db.exec(sql)
      db.prepare('INSERT INTO migration (name, checksum) VALUES (?, ?)').run(name, checksum)
    }
  })
  run.immediate()
}
