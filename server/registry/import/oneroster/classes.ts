import { endMissing, endSource } from '../ends.ts'
import type { ClassBody, ClassEnrollmentBody } from '../roster.ts'
import type { Work } from '../source.ts'
import { dateOf } from '../values.ts'
import { endsMissing, keyed, listOf } from './files.ts'
import type { OneRosterFile } from './files.ts'
import { schoolSite } from './orgs.ts'
import type { TermBody } from './terms.ts'
import type { UserBody } from './users.ts'

/** Courses: kept by title and code, for who makes sections from classes. */
export async function readCourses(work: Work, file: OneRosterFile): Promise<void> {
  const table = work.table('courses', file.entry, { required: ['sourcedId', 'title'], optional: ['status', 'courseCode'] })
  const named = new Set<string>()
  for await (const { row, id, gone } of keyed(table, named)) {
    if (gone) endSource(work.plan, 'course', id)
    const title = gone ? undefined : row.text('title', 'courseTitle')
    if (title !== undefined) work.plan.putSource('course', id, { title, code: row.cell('courseCode') })
  }
  if (endsMissing(file, table)) endMissing(work.plan, 'course', named)
}

/** Classes: what a section can be made from. Who is in them comes from the enrollments. */
export async function readClasses(work: Work, file: OneRosterFile): Promise<void> {
  const { plan } = work
  const table = work.table('classes', file.entry, {
    required: ['sourcedId', 'title', 'schoolSourcedId'],
    optional: ['status', 'location', 'termSourcedIds'],
  })
  const named = new Set<string>()
  for await (const { row, id, gone } of keyed(table, named)) {
    if (gone) {
      endSource(plan, 'class', id)
      continue
    }
    const title = row.text('title', 'classTitle')
    const site = row.take('schoolSourcedId', (org) => schoolSite(work, org), 'schoolInOrgs')
    if (title === undefined || site === undefined) continue
    const terms = listOf(row.cell('termSourcedIds')).flatMap((term) => plan.sources<TermBody>('term').get(term)?.body ?? [])
    const held = plan.sources<ClassBody>('class').get(id)?.body
    const body: ClassBody = {
      source: 'oneroster',
      site,
      title,
      room: row.cell('location').slice(0, 200),
      staff: held?.staff ?? [],
      students: held?.students ?? [],
      from: terms.map(({ from }) => from).sort()[0] ?? null,
      until:
        terms
          .map(({ until }) => until)
          .sort()
          .at(-1) ?? null,
    }
    plan.putSource('class', id, body)
  }
  if (endsMissing(file, table)) endMissing(plan, 'class', named, 'oneroster')
}

/** Who is in which class, and whether as a student or of the staff. */
export async function readEnrollments(work: Work, file: OneRosterFile): Promise<void> {
  const { plan } = work
  const table = work.table('enrollments', file.entry, {
    required: ['sourcedId', 'classSourcedId', 'userSourcedId'],
    optional: ['status', 'endDate'],
  })
  const classes = plan.sources<ClassBody>('class')
  const users = plan.sources<UserBody>('oneroster.user')
  const named = new Set<string>()
  for await (const { row, id, gone } of keyed(table, named)) {
    if (gone) {
      endSource(plan, 'classEnrollment', id)
      continue
    }
    const group = row.take('classSourcedId', (one) => (classes.has(one) ? one : undefined), 'classInFile')
    const user = row.take('userSourcedId', (one) => users.get(one)?.body, 'userInFile')
    const until = row.cell('endDate') === '' ? null : row.take('endDate', dateOf, 'date')
    if (group === undefined || !user || until === undefined || user.record === 'none') continue
    const body: ClassEnrollmentBody = { source: 'oneroster', class: group, role: user.record, person: user.id, until }
    plan.putSource('classEnrollment', id, body)
  }
  if (endsMissing(file, table)) endMissing(plan, 'classEnrollment', named, 'oneroster')
}

/** Demographics are counted and passed over: no device and no figure needs birth dates or race, so they are not kept. */
export async function countDemographics(work: Work, file: OneRosterFile): Promise<void> {
  const table = work.table('demographics', file.entry, { required: ['sourcedId'], optional: [] })
  for await (const _row of table.rows) continue
}
