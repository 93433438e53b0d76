import { type Minutes, minutes, type SchoolDate } from '../../time.ts'
import type { Grade, Placement, StudentFacts } from '../facts.ts'
import type { SourceKey } from '../law.ts'
import { type Parameter, valueOn } from '../parameter.ts'
import { placementOn } from './placement.ts'

/** All of these are older than the program. They were read for its years only, so one first day stands for all of them. */
const CODE = '1977-04-30'
const minimum = (label: string, value: number, cite: SourceKey): Parameter<number> => ({
  label: `Minimum day, ${label}`,
  unit: 'minutes',
  values: [{ from: CODE, value, cite }],
})

export const minimumDays = {
  kindergarten: minimum('transitional kindergarten and kindergarten', 180, 'EC 46117'),
  primary: minimum('grades 1 to 3', 230, 'EC 46112'),
  elementary: minimum('grades 4 to 8', 240, 'EC 46113'),
  high: minimum('grades 9 to 12', 240, 'EC 46141'),
  continuation: minimum('continuation school', 180, 'EC 46170'),
  opportunity: minimum('opportunity school', 180, 'EC 46180'),
  countyCommunity: minimum('county community school', 240, 'Aeries county community'),
  juvenileCourt: minimum('juvenile court school', 240, 'EC 48645.3'),
  communityDay: minimum('community day school', 360, 'EC 48663'),
} as const

function byGrade(grade: Grade): Parameter<number> {
  if (grade === 'TK' || grade === 'KG') return minimumDays.kindergarten
  if (grade <= '03') return minimumDays.primary
  return grade <= '08' ? minimumDays.elementary : minimumDays.high
}

/** The section of law that says how long a day is, and what it says, for a student placed so. */
export function minimumDayFor({ school, grade }: Placement): Parameter<number> {
  switch (school.type) {
    case 'regular':
    case 'charter':
      return byGrade(grade)
    case 'continuation':
    case 'opportunity':
    case 'countyCommunity':
    case 'juvenileCourt':
    case 'communityDay':
      return minimumDays[school.type]
  }
}

/** The minutes that make a day for a student on a date.
 *  @cite EC 46117, EC 46112, EC 46113, EC 46141, EC 46170, EC 46180, EC 48645.3, EC 48663, EC 46307, Charter plan
 *  @reading A charter school's day is that of the grade. A student with entries at several schools on a date needs the longest. */
export function minimumDay(student: StudentFacts, on: SchoolDate): Minutes {
  let longest = 0
  for (const entry of student.entries) {
    const value = valueOn(minimumDayFor(placementOn(entry, on)), on)
    if (value !== 'none') longest = Math.max(longest, entry.iepMinutes === null ? value : Math.min(value, entry.iepMinutes))
  }
  return minutes(longest)
}

/** Transitional kindergarten and kindergarten: other breaks, another ratio. */
export const isYoungest = (grade: Grade): boolean => grade === 'TK' || grade === 'KG'
