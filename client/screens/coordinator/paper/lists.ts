import type { Ledger } from '../../../../shared/attendance/ledger.ts'
import type { SiteId, StaffId, StudentId } from '../../../../shared/ids.ts'
import type { Section } from '../../../../shared/registry.ts'
import { rowCode } from './rowCode.ts'

/** The sections of a school, by name. */
export const sectionsAt = (ledger: Ledger, site: SiteId): readonly Section[] =>
  [...ledger.sections()].filter((section) => section.site === site).sort((a, b) => (a.name < b.name ? -1 : 1))

export interface SheetRow {
  readonly student: StudentId
  readonly code: string
  readonly name: string
}

/** The rows of a section's sheet, by family name. */
export function listOf(ledger: Ledger, section: Section): readonly SheetRow[] {
  return section.students
    .map((id): SheetRow => {
      const student = ledger.student(id)?.student
      return { student: id, code: rowCode(section.id, id), name: student ? `${student.last}, ${student.first}` : '' }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The section's own staff first, then everybody else of the school whose supervision counts. */
export function teachersOf(ledger: Ledger, section: Section) {
  const counts = [...ledger.allStaff()].filter((one) => one.certificated && one.employee && one.sites.includes(section.site))
  const rank = (id: StaffId): number => (section.staff.includes(id) ? 0 : 1)
  return counts.sort((a, b) => rank(a.id) - rank(b.id) || (a.name < b.name ? -1 : 1))
}
