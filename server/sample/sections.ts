/** The groups of the sample that meet for Attendance Recovery. */
import { as, type SectionId, type SiteId, type StaffId, type StudentId } from '../../shared/ids.ts'
import type { Section } from '../../shared/registry.ts'
import { fiscalYear, fiscalYearOf, type LocalTime, type SchoolDate } from '../../shared/time.ts'
import type { SampleTime } from './when.ts'

export interface SampleSections {
  readonly saturday: Section
  readonly afterSchool: Section
  readonly openLab: Section
}

const time = (text: string): LocalTime => text as LocalTime

/**
 * Three sections of a site: Saturday school, tutoring after school, and one that is open every day all day long, so that
 * somebody who tries the sample at any hour has something to start. `students` come with those in most need first.
 */
export function sampleSections(
  site: SiteId,
  { since, today }: SampleTime,
  teachers: readonly StaffId[],
  students: readonly StudentId[],
): SampleSections {
  const { first } = fiscalYear(fiscalYearOf(since))
  const { last } = fiscalYear(fiscalYearOf(today))
  const section = (
    name: string,
    weekdays: number[],
    window: readonly [string, string],
    of: {
      readonly room: string
      readonly staff: readonly StaffId[]
      readonly students: readonly StudentId[]
      readonly recess?: readonly [string, string]
      readonly from?: SchoolDate
    },
  ): Section => ({
    id: as<SectionId>(`${site}-${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`),
    site,
    name,
    room: of.room,
    staff: [...of.staff],
    meets: { kind: 'weekly', weekdays, from: of.from ?? first, until: last },
    window: { from: time(window[0]), until: time(window[1]) },
    breaks: of.recess ? [{ from: time(of.recess[0]), until: time(of.recess[1]) }] : [],
    students: [...of.students],
  })
  return {
    saturday: section('Saturday school', [6], ['08:00', '13:00'], {
      room: 'Library',
      staff: teachers.slice(0, 2),
      students: students.slice(0, 30),
      recess: ['10:00', '10:15'],
    }),
    afterSchool: section('After-school tutoring', [2, 4], ['15:30', '17:30'], {
      room: 'Room 12',
      staff: teachers.slice(0, 1),
      students: students.slice(10, 28),
    }),
    openLab: section('Open lab', [0, 1, 2, 3, 4, 5, 6], ['00:00', '23:59'], {
      room: 'Room 4',
      // It begins today: of earlier days nothing is missing.
      from: today,
      staff: teachers.slice(0, 2),
      students: students.slice(0, 18),
    }),
  }
}
