import type { SchoolDate } from '../../../../shared/time.ts'
import { fiscalYear, fiscalYearOf } from '../../../../shared/time.ts'
import type { Plan } from '../plan.ts'
import type { Work } from '../source.ts'
import { endMissing, endSource } from '../ends.ts'
import { dateOf } from '../values.ts'
import { endsMissing, keyed } from './files.ts'
import type { OneRosterFile } from './files.ts'

/** An academic session, under the source kind `term`. */
export interface TermBody {
  readonly title: string
  readonly type: string
  readonly from: SchoolDate
  readonly until: SchoolDate
}

/** School years, terms and grading periods. They date classes and enrollments; a site's calendar comes from the calendar extract. */
export async function readTerms(work: Work, file: OneRosterFile): Promise<void> {
  const table = work.table('academicSessions', file.entry, {
    required: ['sourcedId', 'title', 'type', 'startDate', 'endDate'],
    optional: ['status'],
  })
  const named = new Set<string>()
  for await (const { row, id, gone } of keyed(table, named)) {
    if (gone) {
      endSource(work.plan, 'term', id)
      continue
    }
    const from = row.take('startDate', dateOf, 'date')
    const until = row.take('endDate', dateOf, 'date')
    if (!from || !until) continue
    if (until < from) {
      row.fault('endDate', 'afterStart', { from })
      continue
    }
    work.plan.putSource('term', id, { title: row.cell('title'), type: row.cell('type'), from, until } satisfies TermBody)
  }
  if (endsMissing(file, table)) endMissing(work.plan, 'term', named)
}

/** The first day of the school year that holds today; of the next one when none does; 1 July when none is known. */
export function schoolYearBegins(plan: Plan): SchoolDate {
  const years = [...plan.sources<TermBody>('term').values()]
    .filter(({ ended, body }) => !ended && body.type.toLowerCase() === 'schoolyear')
    .map(({ body }) => body)
  const holding = years.filter(({ from, until }) => from <= plan.today && plan.today <= until)
  const coming = years.filter(({ from }) => from > plan.today)
  const first = (holding.length > 0 ? holding : coming).map(({ from }) => from).sort()[0]
  return (
    first ??
    years
      .map(({ from }) => from)
      .sort()
      .at(-1) ??
    fiscalYear(fiscalYearOf(plan.today)).first
  )
}
