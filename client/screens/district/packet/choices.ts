import type { Ledger } from '../../../../shared/attendance/ledger.ts'
import type { Student } from '../../../../shared/registry.ts'
import { fiscalYearOf } from '../../../../shared/time.ts'

/** Students whose name or number begins with what was typed, at most twenty, by name. */
export function studentsLike(ledger: Ledger, typed: string): readonly Student[] {
  const wanted = typed.trim().toLowerCase()
  const found: Student[] = []
  for (const { student } of ledger.students()) {
    const names = [student.last, student.first, student.localId, `${student.first} ${student.last}`, `${student.last}, ${student.first}`]
    if (names.some((name) => name.toLowerCase().startsWith(wanted))) found.push(student)
  }
  return found.sort((a, b) => (`${a.last} ${a.first}` < `${b.last} ${b.first}` ? -1 : 1)).slice(0, 20)
}

/** Sessions of a fiscal year, so many, evenly spread over it: drawn the same way each time, so that a sample can be asked for again. */
export function sampleOf(ledger: Ledger, year: number, most: number): string[] {
  const all = [...ledger.sessions()]
    .filter((session) => session.started && fiscalYearOf(session.on) === year)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1))
  if (all.length <= most) return all.map(({ id }) => id)
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]?.id ?? '')
}
