import type { SchoolDate } from '../../../../shared/time.ts'
import { dayNumber } from '../../../../shared/time.ts'
import { endMissing, tellsMissing } from '../ends.ts'
import { stableId } from '../ids.ts'
import type { Entry } from '../read/entries.ts'
import type { ClassBody, ClassEnrollmentBody } from '../roster.ts'
import type { Work } from '../source.ts'
import { dateOf } from '../values.ts'
import { schoolIn } from './people.ts'
import type { Known } from './people.ts'

const OTHER_TEACHERS = [2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `Teacher_${n}_id` as const)

/** Sections are classes, with their teachers. Gives the first day of the newest school year their terms belong to. */
export async function readSections(work: Work, entry: Entry, known: Known): Promise<SchoolDate | undefined> {
  const { plan } = work
  const table = work.table('sections', entry, {
    required: ['School_id', 'Section_id', 'Teacher_id'],
    optional: [...OTHER_TEACHERS, 'Name', 'Section_number', 'Course_name', 'Period', 'Term_start', 'Term_end'],
  })
  const named = new Set<string>()
  const starts: SchoolDate[] = []
  for await (const row of table.rows) {
    const id = row.text('Section_id', 'sectionId')
    if (id === undefined) {
      table.notWhole()
      continue
    }
    const key = stableId('clever', id)
    named.add(key)
    const site = schoolIn(row, known)
    const from = row.cell('Term_start') === '' ? null : row.take('Term_start', dateOf, 'date')
    const until = row.cell('Term_end') === '' ? null : row.take('Term_end', dateOf, 'date')
    if (!site || from === undefined || until === undefined) continue
    if (from !== null) starts.push(from)
    const parts = [row.cell('Course_name'), row.cell('Section_number'), row.cell('Period')].filter((part) => part !== '')
    const staff = (['Teacher_id', ...OTHER_TEACHERS] as const).flatMap((column) =>
      row.cell(column) === '' ? [] : (row.take(column, (one) => known.teachers.get(one), 'teacherInFile') ?? []),
    )
    const body: ClassBody = {
      source: 'clever',
      site,
      title: (row.cell('Name') || parts.join(' - ') || id).slice(0, 200),
      room: '',
      staff: [...new Set(staff)].sort(),
      students: [],
      from,
      until,
    }
    plan.putSource('class', key, body)
    known.sections.set(id, key)
  }
  if (tellsMissing(table)) endMissing(plan, 'class', named, 'clever')
  starts.sort()
  const newest = starts.at(-1)
  // Terms of one year begin within ten months of each other.
  return newest && starts.find((from) => dayNumber(newest) - dayNumber(from) < 300)
}

/** Who is in which section. */
export async function readEnrollments(work: Work, entry: Entry, known: Known): Promise<void> {
  const { plan } = work
  const table = work.table('enrollments', entry, { required: ['Student_id', 'Section_id'], optional: [] })
  const named = new Set<string>()
  for await (const row of table.rows) {
    const section = row.take('Section_id', (id) => known.sections.get(id), 'sectionInFile')
    const student = row.take('Student_id', (id) => known.students.get(id), 'studentInFile')
    if (section === undefined || !student) {
      table.notWhole()
      continue
    }
    const id = stableId('clever', `${section}/${student}`)
    named.add(id)
    plan.putSource('classEnrollment', id, {
      source: 'clever',
      class: section,
      role: 'student',
      person: student,
      until: null,
    } satisfies ClassEnrollmentBody)
  }
  if (tellsMissing(table)) endMissing(plan, 'classEnrollment', named, 'clever')
}
