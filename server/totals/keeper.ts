/** Keeps the totals up with the log, a school at a time: only a school that was told something new is looked at again. */
import type { Ledger } from '../../shared/attendance/ledger.ts'
import { as, type SiteId, type StudentId } from '../../shared/ids.ts'
import { RULES_VERSION } from '../../shared/rules/version.ts'
import { fiscalYear, fiscalYearOf, type SchoolDate } from '../../shared/time.ts'
import { openFollowUps } from '../desk/followUps.ts'
import { openLastImport } from '../desk/lastImport.ts'
import { openDeliver } from '../log/deliver.ts'
import type { Log } from '../log/log.ts'
import { openNewest } from '../log/newest.ts'
import type { Db } from '../log/openDatabase.ts'
import { type Ledgers, openLedgers } from '../reports/ledgers.ts'
import { cubeOf, type CubeRow } from './cube.ts'
import type { DayFact, SessionFact, StudentFact } from './facts.ts'
import { type OfSite, ofSite } from './ofSite.ts'
import { openTotalsWriter } from './writer.ts'

export interface Keeper {
  /** Brings the totals up to the newest sequence, as they stand at the end of a date. Gives that sequence. */
  refresh(asOf: SchoolDate): number
  /** The same facts, written nowhere. */
  facts(asOf: SchoolDate): Facts
}

export interface Facts {
  readonly seq: number
  readonly students: ReadonlyMap<StudentId, StudentFact>
  readonly days: ReadonlyMap<StudentId, readonly DayFact[]>
  readonly sessions: ReadonlyMap<string, SessionFact>
  readonly cube: readonly CubeRow[]
  readonly names: ReadonlyMap<string, string>
}

/** So many schools' ledgers stay in memory: those that were looked at last are those where something happens. */
const MOST_LEDGERS = 3

/** Ledgers of schools for a thread that goes through all of them. */
export function fewLedgers(log: Log): (site: SiteId) => Ledger {
  const deliver = openDeliver(log)
  const held = new Map<SiteId, Ledgers>()
  return (site) => {
    const ledgers = held.get(site) ?? openLedgers(log, deliver)
    held.delete(site)
    held.set(site, ledgers)
    if (held.size > MOST_LEDGERS) held.delete(held.keys().next().value ?? site)
    return ledgers.of([site])
  }
}

/** @param ledgerOf what a school is told, folded */
export function openKeeper(log: Log, ledgerOf: (site: SiteId) => Ledger, totals: Db): Keeper {
  const followUps = openFollowUps(log)
  const lastImport = openLastImport(log)
  const writer = openTotalsWriter(totals)
  const newest = openNewest(log.db)
  const sites = log.db.prepare<[], string>("SELECT id FROM record WHERE kind = 'site' ORDER BY id").pluck()
  const kept = new Map<string, { readonly seq: number; readonly of: OfSite }>()
  let under = ''

  function facts(asOf: SchoolDate): Facts {
    return log.read(() => {
      const choices = followUps.choices()
      // Another day, or another choice of what is worth a look, is another answer for every school.
      const now = `${asOf} ${choices.eligibleFrom} ${choices.missedInRow}`
      if (now !== under) kept.clear()
      under = now
      const added = lastImport()?.added ?? {}
      const all: OfSite[] = []
      const names = new Map<string, string>()
      for (const site of sites.all()) {
        const seq = newest(site)
        const held = kept.get(site)
        const of = held?.seq === seq ? held.of : ofSite(ledgerOf(as(site)), as(site), asOf, choices, added)
        kept.set(site, { seq, of })
        names.set(site, of.name)
        all.push(of)
      }
      const students = new Map(all.flatMap((of) => [...of.students]))
      const days = new Map(all.flatMap((of) => [...of.days]))
      const sessions = new Map(all.flatMap((of) => [...of.sessions]))
      const personOf = (student: string): string | undefined => students.get(as(student))?.person
      const { first } = fiscalYear(fiscalYearOf(asOf))
      const cube = cubeOf(students.values(), [...days.values()].flat(), sessions.values(), personOf, first)
      return { seq: log.head(), students, days, sessions, cube, names }
    })
  }

  return {
    facts,
    refresh(asOf) {
      const fresh = facts(asOf)
      writer.write(fresh, { asOf, rules: RULES_VERSION, epoch: log.epoch })
      return fresh.seq
    },
  }
}
