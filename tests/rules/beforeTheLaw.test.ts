/** A report is computed under the law of its own date: before a law there is none. */
import { describe, expect, test } from 'vitest'
import { minimumDay } from '../../shared/rules/california/minimumDay.ts'
import { nextDay } from '../../shared/rules/california/next.ts'
import { nextSession } from '../../shared/rules/california/nextSession.ts'
import { divisor } from '../../shared/rules/california/periods.ts'
import { DEFAULT_POLICY, yearlyMost } from '../../shared/rules/california/policy.ts'
import { mostStudents } from '../../shared/rules/california/ratio.ts'
import { SessionTime } from '../../shared/rules/california/sessionTime.ts'
import { excludedOn } from '../../shared/rules/california/exclusion.ts'
import { judge } from '../../shared/rules/california/judge.ts'
import { explain } from '../../shared/rules/california/explain.ts'
import { sessionMinutes, weigh } from '../../shared/rules/california/judge.ts'
import type { EntryFacts, PresenceFacts, SchoolFacts, SessionFacts, StudentFacts } from '../../shared/rules/facts.ts'
import { HOUR, type LocalTime, localInstant, type SchoolDate } from '../../shared/time.ts'

const on = (text: string): SchoolDate => text as SchoolDate
const school: SchoolFacts = {
  key: 'elm',
  type: 'regular',
  zone: 'America/Los_Angeles',
  years: [
    {
      first: on('2024-08-19'),
      last: on('2027-06-04'),
      day: { from: '08:15', until: '14:30' },
      noSchool: new Set(['2026-09-07']),
    },
  ],
}
const entry: EntryFacts = {
  placements: [{ school, grade: '05', from: on('2024-08-19'), until: null }],
  setting: 'classroom',
  iepMinutes: null,
  independentStudy: [],
}
const student = (...entries: EntryFacts[]): StudentFacts => ({ entries: [entries[0] ?? entry, ...entries.slice(1)], absences: [] })
function session(date: string, from: string, until: string, more: Partial<SessionFacts> = {}): SessionTime {
  const begins = localInstant(on(date), from as LocalTime, school.zone)
  const ends = localInstant(on(date), until as LocalTime, school.zone)
  const facts = { key: date, on: on(date), zone: school.zone, from: begins, until: ends, breaks: [], crowd: [], certified: true }
  return new SessionTime({ ...facts, certificated: [[begins, ends]], ...more }, DEFAULT_POLICY)
}
const whole = ({ facts: { from, until } }: SessionTime): PresenceFacts => ({
  spans: from < until ? [from, until] : [],
  firstIn: from,
  firstMark: from,
  lastMark: until,
  missingCheckOut: false,
  enteredLater: [],
  clockSuspect: false,
})
const policyOn = () => DEFAULT_POLICY
const attended = (time: SessionTime) => ({ session: time, presence: whole(time), entries: [entry] })
const next = (time: SessionTime, who = student()) => nextSession(who, [], attended(time), policyOn, time.dates.at(-1) as SchoolDate)

describe('before the program', () => {
  test('four hours are no day, and the reason is that there is no program', () => {
    const time = session('2025-06-28', '08:00', '12:00')
    const asOf = on('2025-06-30')
    const totals = judge(student(), [attended(time)], policyOn, asOf)
    expect(totals).toMatchObject({ earnedDays: 0, minutes: 0, claimableDays: 0 })
    const weighed = weigh(student(), [attended(time)], asOf)
    const why = explain(student(), weighed, sessionMinutes(weighed, asOf), totals.days, policyOn)
    expect(why.notCounted).toMatchObject([{ reason: 'programNotInForce', minutes: 240 }])
    expect(next(time).gain).toEqual({ kind: 'nothing', reason: 'programNotInForce' })
  })
  test('a year of three digits, as it stands while a date is typed, is before the program like any other', () => {
    expect(next(session('0202-12-05', '08:00', '12:00'))).toMatchObject({
      gain: { kind: 'nothing', reason: 'programNotInForce' },
      before: { earnedDays: 0 },
      sessionsToDay: null,
    })
  })
  test('on its first day they are one', () => {
    expect(next(session('2025-07-01', '15:00', '19:00')).gain).toEqual({ kind: 'toBank' })
  })
  test('nothing may be credited, and no ratio holds', () => {
    expect([yearlyMost(DEFAULT_POLICY, on('2025-06-30')), yearlyMost(DEFAULT_POLICY, on('2025-07-01'))]).toEqual([0, 10])
    expect([mostStudents(on('2025-06-30'), true), mostStudents(on('2025-07-01'), true)]).toEqual([Number.POSITIVE_INFINITY, 10])
  })
  test('independent study excludes nobody', () => {
    const studying = student({ ...entry, independentStudy: [{ from: on('2025-01-06'), until: on('2025-07-01') }] })
    expect([excludedOn(studying, on('2025-06-30')), excludedOn(studying, on('2025-07-01'))]).toEqual([undefined, 'independentStudy'])
  })
})

describe('before the Education Code', () => {
  test('no minutes make a day, and nothing is divided', () => {
    expect([minimumDay(student(), on('1977-04-29')), minimumDay(student(), on('1977-04-30'))]).toEqual([0, 240])
    expect(divisor({ ...school, type: 'communityDay' }, 'P-1', 1970)).toBe(0)
  })
})

describe('a range of independent study', () => {
  test('excludes on no day before it and on none after it', () => {
    const range = { from: on('2026-09-08'), until: on('2026-10-16') }
    const studying = student({ ...entry, independentStudy: [range] })
    const excluded = ['2026-09-07', '2026-09-28', '2026-09-29', '2026-10-16', '2026-10-17'].map((date) => excludedOn(studying, on(date)))
    expect(excluded).toEqual([undefined, undefined, 'independentStudy', 'independentStudy', undefined])
  })
})

describe('a planned session that gives nothing', () => {
  test('says what takes most of it: school until half past two, or the break after it', () => {
    const breaks = [{ from: localInstant(on('2026-09-14'), '14:35' as LocalTime, school.zone), until: 0, meal: true }]
    const pause = (until: string) => ({
      breaks: [{ ...breaks[0], until: localInstant(on('2026-09-14'), until as LocalTime, school.zone) }],
    })
    const late = session('2026-09-14', '14:10', '15:00', pause('15:00') as Partial<SessionFacts>)
    expect(next(late)).toMatchObject({ gain: { kind: 'nothing', reason: 'partOfAnHour' }, minutes: 5 })
    const mostlyBreak = session('2026-09-14', '14:25', '15:00', {
      breaks: [{ from: late.facts.until - HOUR / 2, until: late.facts.until, meal: true }],
    })
    expect(next(mostlyBreak).gain).toEqual({ kind: 'nothing', reason: 'break' })
  })
  test('is over before it begins', () => {
    expect(next(session('2026-09-14', '16:00', '16:00'))).toMatchObject({ gain: { kind: 'nothing', reason: 'outsideWindow' }, minutes: 0 })
  })
})

test('a district that accrues minutes asks for the minutes that are missing, not for whole hours', () => {
  const totals = { minimumDayMinutes: 230, hours: 0, minutes: 95, remainingDays: 3 } as Parameters<typeof nextDay>[0]
  const minutes = { ...DEFAULT_POLICY, accrual: 'minutes' as const }
  expect(nextDay(totals, 40, false, minutes)).toEqual({ daily: 190, hourly: 95, remainingDays: 3 })
  expect(nextDay(totals, 135, false, minutes)).toEqual({ daily: 95, hourly: 0, remainingDays: 3 })
})
