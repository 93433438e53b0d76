/** Proves that the totals people are shown are those of the log: every school is folded anew and compared line by line. */
import type { SchoolDate } from '../../shared/time.ts'
import type { Deliver } from '../log/deliver.ts'
import type { Log } from '../log/log.ts'
import { openSchools } from '../reports/schools.ts'
import { type CubeRow, sumOf } from './cube.ts'
import { openKeeper } from './keeper.ts'
import type { OfSite } from './ofSite.ts'
import { openTotalsDb } from './schema.ts'
import { changes, linesOf } from './writer.ts'

export interface TotalsProof {
  readonly students: number
  readonly sessions: number
  readonly days: number
  /** What differs, such as `student 17` or `cube section 4`; empty when all is equal. */
  readonly differ: readonly string[]
  /** The totals kept are of another moment or date than the log: nothing was compared. */
  readonly stale: boolean
}

/** Compares the totals kept in a data folder with a fold of every school from the beginning. */
export function verifyTotals(data: string, log: Log, deliver: Deliver): TotalsProof {
  const totals = openTotalsDb(data)
  try {
    return log.read(() => {
      const state = totals.prepare('SELECT seq, as_of FROM state').get() as { seq: number; as_of: SchoolDate } | undefined
      if (!state || state.seq !== log.head()) return { students: 0, sessions: 0, days: 0, differ: [], stale: true }
      const schools = openSchools(log, deliver)
      const keeper = openKeeper(log, schools, totals)
      const differ: string[] = []
      const parts: (readonly CubeRow[])[] = []
      const visit = totals.prepare<[string, string], number>('SELECT minutes FROM visit WHERE session = ? AND student = ?').pluck()
      const count = { students: 0, sessions: 0, days: 0 }
      for (const site of schools.ids()) {
        if (site === '') continue
        const fresh = keeper.fresh(site, state.as_of)
        parts.push(fresh.cube)
        count.students += fresh.students.size
        count.sessions += fresh.sessions.size
        for (const own of fresh.days.values()) count.days += own.length
        const lines = linesOf(site, fresh)
        for (const table of ['student', 'day', 'session'] as const) {
          const { put, drop } = changes(totals, table, site, lines[table])
          for (const line of [...put, ...drop]) differ.push(`${table} ${String(line[0])}`)
        }
        visitsOf(fresh, (session, student, minutes) => {
          if (visit.get(session, student) !== minutes) differ.push(`visit ${session} ${student}`)
        })
      }
      const cells = totals.prepare('SELECT body FROM cube WHERE site = ? AND dimension = ? AND key = ?').pluck()
      for (const { site, dimension, key, cell } of sumOf(parts)) {
        if (cells.get(site, dimension, key) !== JSON.stringify(cell)) differ.push(`cube ${dimension} ${key}`)
      }
      return { ...count, differ: [...new Set(differ)], stale: false }
    })
  } finally {
    totals.close()
  }
}

function visitsOf(of: OfSite, look: (session: string, student: string, minutes: number) => void): void {
  for (const [session, { minutes }] of of.sessions) for (const [student, n] of minutes) look(session, student, n)
}
