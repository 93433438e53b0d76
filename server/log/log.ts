/**
 * The log's head: one row for the LEA, read first and bumped last in each transaction, so that the sequence has no gap and
 * runs in commit order whatever the number of writers. (S5)
 */
import type { Instant } from '../../shared/time.ts'
import type { Db } from './openDatabase.ts'

/** What the server is given instead of reaching for it: time, ids, randomness. */
export interface Sources {
  now(): Instant
  newId(): string
  random(bytes: number): Buffer
}

export interface Log {
  readonly db: Db
  readonly sources: Sources
  /** Changes when a backup was restored: devices then offer again what they hold. */
  readonly epoch: string
  /** The newest sequence committed. */
  head(): number
  /** Runs in one write transaction. `next` gives the LEA's next sequence; the head is bumped last. */
  write<T>(work: (next: () => number) => T): T
  /** Runs in one read transaction: everything read is of one moment. */
  read<T>(work: () => T): T
}

const LEA = 'district'

/** The log of an open database. The first opening begins its epoch. */
export function openLog(db: Db, sources: Sources): Log {
  db.prepare('INSERT INTO head (lea, epoch, seq) VALUES (?, ?, 0) ON CONFLICT (lea) DO NOTHING').run(LEA, sources.newId())
  const epoch = String(db.prepare('SELECT epoch FROM head WHERE lea = ?').pluck().get(LEA))
  const readHead = db.prepare('SELECT seq FROM head WHERE lea = ?').pluck()
  const bump = db.prepare('UPDATE head SET seq = ? WHERE lea = ?')
  const head = (): number => Number(readHead.get(LEA))
  return {
    db,
    sources,
    epoch,
    head,
    write(work) {
      const run = db.transaction(() => {
        const before = head()
        let seq = before
        const result = work(() => ++seq)
        if (seq !== before) bump.run(seq, LEA)
        return result
      })
      return run.immediate()
    },
    read: (work) => db.transaction(work).deferred(),
  }
}
