import type { Ledger } from '../../../shared/attendance/ledger.ts'
import type { SiteId } from '../../../shared/ids.ts'
import type { Student } from '../../../shared/registry.ts'
import type { SchoolDate } from '../../../shared/time.ts'

/** The students enrolled at a school on a date, by family name. */
export function studentsAt(ledger: Ledger, site: SiteId, on: SchoolDate): readonly Student[] {
  const here: Student[] = []
  for (const { student, enrollments } of ledger.students()) {
    const isHere = enrollments.some((e) => e.site === site && e.from <= on && (e.until === null || on < e.until))
    if (isHere && (student.last !== '' || student.first !== '')) here.push(student)
  }
  const key = ({ last, first }: Student) => `${last} ${first}`
  return here.sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
