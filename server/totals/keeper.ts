/** Keeps the totals up with the log, a school at a time: only a school that was told something new is looked at again. */
import { setImmediate } from 'node:timers/promises'
import type { SiteId } from '../../shared/ids.ts'
import { RULES_VERSION } from '../../shared/rules/version.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { openFollowUps } from '../desk/followUps.ts'
import { openLastImport } from '../desk/lastImport.ts'
import type { Log } from '../log/log.ts'
import type { Db } from '../log/openDatabase.ts'
import type { Schools } from '../reports/schools.ts'
import { type OfSite, ofSite } from './ofSite.ts'
import { openTotalsWriter } from './writer.ts'

export interface Keeper {
  /** Brings the totals up to the newest sequence, as they stand at the end of a date, in turns of a school. Gives that sequence. */
  refresh(asOf: SchoolDate): Promise<number>
  /** What is to be kept of a school, worked out anew. Call within a read transaction. */
  fresh(site: SiteId, asOf: SchoolDate): OfSite
}

/** So often the schools that were told something meanwhile are gone through again, before all are taken in one turn. */
const MOST_ROUNDS = 5

/** @param also what is worked out of a school on the occasion */
export function openKeeper(
  log: Log,
  schools: Schools,
  totals: Db,
  also: (site: SiteId, asOf: SchoolDate) => void = () => undefined,
): Keeper {
  const followUps = openFollowUps(log)
  const lastImport = openLastImport(log)
  const writer = openTotalsWriter(totals)
  const kept = totals.prepare<[string], { seq: number; as_of: string; until: string; made_by: string }>(
    'SELECT seq, as_of, until, made_by FROM part WHERE site = ?',
  )
  const forget = totals.prepare('DELETE FROM part WHERE site NOT IN (SELECT value FROM json_each(?))')

  /** What besides a school's own facts makes its figures. */
  function under(): string {
    const { eligibleFrom, missedInRow } = followUps.choices()
    return [RULES_VERSION, log.epoch, eligibleFrom, missedInRow, lastImport()?.at ?? ''].join(' ')
  }

  function isNew(site: SiteId, asOf: SchoolDate, madeBy: string): boolean {
    const part = kept.get(site)
    return part?.seq === schools.newest(site) && part.made_by === madeBy && part.as_of <= asOf && asOf < part.until
  }

  const fresh = (site: SiteId, asOf: SchoolDate): OfSite =>
    ofSite(schools.ledger(site), site, asOf, followUps.choices(), lastImport()?.added ?? {})

  function bring(site: SiteId, asOf: SchoolDate): void {
    const madeBy = under()
    if (site !== '' && !isNew(site, asOf, madeBy)) {
      const of = fresh(site, asOf)
      writer.write({ site, seq: schools.newest(site), asOf, until: schools.goodUntil(schools.ledger(site), asOf), madeBy }, of)
    }
    also(site, asOf)
  }

  return {
    fresh,
    async refresh(asOf) {
      for (let round = 0; round < MOST_ROUNDS; round++) {
        let changed = 0
        for (const site of schools.ids()) {
          log.read(() => {
            if (isNew(site, asOf, under())) return
            bring(site, asOf)
            changed++
          })
          await setImmediate()
        }
        if (changed < 2) break
      }
      return log.read(() => {
        const ids = schools.ids()
        for (const site of ids) bring(site, asOf)
        forget.run(JSON.stringify(ids))
        const seq = log.head()
        writer.finish({ seq, asOf, rules: RULES_VERSION, epoch: log.epoch })
        return seq
      })
    },
  }
}
