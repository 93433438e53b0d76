import fc from 'fast-check'
import { expect, test } from 'vitest'
import { earnedDays, type SessionMinutes } from '../../shared/rules/california/earnedDays.ts'
import { nextDay } from '../../shared/rules/california/next.ts'
import { DEFAULT_POLICY, isUneven } from '../../shared/rules/california/policy.ts'
import type { Grade, PolicyChoices, StudentFacts } from '../../shared/rules/facts.ts'
import { intersect, type Spans, subtract, total, union } from '../../shared/rules/spans.ts'
import { addDays, type SchoolDate } from '../../shared/time.ts'

const student = (grade: Grade): StudentFacts => ({
  entries: [
    {
      placements: [
        { school: { key: 'elm', type: 'regular', zone: 'UTC', years: [] }, grade, from: '2026-07-01' as SchoolDate, until: null },
      ],
      setting: 'classroom',
      iepMinutes: null,
      independentStudy: [],
    },
  ],
  absences: [],
})

const policies = fc.record({
  accrual: fc.constantFrom('hours', 'minutes'),
  dailyPath: fc.constantFrom('minutes', 'wholeHours'),
  remainder: fc.constantFrom('discard', 'carry'),
}) as fc.Arbitrary<Pick<PolicyChoices, 'accrual' | 'dailyPath' | 'remainder'>>
/** Any length, and often one beside a bound. */
const lengths = fc.oneof(fc.nat(400), fc.constantFrom(0, 1, 59, 60, 119, 179, 180, 221, 229, 230, 239, 240))
const parts = fc.array(fc.tuple(fc.nat(12), lengths), { minLength: 1, maxLength: 20 }).map((list) =>
  list
    .map(
      ([day, minutes], i): SessionMinutes => ({
        session: `s${i}`,
        on: addDays('2026-09-01' as SchoolDate, day),
        minutes,
        certified: true,
      }),
    )
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
)
const grades = fc.constantFrom<Grade>('KG', '02', '05')

test('one more minute that counts never lowers the days earned: under uneven choices by one at most', () => {
  fc.assert(
    fc.property(parts, policies, grades, fc.nat(19), (list, chosen, grade, which) => {
      const policy = { ...DEFAULT_POLICY, ...chosen }
      const more = list.map((part, i) => (i === which % list.length ? { ...part, minutes: part.minutes + 1 } : part))
      const days = (of: readonly SessionMinutes[]): number => earnedDays(student(grade), of, () => policy).days.length
      expect(days(more)).toBeGreaterThanOrEqual(days(list) - (isUneven(policy) ? 1 : 0))
    }),
    { numRuns: 1000 },
  )
})

test('one more session never lowers the days earned: under uneven choices by one at most', () => {
  fc.assert(
    fc.property(parts, policies, grades, fc.nat(19), (list, chosen, grade, which) => {
      const policy = { ...DEFAULT_POLICY, ...chosen }
      const days = (of: readonly SessionMinutes[]): number => earnedDays(student(grade), of, () => policy).days.length
      const fewer = list.filter((_, i) => i !== which % list.length)
      expect(days(list)).toBeGreaterThanOrEqual(days(fewer) - (isUneven(policy) ? 1 : 0))
    }),
    { numRuns: 1000 },
  )
})

test('choices are uneven only all three together', () => {
  const uneven: PolicyChoices = { ...DEFAULT_POLICY, accrual: 'minutes', dailyPath: 'wholeHours', remainder: 'carry' }
  expect(isUneven(uneven)).toBe(true)
  for (const other of [{ accrual: 'hours' }, { dailyPath: 'minutes' }, { remainder: 'discard' }] as const)
    expect(isUneven({ ...uneven, ...other })).toBe(false)
})

test('what is said to be missing to the next day is enough, and a minute less is not', () => {
  const totals = { minimumDayMinutes: 230, hours: 2, minutes: 120, remainingDays: 3 } as Parameters<typeof nextDay>[0]
  expect(nextDay(totals, 0, false, DEFAULT_POLICY)).toEqual({ daily: 230, hourly: 120, remainingDays: 3 })
  expect(nextDay(totals, 45, false, DEFAULT_POLICY)).toEqual({ daily: 185, hourly: 75, remainingDays: 3 })
  expect(nextDay(totals, 60, false, DEFAULT_POLICY)).toEqual({ daily: 170, hourly: 60, remainingDays: 3 })
  expect(nextDay(totals, 240, true, DEFAULT_POLICY)).toEqual({ daily: null, hourly: null, remainingDays: 3 })
  expect(nextDay(totals, 0, false, { ...DEFAULT_POLICY, dailyPath: 'wholeHours' }).daily).toBe(240)
})

const spans: fc.Arbitrary<Spans> = fc
  .array(fc.tuple(fc.nat(60), fc.nat(20)), { maxLength: 6 })
  .map((list) => union(list.map(([from, length]) => [from, from + length])))
const minutesIn = (of: Spans): Set<number> => {
  const set = new Set<number>()
  for (let i = 0; i < of.length; i += 2) for (let at = of[i] as number; at < (of[i + 1] as number); at++) set.add(at)
  return set
}

test('stretches of time behave as the sets of moments they are', () => {
  fc.assert(
    fc.property(spans, spans, (a, b) => {
      const [inA, inB] = [minutesIn(a), minutesIn(b)]
      expect(minutesIn(intersect(a, b))).toEqual(inA.intersection(inB))
      expect(minutesIn(subtract(a, b))).toEqual(inA.difference(inB))
      expect(minutesIn(union([a, b]))).toEqual(inA.union(inB))
      expect(total(a)).toBe(inA.size)
    }),
  )
})
