/** Holds: what must not be erased, though its time is over, until somebody says that it may. */
import type { Log } from './log.ts'

export interface Hold {
  readonly id: number
  /** Null: everybody. */
  readonly student: string | null
  readonly at: number
  readonly name: string
  readonly reason: string
  readonly releasedAt: number | null
  readonly releasedBy: string | null
  readonly releasedWhy: string | null
}

/** Holds of an open log. */
export function openHolds({ db, sources, write }: Log) {
  const all = db.prepare<[], Hold>(
    `SELECT id, student, at, name, reason, released_at AS releasedAt, released_by AS releasedBy, released_why AS releasedWhy FROM hold ORDER BY id`,
  )
  const put = db.prepare('INSERT INTO hold (student, at, name, reason) VALUES (?, ?, ?, ?)')
  const release = db.prepare('UPDATE hold SET released_at = ?, released_by = ?, released_why = ? WHERE id = ? AND released_at IS NULL')
  const active = (): Hold[] => all.all().filter(({ releasedAt }) => releasedAt === null)
  return {
    all: (): Hold[] => all.all(),
    /** Whether nothing at all may be erased. */
    isOnAll: (): boolean => active().some(({ student }) => student === null),
    students: (): ReadonlySet<string> => new Set(active().flatMap(({ student }) => student ?? [])),
    /** Gives the number of the hold. */
    put: (student: string | null, name: string, reason: string): number =>
      write(() => Number(put.run(student, sources.now(), name, reason).lastInsertRowid)),
    /** False when there is no such hold any more. */
    release: (id: number, name: string, reason: string): boolean => write(() => release.run(sources.now(), name, reason, id).changes === 1),
  }
}
