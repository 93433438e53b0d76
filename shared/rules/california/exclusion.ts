import type { SchoolDate } from '../../time.ts'
import type { StudentFacts } from '../facts.ts'
import { type Parameter, valueOn } from '../parameter.ts'
import { placementOn } from './placement.ts'
import { schoolDaysFrom } from './schoolDay.ts'

export const mostIndependentStudy: Parameter<number> = {
  label: 'School days of continual independent study after which nothing is earned',
  unit: 'school days',
  values: [{ from: '2025-07-01', value: 15, cite: 'EC 46211(g)(2)' }],
}

export type Exclusion = 'nonclassroom' | 'independentStudy'

/** Why a student earns nothing on a date, if so.
 *  @cite EC 46211(g)(1), EC 46211(g)(2)
 *  @reading The school days of each range of independent study are counted by the student's own calendar, the date included. A
 *  student with several entries is excluded by any of them. */
export function excludedOn(student: StudentFacts, on: SchoolDate): Exclusion | undefined {
  for (const entry of student.entries) if (entry.setting === 'nonclassroom') return 'nonclassroom'
  for (const entry of student.entries) {
    for (const range of entry.independentStudy) {
      // Before the range begins no school day of it has passed.
      if (on > range.until) continue
      const most = valueOn(mostIndependentStudy, on)
      if (most !== 'none' && schoolDaysFrom(placementOn(entry, on).school, range.from, on) > most) return 'independentStudy'
    }
  }
  return undefined
}
