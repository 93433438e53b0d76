/** Keeps the totals up with the log: looks what changed since the last time, and writes only that. */
import type { SessionState } from '../../shared/attendance/fold.ts'
import { as, type StudentId } from '../../shared/ids.ts'
import { RULES_VERSION } from '../../shared/rules/version.ts'
import { fiscalYear, fiscalYearOf, type SchoolDate } from '../../shared/time.ts'
import { openFollowUps } from '../desk/followUps.ts'
import { openLastImport } from '../desk/lastImport.ts'
import type { Log } from '../log/log.ts'
import type { Db } from '../log/openDatabase.ts'
import type { Ledgers } from '../reports/ledgers.ts'
import { cubeOf, type CubeRow } from './cube.ts'
import { type DayFact, dayFacts, heldBySection, listsOf, type SessionFact, sessionFact, type StudentFact, studentFact } from './facts.ts'
import { openTotalsWriter } from './writer.ts'

export interface Keeper {
  /** Brings the totals up to the newest sequence, as they stand at the end of a date. Gives that sequence. */
  refresh(asOf: SchoolDate): number
  /** The same facts, worked out anew and written nowhere. */
  facts(asOf: SchoolDate): Facts
}

export interface Facts {
  readonly seq: number
  readonly students: ReadonlyMap<StudentId, StudentFact>
  readonly days: ReadonlyMap<StudentId, readonly DayFact[]>
  readonly sessions: ReadonlyMap<string, SessionFact>
  readonly cube: readonly CubeRow[]
}

export function openKeeper(log: Log, ledgers: Ledgers, totals: Db): Keeper {
  const followUps = openFollowUps(log)
  const lastImport = openLastImport(log)
  const writer = openTotalsWriter(totals)
  const newestStaff = log.db.prepare<[], number | null>("SELECT max(seq) FROM record WHERE kind = 'staff'").pluck()
  const known = new Map<string, { readonly state: SessionState; readonly fact: SessionFact | undefined }>()
  let staffSeq: number | null = null

  function facts(asOf: SchoolDate): Facts {
    return log.read(() => {
      const ledger = ledgers.of('all')
      // Who counts as a teacher is a matter of the staff list: when it changed, every session is looked at again.
      const staff = newestStaff.get() ?? null
      if (staff !== staffSeq) known.clear()
      staffSeq = staff
      const sessions = new Map<string, SessionFact>()
      const visits = new Map<StudentId, SessionFact[]>()
      for (const state of ledger.sessions()) {
        const held = known.get(state.id)
        const entry = held?.state === state ? held : { state, fact: sessionFact(ledger, state) }
        if (entry !== held) known.set(state.id, entry)
        const { fact } = entry
        if (!fact || fact.on > asOf) continue
        sessions.set(fact.id, fact)
        for (const student of fact.minutes.keys()) {
          const own = visits.get(student)
          if (own) own.push(fact)
          else visits.set(student, [fact])
        }
      }
      const all = { ledger, asOf, sessions, choices: followUps.choices(), added: lastImport()?.added ?? {} }
      const held = heldBySection(all)
      const lists = listsOf(ledger)
      const on = (student: StudentId, date: SchoolDate): readonly SessionFact[] =>
        visits.get(student)?.filter((fact) => fact.on === date) ?? []
      const students = new Map<StudentId, StudentFact>()
      const days = new Map<StudentId, readonly DayFact[]>()
      for (const view of ledger.students()) {
        const fact = studentFact(all, view, lists.get(view.student.id) ?? [], held)
        students.set(view.student.id, fact)
        const own = dayFacts(all, fact, on)
        if (own.length > 0) days.set(view.student.id, own)
      }
      const personOf = (student: string): string | undefined => ledger.student(as<StudentId>(student))?.sameStudent[0]
      const { first } = fiscalYear(fiscalYearOf(asOf))
      const cube = cubeOf(students.values(), [...days.values()].flat(), sessions.values(), personOf, first)
      return { seq: log.head(), students, days, sessions, cube }
    })
  }

  return {
    facts,
    refresh(asOf) {
      const fresh = facts(asOf)
      writer.write(fresh, {
        asOf,
        rules: RULES_VERSION,
        epoch: log.epoch,
        siteName: (site) => ledgers.of('all').site(as(site))?.name ?? '',
      })
      return fresh.seq
    },
  }
}
