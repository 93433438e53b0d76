/** The totals of one school, from what the school is told: its own students, sessions and days, and what they add to the sums. */
import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { SiteId, StudentId } from '../../shared/ids.ts'
import type { AttentionChoices } from '../../shared/report/attention.ts'
import { fiscalYear, fiscalYearOf, type SchoolDate } from '../../shared/time.ts'
import { isHome } from '../reports/schools.ts'
import { type CubeRow, cubeOf, type Person } from './cube.ts'
import { type DayFact, dayFacts, heldBySection, listsOf, type SessionFact, sessionFact, type StudentFact, studentFact } from './facts.ts'

export interface OfSite {
  readonly name: string
  readonly students: ReadonlyMap<StudentId, StudentFact>
  readonly days: ReadonlyMap<StudentId, readonly DayFact[]>
  readonly sessions: ReadonlyMap<string, SessionFact>
  readonly cube: readonly CubeRow[]
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
  const lists = listsOf(all, held)
  const on = (student: StudentId, date: SchoolDate): readonly SessionFact[] => visits.get(student)?.filter((fact) => fact.on === date) ?? []
  const students = new Map<StudentId, StudentFact>()
  const days = new Map<StudentId, readonly DayFact[]>()
  const people: Person[] = []
  for (const view of ledger.students()) {
    if (view.enrollments.length === 0) continue
    const fact = studentFact(all, view, lists.get(view.student.id) ?? [], held)
    // A student of two schools is known at both, and stands where the enrollment that speaks for the date is.
    if (fact.row.site !== site) continue
    students.set(view.student.id, fact)
    const own = dayFacts(all, fact, on)
    if (own.length > 0) days.set(view.student.id, own)
    const entries = view.sameStudent
    const speaks = entries.find((id) => (ledger.student(id)?.enrollments.length ?? 0) > 0)
    if (speaks === view.student.id && isHome(ledger, view, site, asOf))
      people.push({ entries, span: fact.span, sessions: new Set(entries.flatMap((id) => visits.get(id) ?? [])) })
  }
  const sessions = new Map([...seen].filter(([, fact]) => fact.site === site))
  const personOf = (student: string): string | undefined => {
    const view = ledger.student(student as StudentId)
    return view && view.enrollments.length > 0 ? view.sameStudent[0] : undefined
  }
  const figures = { site, people, personOf, students: students.values(), days: [...days.values()].flat(), sessions: sessions.values() }
  const { first } = fiscalYear(fiscalYearOf(asOf))
  return { name: ledger.site(site)?.name ?? '', students, days, sessions, cube: cubeOf({ ...figures, from: first }) }
}
