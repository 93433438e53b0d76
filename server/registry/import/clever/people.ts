import type { SiteId, StaffId, StudentId } from '../../../../shared/ids.ts'
import type { Grade } from '../../../../shared/registry.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { leaveMissing, noteMissingSites, tellsMissing } from '../ends.ts'
import { enroll, yearBeginsAt } from '../enroll.ts'
import type { Roll } from '../enroll.ts'
import type { Entry } from '../read/entries.ts'
import type { Row } from '../read/table.ts'
import type { Work } from '../source.ts'
import { openRepeats } from '../repeats.ts'
import { gradeOf } from '../values.ts'

/** Who is who in this export, by Clever's ids. */
export interface Known {
  readonly schools: Map<string, SiteId>
  readonly teachers: Map<string, StaffId>
  readonly students: Map<string, StudentId>
  /** Classes here, by Section_id. */
  readonly sections: Map<string, string>
}

/** Schools are sites, by their number, or by Clever's id when they have none. */
export async function readSchools(work: Work, entry: Entry, known: Known): Promise<void> {
  const { plan, directory } = work
  const table = work.table('schools', entry, { required: ['School_id', 'School_name'], optional: ['School_number'] })
  const named = new Set<string>()
  for await (const row of table.rows) {
    const id = row.text('School_id', 'schoolId')
    if (id === undefined) table.notWhole()
    else named.add(id)
    const name = row.text('School_name', 'schoolName')
    if (id === undefined || name === undefined) continue
    const site = directory.putSite({ code: (row.cell('School_number') || id).slice(0, 200), name })
    known.schools.set(id, site)
    plan.putSource('clever.school', id, { id: site })
  }
  if (tellsMissing(table)) noteMissingSites(plan, 'clever.school', named)
}

/** The school a row names; a fault when schools.csv does not have it. */
export const schoolIn = (row: Row<'School_id'>, known: Known): SiteId | undefined =>
  row.take('School_id', (id) => known.schools.get(id), 'schoolInFile')

/** Teachers, one row for each school a teacher is at. */
export async function readTeachers(work: Work, entry: Entry, known: Known): Promise<void> {
  const { plan, directory } = work
  const table = work.table('teachers', entry, {
    required: ['School_id', 'Teacher_id', 'Last_name', 'First_name'],
    optional: ['Teacher_number', 'Teacher_email', 'Title'],
  })
  const named = new Set<string>()
  for await (const row of table.rows) {
    const id = row.text('Teacher_id', 'teacherId')
    if (id === undefined) {
      table.notWhole()
      continue
    }
    named.add(id)
    const site = schoolIn(row, known)
    const last = row.text('Last_name', 'familyName')
    const first = row.text('First_name', 'givenName')
    if (!site || last === undefined || first === undefined) continue
    const staff = directory.putStaff({
      key: row.cell('Teacher_number') || id,
      name: `${first} ${last}`.slice(0, 200),
      email: row.cell('Teacher_email').slice(0, 200),
      title: row.cell('Title').slice(0, 200) || 'Teacher',
      certificated: true,
      sites: [site],
    })
    known.teachers.set(id, staff)
    plan.putSource('clever.teacher', id, { id: staff })
  }
  if (tellsMissing(table)) leaveMissing<{ id: StaffId }>(plan, 'clever.teacher', named, ({ id }) => id)
}

/** Students, one row for each school a student is at; `begins` is the first day of the school year by the sections' terms. */
export async function readStudents(work: Work, entry: Entry, known: Known, begins: SchoolDate | undefined): Promise<void> {
  const { plan, directory } = work
  const table = work.table('students', entry, {
    required: ['School_id', 'Student_id', 'Last_name', 'First_name', 'Grade'],
    optional: ['Student_number', 'State_id'],
  })
  const roll: Roll = new Map()
  const named = new Set<StudentId>()
  const repeats = openRepeats()
  const grades = new Map<string, { readonly line: number; readonly grade: Grade }>()
  const report = work.ssidFault(entry, 'State_id')
  for await (const row of table.rows) {
    const id = row.text('Student_id', 'studentId')
    if (id === undefined) {
      table.notWhole()
      continue
    }
    const localId = (row.cell('Student_number') || id).slice(0, 200)
    const before = directory.student(localId)
    if (before) named.add(before)
    const site = schoolIn(row, known)
    const last = row.text('Last_name', 'familyName')
    const first = row.text('First_name', 'givenName')
    const grade = row.take('Grade', gradeOf, 'grade')
    if (!site || last === undefined || first === undefined || !grade) continue
    // Other states' identifiers have other lengths; only California's 10 digits are a statewide identifier here.
    const ssid = /^\d{10}$/.test(row.cell('State_id')) ? row.cell('State_id') : null
    const other = repeats.other(localId, { line: row.line, first, last, ssid })
    if (other !== undefined) {
      row.fault(numberIn(row), 'numberAlone', { line: other })
      continue
    }
    const there = grades.get(`${localId} ${site}`)
    if (there && there.grade !== grade) {
      row.fault(numberIn(row), 'studentOnce', { line: there.line })
      continue
    }
    grades.set(`${localId} ${site}`, { line: row.line, grade })
    const student = directory.putStudent({ localId, first, last, ssid, at: { line: row.line, report } })
    known.students.set(id, student)
    roll.set(student, (roll.get(student) ?? new Map<SiteId, Grade>()).set(site, grade))
  }
  const covers = tellsMissing(table) ? new Set(known.schools.values()) : new Set<SiteId>()
  enroll(plan, roll, { covers, tellsAll: true, named, yearBegins: (site) => begins ?? yearBeginsAt(plan, site) })
}

const numberIn = (row: Row<'Student_number' | 'Student_id'>): 'Student_number' | 'Student_id' =>
  row.cell('Student_number') === '' ? 'Student_id' : 'Student_number'
