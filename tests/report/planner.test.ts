import { describe, expect, test } from 'vitest'
import { meetingsOf, meetsFrom, meetsOn, plannedOn } from '../../shared/attendance/planned.ts'
import { as, type SectionId, type StaffId } from '../../shared/ids.ts'
import type { Section } from '../../shared/registry.ts'
import { placesLeft, plan, planWarnings } from '../../shared/report/planner.ts'
import { beginBy } from '../../shared/rules/california/nextSession.ts'
import type { SchoolMonths } from '../../shared/rules/california/periods.ts'
import type { LocalTime } from '../../shared/time.ts'
import { date, type District, district, saturdays, type Told, weekdays } from './district.ts'

const time = (text: string): LocalTime => text as LocalTime

/** A Saturday section of everybody told of, with the told teacher. */
function sectionOf(told: District, students: readonly string[], change: Partial<Section> = {}): Section {
  const [teacher] = [...told.ledger.allStaff()].filter((staff) => staff.certificated)
  return {
    id: as<SectionId>('saturday'),
    site: told.site('elm'),
    name: 'Saturday school',
    room: 'Library',
    staff: teacher ? [teacher.id] : [],
    meets: { kind: 'weekly', weekdays: [6], from: date('2026-08-17'), until: date('2027-07-01') },
    window: { from: time('08:00'), until: time('12:00') },
    breaks: [],
    students: students.map(told.id),
    ...change,
  }
}

const absences = weekdays('2026-08-17', 12)
const FULL: Told = {
  students: {
    ana: { absences: absences.slice(0, 3) },
    ben: { absences: absences.slice(0, 1) },
    cleo: {},
    dora: { absences },
    eli: { absences: absences.slice(0, 2), setting: 'nonclassroom' },
    fay: { absences: absences.slice(0, 2) },
  },
  mornings: [
    ...saturdays('2026-09-12', 1).map((on) => ({ on, students: ['ben'] })),
    ...saturdays('2026-09-12', 10).map((on) => ({ on, students: ['dora'] })),
  ],
}

describe('the next session', () => {
  const rowsOn = (on: string, change: Partial<Section> = {}) => {
    const told = district(FULL)
    const names = new Map(Object.keys(FULL.students).map((name) => [told.id(name), name]))
    return plan(told.ledger, sectionOf(told, [...names.values()], change), date(on)).map((row) => ({
      name: names.get(row.student),
      ...row,
    }))
  }

  test('invites first whom it recovers a day for, and says of the others why not', () => {
    expect(rowsOn('2026-11-28').map((row) => [row.name, row.gain])).toEqual([
      ['ana', { kind: 'day' }],
      ['fay', { kind: 'day' }],
      ['ben', { kind: 'toBank' }],
      ['cleo', { kind: 'toBank' }],
      ['dora', { kind: 'nothing', reason: 'yearlyMost' }],
      ['eli', { kind: 'nothing', reason: 'nonclassroom' }],
    ])
  })

  test('says what could be claimed after it', () => {
    const ana = rowsOn('2026-11-28')[0]
    expect(ana).toMatchObject({ claimableBefore: 0, claimableAfter: 1, remainingBefore: 3, minutes: 240, sessionsToDay: 1 })
  })

  test('of two hours adds hours, and two of them make a day', () => {
    const ana = rowsOn('2026-11-28', { window: { from: time('08:00'), until: time('10:30') } })[0]
    expect(ana).toMatchObject({ gain: { kind: 'hours' }, hoursBefore: 0, hoursAfter: 2, minutes: 150, sessionsToDay: 2 })
  })

  test('names the last Saturday to begin with before each cut-off', () => {
    const long = rowsOn('2026-11-28')[0]?.beginBy
    expect(long).toEqual({ 'P-1': '2026-12-26', 'P-2': '2027-04-10', Annual: '2027-06-26' })
    const short = rowsOn('2026-11-28', { window: { from: time('08:00'), until: time('10:00') } })[0]?.beginBy
    expect(short).toEqual({ 'P-1': '2026-12-19', 'P-2': '2027-04-03', Annual: '2027-06-19' })
  })

  test('counts to the school months with which the district ends its periods, and where it named none to the law’s days', () => {
    const told = district(FULL)
    const by = (months: readonly SchoolMonths[]) =>
      plan(told.ledger, sectionOf(told, ['ana']), date('2026-11-28'), [told.id('ana')], months)[0]?.beginBy
    const law = { 'P-1': '2026-12-26', 'P-2': '2027-04-10', Annual: '2027-06-26' }
    expect(by([{ year: 2026, 'P-1': date('2026-12-11'), 'P-2': date('2027-04-02') }])).toEqual({
      ...{ 'P-1': '2026-12-05', 'P-2': '2027-03-27', Annual: '2027-06-26' },
    })
    expect(by([{ year: 2026, 'P-1': date('2026-11-27'), 'P-2': null }])).toEqual({ ...law, 'P-1': null })
    expect(by([{ year: 2025, 'P-1': date('2025-12-12'), 'P-2': null }])).toEqual(law)
  })

  test('of less than an hour adds nothing, and says so', () => {
    const [first] = rowsOn('2026-11-28', { window: { from: time('08:00'), until: time('08:59') } }).filter((row) => row.name === 'ana')
    expect(first).toMatchObject({ gain: { kind: 'nothing', reason: 'partOfAnHour' }, sessionsToDay: null })
  })

  test('inside the school day counts for nobody, and says so', () => {
    const rows = rowsOn('2026-11-30', { window: { from: time('09:00'), until: time('13:00') } })
    expect(rows.find((row) => row.name === 'ana')?.gain).toEqual({ kind: 'nothing', reason: 'insideSchoolDay' })
  })

  test('without a certificated teacher counts for nobody, and says so', () => {
    expect(rowsOn('2026-11-28', { staff: [] }).find((row) => row.name === 'ana')?.gain).toEqual({
      kind: 'nothing',
      reason: 'noCertificatedTeacher',
    })
  })

  test('on the afternoon of a date that is a day already adds nothing', () => {
    const afternoon = { window: { from: time('13:00'), until: time('17:00') } }
    const rows = rowsOn('2026-09-12', afternoon)
    expect(rows.find((row) => row.name === 'ben')?.gain).toEqual({ kind: 'nothing', reason: 'overMinimumDay' })
    expect(rows.find((row) => row.name === 'ana')?.gain).toEqual({ kind: 'day' })
  })

  test('at the time of a session the student was in counts once', () => {
    expect(rowsOn('2026-09-12').find((row) => row.name === 'ben')?.gain).toEqual({ kind: 'nothing', reason: 'overlap' })
  })

  test('leaves the totals as they were', () => {
    const told = district(FULL)
    const before = told.ledger.judge(told.id('ana'), date('2026-11-28'))
    plan(told.ledger, sectionOf(told, ['ana']), date('2026-11-28'))
    expect(told.ledger.judge(told.id('ana'), date('2026-11-28'))).toEqual(before)
    expect([...told.ledger.sessions()]).toHaveLength(11)
  })
})

describe('a section', () => {
  const told = district({
    students: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`s${i}`, { grade: i === 0 ? 'KG' : '05' }])),
    mornings: [],
  })
  const named = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `s${i + from}`)
  const on = date('2026-11-28')

  test('of twenty has room with one teacher, of twenty-one has not', () => {
    expect(planWarnings(told.ledger, sectionOf(told, named(1, 21)), on)).toEqual([])
    const teacher = sectionOf(told, []).staff[0] as StaffId
    expect(planWarnings(told.ledger, sectionOf(told, named(0, 21), { staff: [teacher] }), on)).toEqual([
      { kind: 'ratioBreached', students: 21, teachers: 1, most: 10 },
    ])
  })

  test('with a kindergartner has room for ten', () => {
    expect(planWarnings(told.ledger, sectionOf(told, named(0, 10)), on)).toEqual([])
    expect(planWarnings(told.ledger, sectionOf(told, named(0, 11)), on)).toHaveLength(1)
  })

  test('says how many more may be asked, and fewer when one of them is a kindergartner', () => {
    const left = (list: readonly string[], others: readonly string[]) => {
      const section = sectionOf(told, list)
      return placesLeft(told.ledger, { ...section, staff: section.staff.slice(0, 1) }, on, others.map(told.id))
    }
    expect(left(named(1, 8), named(8, 21))).toBe(13)
    expect(left(named(1, 8), named(0, 1))).toBe(3)
    expect(left(named(1, 13), named(0, 1))).toBe(0)
    expect(placesLeft(told.ledger, sectionOf(told, [], { staff: [] }), on, [])).toBe(0)
  })

  test('without a certificated teacher says so', () => {
    expect(planWarnings(told.ledger, sectionOf(told, named(1, 3), { staff: [] }), on)).toEqual([{ kind: 'noCertificatedTeacher' }])
  })

  test('meets on the days of its pattern, and on no others', () => {
    const section = sectionOf(told, [])
    expect(meetingsOf(section, date('2027-06-20'), date('2027-07-10'), undefined)).toEqual(['2027-06-26'])
    expect(meetsOn({ ...section, meets: { kind: 'dates', dates: [on] } }, on, undefined)).toBe(true)
    expect(meetsOn({ ...section, meets: { kind: 'dates', dates: [] } }, on, undefined)).toBe(false)
  })

  test('that ends before it begins by the clock runs over midnight', () => {
    const { window } = plannedOn(sectionOf(told, [], { window: { from: time('22:00'), until: time('01:00') } }), on, 'America/Los_Angeles')
    expect(window.until - window.from).toBe(3 * 3_600_000)
  })
})

test('with too few meetings left there is no date to begin by', () => {
  const meetings = [date('2026-12-05'), date('2026-12-12'), date('2026-12-19')]
  expect(beginBy(meetings, date('2026-12-12'), 1)).toBe('2026-12-12')
  expect(beginBy(meetings, date('2026-12-12'), 2)).toBe('2026-12-05')
  expect(beginBy(meetings, date('2026-12-12'), 3)).toBeNull()
  expect(beginBy([], date('2026-12-12'), 1)).toBeNull()
})

test.each([
  [{ kind: 'weekly', weekdays: [6], from: '2026-08-17', until: '2027-06-30' }, '2027-06-29', true],
  [{ kind: 'weekly', weekdays: [6], from: '2026-08-17', until: '2027-06-30' }, '2027-06-30', false],
  [{ kind: 'weekly', weekdays: [6], from: '2027-08-17', until: '2028-06-30' }, '2027-07-01', true],
  [{ kind: 'dates', dates: ['2026-09-12', '2026-09-19'] }, '2026-09-19', true],
  [{ kind: 'dates', dates: ['2026-09-12', '2026-09-19'] }, '2026-09-20', false],
  [{ kind: 'dates', dates: [] }, '2030-01-01', true],
] as const)('A section that meets %j has a meeting on %s or later: %s', (meets, on, expected) => {
  expect(meetsFrom({ meets } as unknown as Section, date(on))).toBe(expected)
})
