/** What was worked out of one school, kept beside the totals until the school is told something new or a date changes it. */
import { RULES_VERSION } from '../../shared/rules/version.ts'
import type { SiteId } from '../../shared/ids.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { Db } from '../log/openDatabase.ts'
import type { Schools } from '../reports/schools.ts'
import type { Ledger } from '../../shared/attendance/ledger.ts'

export interface Answers {
  /** The part of a school as plain data: the one that is kept where it still holds, else a new one. Call within a read transaction. */
  of<T>(kind: string, site: SiteId, asOf: SchoolDate, work: (ledger: Ledger) => T): T
  /** Whether the part that is kept still holds. */
  holds(kind: string, site: SiteId, asOf: SchoolDate): boolean
}

interface Row {
  readonly until: string
  readonly body: string
}

/** @param totals the totals' database, opened when it is first needed */
export function openAnswers(schools: Schools, epoch: string, totals: () => Db): Answers {
  const key = `${RULES_VERSION} ${epoch}`
  const find = (kind: string, site: SiteId, asOf: SchoolDate, column: string): Row | undefined =>
    totals()
      .prepare(
        `SELECT until, ${column} AS body FROM answer WHERE site = ? AND kind = ? AND as_of <= ? AND until > ? AND seq = ? AND made_by = ?
         ORDER BY as_of DESC LIMIT 1`,
      )
      .get(site, kind, asOf, asOf, schools.newest(site), key) as Row | undefined

  return {
    holds: (kind, site, asOf) => find(kind, site, asOf, "''") !== undefined,
    of<T>(kind: string, site: SiteId, asOf: SchoolDate, work: (ledger: Ledger) => T): T {
      const kept = find(kind, site, asOf, 'body')
      // It was written below, by a build of the same rules, from the same kind of work.
      if (kept) return JSON.parse(kept.body) as T
      const ledger = schools.ledger(site)
      const made = work(ledger)
      const seq = schools.newest(site)
      totals()
        .prepare("DELETE FROM answer WHERE site = ? AND (kind = ? OR kind LIKE ? || ' %') AND (seq <> ? OR made_by <> ?)")
        .run(site, kind, kind.split(' ')[0], seq, key)
      totals()
        .prepare('INSERT OR REPLACE INTO answer (site, kind, as_of, until, seq, made_by, body) VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(site, kind, asOf, schools.goodUntil(ledger, asOf), seq, key, JSON.stringify(made))
      return made
    },
  }
}
