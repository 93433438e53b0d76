import type { SiteId, StaffId, StudentId } from '../../../../shared/ids.ts'
import type { Grade } from '../../../../shared/registry.ts'
import { endSource, leave, leaveMissing } from '../ends.ts'
import { enroll, withdraw } from '../enroll.ts'
import type { Roll } from '../enroll.ts'
import type { Row } from '../read/table.ts'
import { openRepeats, type Repeats } from '../repeats.ts'
import type { Work } from '../source.ts'
import type { SsidAt } from '../ssids.ts'
import { gradeOf } from '../values.ts'
import { endsMissing, keyed, listOf } from './files.ts'
import type { OneRosterFile } from './files.ts'
import type { OrgBody } from './orgs.ts'
import { roleOf } from './roles.ts'
import type { StaffRole } from './roles.ts'
import { schoolYearBegins } from './terms.ts'

/** Who a user of the export is here, under the source kind `oneroster.user`. Families have no record: they are only counted. */
export type UserBody =
  | { readonly record: 'student'; readonly id: StudentId }
  | { readonly record: 'staff'; readonly id: StaffId }
  | { readonly record: 'none' }

const REQUIRED = ['sourcedId', 'orgSourcedIds', 'role', 'givenName', 'familyName'] as const
const OPTIONAL = ['status', 'enabledUser', 'userIds', 'identifier', 'email', 'grades'] as const
type UserRow = Row<(typeof REQUIRED)[number] | (typeof OPTIONAL)[number]>

/** Users: students with their school and grade, staff, and families, who are counted and passed over. */
export async function readUsers(work: Work, file: OneRosterFile): Promise<void> {
  const { plan, directory } = work
  const table = work.table('users', file.entry, { required: REQUIRED, optional: OPTIONAL })
  const users = plan.sources<UserBody>('oneroster.user')
  const named = new Set<string>()
  const roll: Roll = new Map()
  const students = new Set<StudentId>()
  const leaving = new Set<StudentId>()
  const report = work.ssidFault(file.entry, 'userIds')
  const staffOf = openRepeats()
  for await (const { row, id, gone } of keyed(table, named)) {
    const known = users.get(id)?.body
    const met = known?.record === 'student' ? known.id : directory.student(row.cell('identifier'))
    if (met) students.add(met)
    if (gone || row.cell('enabledUser').toLowerCase() === 'false') {
      endSource(plan, 'oneroster.user', id)
      if (known?.record === 'student') leaving.add(known.id)
      if (known?.record === 'staff') leave(plan, known.id)
      continue
    }
    const was = known?.record === 'student' ? known.id : undefined
    const user = readUser(work, row, { id, was, report, staffOf }, roll)
    // Under another number the student is another record here, and the one before is nobody's any more.
    if (was !== undefined && user?.record === 'student' && user.id !== was) leaving.add(was)
    if (user) plan.putSource('oneroster.user', id, user)
  }
  const isWhole = endsMissing(file, table)
  const begins = schoolYearBegins(plan)
  enroll(plan, roll, { covers: isWhole ? sitesOf(work) : new Set(), tellsAll: true, named: students, yearBegins: () => begins })
  withdraw(plan, new Set([...leaving].filter((student) => !roll.has(student))))
  if (isWhole) leaveMissing<UserBody>(plan, 'oneroster.user', named, (body) => (body.record === 'staff' ? body.id : null))
}

/** A user as the export knows it: its id, and the student it was until now. */
interface Told {
  readonly id: string
  readonly was: StudentId | undefined
  readonly report: SsidAt['report']
  /** The staff of the file so far, by identifier. */
  readonly staffOf: Repeats
}

function readUser(work: Work, row: UserRow, told: Told, roll: Roll): UserBody | undefined {
  const role = row.take('role', roleOf, 'role')
  if (role === undefined) return undefined
  if (role === 'family') return { record: 'none' }
  const first = row.text('givenName', 'givenName')
  const last = row.text('familyName', 'familyName')
  const sites = sitesIn(work, row)
  if (first === undefined || last === undefined || !sites) return undefined
  return role === 'student'
    ? readStudent(work, row, { ...told, first, last, sites }, roll)
    : readStaff(work, row, { ...told, first, last, sites }, role)
}

interface Named extends Told {
  readonly first: string
  readonly last: string
  readonly sites: readonly SiteId[]
}

function readStudent(work: Work, row: UserRow, { id, was, report, first, last, sites }: Named, roll: Roll): UserBody | undefined {
  const grade = row.take('grades', (text) => gradeOf(listOf(text)[0] ?? ''), 'grade')
  if (!grade) return undefined
  if (sites.length === 0) return row.fault('orgSourcedIds', 'studentAtSchool')
  // `||`: files leave out an identifier by leaving it blank.
  const localId = (row.cell('identifier') || id).slice(0, 200)
  const before = work.directory.student(localId)
  if (before && roll.has(before)) return row.fault('identifier', 'studentsOwn')
  const student = work.directory.putStudent({
    ...{ localId, first, last, ssid: ssidIn(row.cell('userIds')), at: { line: row.line, report } },
    was: was === before ? undefined : was,
  })
  roll.set(student, new Map<SiteId, Grade>(sites.map((site) => [site, grade])))
  return { record: 'student', id: student }
}

function readStaff(work: Work, row: UserRow, { id, first, last, sites, staffOf }: Named, role: StaffRole): UserBody | undefined {
  const email = row.cell('email').slice(0, 200)
  const number = row.cell('identifier')
  const other = number === '' ? undefined : staffOf.other(number, { line: row.line, first, last, ssid: null })
  if (other !== undefined) return row.fault('identifier', 'staffsOwn', { line: other })
  const key = number || email.toLowerCase() || id
  return { record: 'staff', id: work.directory.putStaff({ key, name: `${first} ${last}`.slice(0, 200), email, ...role, sites }) }
}

/** The schools a user is at. A user of the district office is at none. */
function sitesIn(work: Work, row: UserRow): SiteId[] | undefined {
  const orgs = work.plan.sources<OrgBody>('oneroster.org')
  const found = new Set<SiteId>()
  for (const id of listOf(row.cell('orgSourcedIds'))) {
    const org = orgs.get(id)
    if (!org || org.ended) return row.fault('orgSourcedIds', 'orgInFile', { id })
    if (org.body.site) found.add(org.body.site)
  }
  return [...found]
}

/** A statewide identifier among the other identifiers of a user, `{SSID:1234567890}`; anything else is not guessed at. */
const ssidIn = (text: string): string | null => /\{\s*(?:SSID|StateId|State Student ID)\s*:\s*(\d{10})\s*\}/i.exec(text)?.[1] ?? null

const sitesOf = ({ plan }: Work): Set<SiteId> =>
  new Set([...plan.sources<OrgBody>('oneroster.org').values()].flatMap(({ body }) => (body.site ? [body.site] : [])))
