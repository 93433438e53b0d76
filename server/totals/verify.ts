/** Proves that the totals people are shown are those of the log: everything is folded anew and compared line by line. */
import type { SchoolDate } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'
import { fewLedgers, openKeeper } from './keeper.ts'
import { openTotalsDb } from './schema.ts'
import { studentLine } from './writer.ts'

export interface TotalsProof {
  readonly students: number
  readonly sessions: number
  readonly days: number
  /** What differs, such as `student 17` or `cube section 4`; empty when all is equal. */
  readonly differ: readonly string[]
  /** The totals kept are of another moment or date than the log: nothing was compared. */
  readonly stale: boolean
}

/** Compares the totals kept in a data folder with a fold of the whole log from its beginning. */
export function verifyTotals(data: string, log: Log): TotalsProof {
  const totals = openTotalsDb(data)
  try {
    return log.read(() => {
      const state = totals.prepare('SELECT seq, as_of FROM state').get() as { seq: number; as_of: SchoolDate } | undefined
      if (!state || state.seq !== log.head()) return { students: 0, sessions: 0, days: 0, differ: [], stale: true }
      const fresh = openKeeper(log, fewLedgers(log), totals).facts(state.as_of)
      const differ: string[] = []
      const heldStudents = new Map((totals.prepare('SELECT * FROM student').raw().all() as unknown[][]).map((row) => [String(row[0]), row]))
      for (const [id, fact] of fresh.students) {
        const name = fresh.names.get(fact.row.site ?? '') ?? ''
        if (studentLine(fact, name).join('\u0000') !== heldStudents.get(id)?.join('\u0000')) differ.push(`student ${id}`)
        heldStudents.delete(id)
      }
      for (const id of heldStudents.keys()) differ.push(`student ${id}`)
      const days = totals.prepare('SELECT count(*) FROM day').pluck().get() as number
      const freshDays = [...fresh.days.values()].reduce((sum, own) => sum + own.length, 0)
      if (days !== freshDays) differ.push(`days ${days} of ${freshDays}`)
      const heldSessions = new Map(
        (totals.prepare('SELECT id, students, minutes FROM session').all() as { id: string; students: number; minutes: number }[]).map(
          (row) => [row.id, row],
        ),
      )
      for (const [id, fact] of fresh.sessions) {
        const held = heldSessions.get(id)
        const minutes = [...fact.minutes.values()].reduce((sum, each) => sum + each, 0)
        if (held?.students !== fact.minutes.size || held.minutes !== minutes) differ.push(`session ${id}`)
        heldSessions.delete(id)
      }
      for (const id of heldSessions.keys()) differ.push(`session ${id}`)
      const cells = totals.prepare('SELECT body FROM cube WHERE site = ? AND dimension = ? AND key = ?').pluck()
      for (const { site, dimension, key, cell } of fresh.cube) {
        if (cells.get(site, dimension, key) !== JSON.stringify(cell)) differ.push(`cube ${dimension} ${key}`)
      }
      return { students: fresh.students.size, sessions: fresh.sessions.size, days: freshDays, differ, stale: false }
    })
  } finally {
    totals.close()
  }
}
