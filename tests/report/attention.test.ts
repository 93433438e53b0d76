// Who is said to need attention, one below each edge and at it.
import { expect, test } from 'vitest'
import type { SectionId, StudentId } from '../../shared/ids.ts'
import { attentionOf, comingOf, DEFAULT_ATTENTION, type HeldSession } from '../../shared/report/attention.ts'
import type { SchoolDate } from '../../shared/time.ts'

const ana = 'ana' as StudentId
const saturday = 'saturday' as SectionId
const study = 'study' as SectionId

const sessions = (...came: readonly boolean[]): readonly HeldSession[] =>
  came.map((here, i) => ({ on: `2026-10-${String(i + 1).padStart(2, '0')}` as SchoolDate, from: i, came: new Set(here ? [ana] : []) }))
const coming = (...came: readonly boolean[]) => comingOf(ana, [saturday], new Map([[saturday, sessions(...came)]]))

const totals = { claimableDays: 0, bankedDays: 0, beyondCapDays: 0, remainingDays: 5, eligibleAbsences: 5, earnedDays: 0 }
const attention = (change: Partial<typeof totals>, came = coming(true), added = 0) =>
  attentionOf({ ...totals, ...change }, came, 10, added, DEFAULT_ATTENTION)

test('Sessions before a student first came are not held against the student', () => {
  expect(coming(false, false, true, true)).toEqual({ planned: 2, came: 2, missedInRow: 0, lastCame: '2026-10-04' })
})

test('For who never came every session held was missed', () => {
  expect(coming(false, false, false)).toEqual({ planned: 3, came: 0, missedInRow: 3, lastCame: null })
})

test('Sessions of several sections are one row of sessions in time', () => {
  const held = new Map([
    [saturday, [{ on: '2026-10-03' as SchoolDate, from: 3, came: new Set([ana]) }]],
    [
      study,
      [
        { on: '2026-10-01' as SchoolDate, from: 1, came: new Set([ana]) },
        { on: '2026-10-05' as SchoolDate, from: 5, came: new Set<StudentId>() },
      ],
    ],
  ])
  expect(comingOf(ana, [saturday, study], held)).toEqual({ planned: 3, came: 2, missedInRow: 1, lastCame: '2026-10-03' })
})

test.each([
  [[true, false], []],
  [[true, false, false], ['stopped']],
  [[true, false, false, true], []],
  [[false, false, false], []],
] as const)('Two sessions missed in a row after having come mean that somebody stopped: %j', (came, expected) => {
  expect(attention({}, coming(...came))).toEqual(expected)
})

test('Who has nothing left to recover did not stop too early', () => {
  expect(attention({ remainingDays: 0 }, coming(true, false, false))).toEqual([])
})

test.each([
  [7, []],
  [8, ['nearCap']],
  [9, ['nearCap']],
  [10, ['atCap']],
] as const)('%i of 10 days recovered', (claimableDays, expected) => {
  expect(attention({ claimableDays, earnedDays: claimableDays, eligibleAbsences: 12, remainingDays: 10 - claimableDays })).toEqual(expected)
})

test('Every absence recovered below the limit is being out of absences, at the limit it is not', () => {
  expect(attention({ claimableDays: 3, earnedDays: 3, remainingDays: 0 })).toEqual(['outOfAbsences'])
  expect(attention({ claimableDays: 10, earnedDays: 12, remainingDays: 0 })).toEqual(['atCap'])
})

test.each([
  [9, 3, []],
  [10, 1, ['newlyEligible']],
  [12, 3, ['newlyEligible']],
  [12, 2, []],
] as const)('%i absences, %i of them new: newly eligible only when the import crossed the line', (eligibleAbsences, added, expected) => {
  expect(attention({ eligibleAbsences }, coming(), added)).toEqual(expected)
})
