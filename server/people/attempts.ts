/** Slows guessing: after too many failures by one key, further tries wait. A school shares one address, so keys are accounts and devices. */
import { MINUTE } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'

const MOST_FAILURES = 10
const WINDOW = 15 * MINUTE

export interface Attempts {
  /** Milliseconds to wait before another try; 0 when it may be made now. */
  wait(key: string): number
  failed(key: string): void
  succeeded(key: string): void
}

interface Held {
  readonly count: number
  readonly since: number
}

/** Attempts counted in the database: a restart forgives nobody. What is older than the window is forgotten. */
export function openAttempts({ db, sources, write }: Log): Attempts {
  const one = db.prepare<[string], Held>('SELECT count, since FROM attempt WHERE key = ?')
  const put = db.prepare(
    'INSERT INTO attempt (key, count, since) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = excluded.count, since = excluded.since',
  )
  const drop = db.prepare('DELETE FROM attempt WHERE key = ?')
  const dropOld = db.prepare('DELETE FROM attempt WHERE since < ?')
  return {
    wait(key) {
      const held = one.get(key)
      if (!held || held.count < MOST_FAILURES) return 0
      return Math.max(0, held.since + WINDOW - sources.now())
    },
    failed(key) {
      write(() => {
        const now = sources.now()
        dropOld.run(now - WINDOW)
        const held = one.get(key)
        put.run(key, (held?.count ?? 0) + 1, held?.since ?? now)
      })
    },
    succeeded(key) {
      if (one.get(key)) write(() => drop.run(key))
    },
  }
}
