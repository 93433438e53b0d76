import type { Ledger } from '../../../../shared/attendance/ledger.ts'
import type { SiteId, StudentId } from '../../../../shared/ids.ts'
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
