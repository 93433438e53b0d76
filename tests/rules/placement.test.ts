import { describe, expect, test } from 'vitest'
import { placementOn } from '../../shared/rules/california/placement.ts'
import type { EntryFacts, Grade, Placement, SchoolFacts } from '../../shared/rules/facts.ts'
import type { SchoolDate } from '../../shared/time.ts'

const year = (first: string, last: string) => ({
  first: first as SchoolDate,
  last: last as SchoolDate,
  day: { from: '08:15', until: '14:30' },
  noSchool: new Set<string>(),
})
const elm: SchoolFacts = {
  key: 'elm',
  type: 'regular',
  zone: 'UTC',
  years: [year('2025-08-18', '2026-06-05'), year('2026-08-17', '2027-06-04')],
}
const noCalendar: SchoolFacts = { ...elm, key: 'oak', years: [] }
const place = (grade: Grade, from: string, until: string | null, school = elm): Placement => ({
  school,
  grade,
  from: from as SchoolDate,
  until: until as SchoolDate | null,
})
/** The grade that speaks on a date. */
const gradeOn = (on: string, ...placements: [Placement, ...Placement[]]): Grade => {
  const entry: EntryFacts = { placements, setting: 'classroom', iepMinutes: null, independentStudy: [] }
  return placementOn(entry, on as SchoolDate).grade
}

describe('the enrollment that speaks on a date', () => {
  const third = place('03', '2025-08-18', '2026-06-06')
  const fourth = place('04', '2026-08-17', null)

  test('is the only one, whenever that is', () => {
    expect(gradeOn('2020-01-01', third)).toBe('03')
    expect(gradeOn('2030-01-01', third)).toBe('03')
  })
  test.each([
    ['2025-08-18', '03'],
    ['2026-06-05', '03'],
    // Nothing begins again before July: June still belongs to the grade that was.
    ['2026-06-06', '03'],
    ['2026-06-30', '03'],
    ['2026-07-01', '04'],
    ['2026-08-16', '04'],
    ['2026-08-17', '04'],
    ['2027-06-30', '04'],
  ])('on %s is grade %s, between two years from July on the coming one', (on, grade) => {
    expect(gradeOn(on, third, fourth)).toBe(grade)
  })
  test('is the coming one in July also when the old one has no end yet', () => {
    const open = place('03', '2025-08-18', null)
    expect(gradeOn('2026-06-30', open, fourth)).toBe('03')
    expect(gradeOn('2026-07-01', open, fourth)).toBe('04')
  })
  test('is the one that covers the date, within a year, also when another begins later', () => {
    const until = place('04', '2026-08-17', '2027-01-11')
    const moved = place('05', '2027-01-11', null)
    expect(gradeOn('2027-01-10', until, moved)).toBe('04')
    expect(gradeOn('2027-01-11', until, moved)).toBe('05')
  })
  test('is the one that covers the date where no calendar says that school is out', () => {
    expect(gradeOn('2026-07-10', place('03', '2025-08-18', null, noCalendar), place('04', '2026-08-17', null, noCalendar))).toBe('03')
  })
  test('is the newest of those that cover the date', () => {
    expect(gradeOn('2026-10-01', place('04', '2026-08-17', null), place('05', '2026-09-28', null))).toBe('05')
  })
  test('is the last before, where none follows in that fiscal year; the first, where none was before', () => {
    const left = place('04', '2026-08-17', '2026-10-01')
    expect(gradeOn('2026-10-05', third, left)).toBe('04')
    expect(gradeOn('2027-07-01', third, left)).toBe('04')
    expect(gradeOn('2024-09-01', third, fourth)).toBe('03')
  })
})
