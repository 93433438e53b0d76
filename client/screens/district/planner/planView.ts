/** What the planner shows of a section's next session. Pure, so that it can be read in a test. */
import { meetingsOf, meetsFrom } from '../../../../shared/attendance/planned.ts'
import type { Ledger } from '../../../../shared/attendance/ledger.ts'
import type { SiteId, StudentId } from '../../../../shared/ids.ts'
import type { Section, Site } from '../../../../shared/registry.ts'
import type { PlanRow } from '../../../../shared/report/planner.ts'
import { plan } from '../../../../shared/report/planner.ts'
import type { SchoolMonths } from '../../../../shared/rules/california/periods.ts'
import { addDays, type SchoolDate } from '../../../../shared/time.ts'
import { studentsAt } from '../../coordinator/studentsAt.ts'

/** How far ahead the next meeting is looked for. */
const AHEAD = 120

/** A section's first meeting on a date or after it, by its school's calendar; the date itself when none is near. */
export const nextMeeting = (section: Section, on: SchoolDate, school: Site | undefined): SchoolDate =>
  meetingsOf(section, on, addDays(on, AHEAD), school)[0] ?? on

/** The sections of a school that meet on a date or later, by name. */
export const sectionsAt = (ledger: Ledger, site: SiteId, on: SchoolDate): readonly Section[] =>
  [...ledger.sections()].filter((section) => section.site === site && meetsFrom(section, on)).sort((a, b) => (a.name < b.name ? -1 : 1))

export const helps = ({ gain }: PlanRow): boolean => gain.kind === 'day' || gain.kind === 'hours'

/** The rows of everybody at the school who is not on the list, has something to recover and would gain from the session. */
export function othersHelped(ledger: Ledger, section: Section, on: SchoolDate, months: readonly SchoolMonths[]): readonly PlanRow[] {
  const invited = new Set<StudentId>(section.students)
  const others = studentsAt(ledger, section.site, on)
    .map(({ id }) => id)
    .filter((id) => !invited.has(id) && ledger.student(id)?.absences.some((absence) => absence.on <= on))
  return plan(ledger, section, on, others, months).filter(helps)
}

/** Days that would be recovered if everybody came. */
export const daysRecovered = (rows: readonly PlanRow[]): number => rows.filter(({ gain }) => gain.kind === 'day').length
