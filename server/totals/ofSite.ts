/** The totals of one school, from what the school is told: its own students, sessions and days. */
import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { SiteId, StudentId } from '../../shared/ids.ts'
import type { AttentionChoices } from '../../shared/report/attention.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { type DayFact, dayFacts, heldBySection, listsOf, type SessionFact, sessionFact, type StudentFact, studentFact } from './facts.ts'

export interface OfSite {
  readonly name: string
  readonly students: ReadonlyMap<StudentId, StudentFact>
  readonly days: ReadonlyMap<StudentId, readonly DayFact[]>
  readonly sessions: ReadonlyMap<string, SessionFact>
}

/** @param added recoverable absences that the last import brought, by student */
export function ofSite(
  ledger: Ledger,
  site: SiteId,
  asOf: SchoolDate,
  choices: AttentionChoices,
  added: Readonly<Record<string, number>>,
): OfSite {
  const seen = new Map<string, SessionFact>()
  const visits = new Map<StudentId, SessionFact[]>()
  for (const state of ledger.sessions()) {
    const fact = sessionFact(ledger, state)
    if (!fact || fact.on > asOf) continue
    seen.set(fact.id, fact)
    for (const student of fact.minutes.keys()) {
      const own = visits.get(student)
      if (own) own.push(fact)
      else visits.set(student, [fact])
    }
  }
  const all = { ledger, asOf, sessions: seen, choices, added }
  const held = heldBySection(all)
  const lists = listsOf(ledger)
  const on = (student: StudentId, date: SchoolDate): readonly SessionFact[] => visits.get(student)?.filter((fact) => fact.on === date) ?? []
  const students = new Map<StudentId, StudentFact>()
  const days = new Map<StudentId, readonly DayFact[]>()
  for (const view of ledger.students()) {
    if (view.enrollments.length === 0) continue
    const fact = studentFact(all, view, lists.get(view.student.id) ?? [], held)
    // A student of two schools is known at both, and stands where the enrollment that speaks for the date is.
    if (fact.row.site !== site) continue
    students.set(view.student.id, fact)
    const own = dayFacts(all, fact, on)
    if (own.length > 0) days.set(view.student.id, own)
  }
  const sessions = new Map([...seen].filter(([, fact]) => fact.site === site))
  return { name: ledger.site(site)?.name ?? '', students, days, sessions }
}
