/** The log of what was refused to somebody who was signed in: who, on which device, which route, which refusal; nothing of what was asked for. */
import Database from 'better-sqlite3'
import { DAY, HOUR } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'

const KEPT = 400 * DAY
const MOST_REMEMBERED = 20_000

export interface RefusalRow {
  readonly at: number
  readonly username: string
  readonly device: string | null
  readonly route: string
  readonly code: string
}

export type Refusals = ReturnType<typeof openRefusals>

/** Refusals of an open log. The same one, of the same person, is written down once an hour. */
export function openRefusals({ db, sources, write }: Log) {
  const put = db.prepare('INSERT INTO refusal (at, account, device, route, code) VALUES (?, ?, ?, ?, ?)')
  const drop = db.prepare('DELETE FROM refusal WHERE at < ?')
  const all = db.prepare<[number], RefusalRow>(
    `SELECT r.at, coalesce(a.username, '') AS username, r.device, r.route, r.code FROM refusal r LEFT JOIN account a ON a.id = r.account
     ORDER BY r.id DESC LIMIT ?`,
  )
  const last = new Map<string, number>()
  return {
    note(account: string, device: string | undefined, route: string, code: string): void {
      const now = sources.now()
      const key = `${account} ${route} ${code}`
      if (now - (last.get(key) ?? Number.NEGATIVE_INFINITY) < HOUR) return
      try {
        write(() => {
          drop.run(now - KEPT)
          put.run(now, account, device ?? null, route, code)
        })
      } catch (error) {
        // A refusal must reach who asked, also while an import writes or the disk is full; the next one is written down.
        if (!(error instanceof Database.SqliteError)) throw error
        return
      }
      last.delete(key)
      last.set(key, now)
      if (last.size > MOST_REMEMBERED) last.delete(last.keys().next().value ?? '')
    },
    /** The newest first. */
    newest: (most: number): RefusalRow[] => all.all(most),
  }
}
