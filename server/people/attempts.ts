/**
 * Slows guessing: after too many tries by one key that came to nothing, further ones wait. A school shares one address, so keys are accounts and
 * devices. A try is counted before it is looked at: many at once are no more than many in a row.
 */
import { createHmac } from 'node:crypto'
import { MINUTE } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'

const MOST_FAILURES = 10
const WINDOW = 15 * MINUTE

export interface Attempts {
  /** Counts a try, which may then be looked at; false when it has to wait. */
  take(key: string): boolean
  /** It was no wrong try after all. */
  giveBack(key: string): void
  /** It was the right one: those before it are forgiven. */
  succeeded(key: string): void
}

interface Held {
  readonly count: number
  readonly since: number
}

/**
 * Attempts counted in the database: a restart forgives nobody. What is older than the window is forgotten. A key is kept only as what `secret`
 * makes of it: people type passwords where a name belongs.
 */
export function openAttempts({ db, sources, write }: Log, secret: Buffer): Attempts {
  const one = db.prepare<[string, number], Held>('SELECT count, since FROM attempt WHERE key = ? AND since > ?')
  const put = db.prepare('INSERT OR REPLACE INTO attempt (key, count, since) VALUES (?, ?, ?)')
  const giveBack = db.prepare('UPDATE attempt SET count = count - 1 WHERE key = ? AND count > 0')
  const drop = db.prepare('DELETE FROM attempt WHERE key = ?')
  const dropOld = db.prepare('DELETE FROM attempt WHERE since <= ?')
  const kept = (key: string): string => createHmac('sha256', secret).update(key).digest('base64url')
  const held = (key: string): Held => one.get(kept(key), sources.now() - WINDOW) ?? { count: 0, since: sources.now() }
  return {
    take(key) {
      // Whoever has to wait makes the server write nothing.
      if (held(key).count >= MOST_FAILURES) return false
      return write(() => {
        dropOld.run(sources.now() - WINDOW)
        const { count, since } = held(key)
        if (count >= MOST_FAILURES) return false
        put.run(kept(key), count + 1, since)
        return true
      })
    },
    giveBack: (key) => void write(() => giveBack.run(kept(key))),
    succeeded: (key) => void write(() => drop.run(kept(key))),
  }
}
