/** Whether a database file can be relied on. SQLite's own check says nothing of rows that were lost or changed: the log's numbers and hashes do. */
import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'

/**
 * The epoch and newest sequence of a log whose every page is well-formed, whose sequence has no gap, and whose every event still has the hash
 * it was accepted with. Undefined when any of that does not hold.
 */
export function isSound(path: string): { readonly epoch: string; readonly seq: number } | undefined {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true })
    try {
      if (db.pragma('integrity_check', { simple: true }) !== 'ok') return undefined
      const head = db.prepare<[], { epoch: string; seq: number }>('SELECT epoch, seq FROM head').get()
      if (!head) return undefined
      const written = db
        .prepare<[], { n: number; most: number }>(
          `SELECT count(*) AS n, coalesce(max(seq), 0) AS most FROM (SELECT seq FROM event UNION ALL SELECT seq FROM record_version)`,
        )
        .get()
      if (written?.n !== head.seq || written.most !== head.seq) return undefined
      const events = db.prepare<[], { hash: string; body: string }>('SELECT hash, body FROM event')
      for (const { hash, body } of events.iterate()) if (createHash('sha256').update(body).digest('hex') !== hash) return undefined
      return head
    } finally {
      db.close()
    }
  } catch {
    return undefined
  }
}
