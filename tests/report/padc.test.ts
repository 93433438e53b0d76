import { cutOff, type SchoolMonths } from '../../shared/rules/california/periods.ts'
import { describe, expect, test } from 'vitest'
import { moneyEstimate } from '../../shared/report/money.ts'
import { padc } from '../../shared/report/padc.ts'
import { gradeSpan } from '../../shared/rules/california/periods.ts'
import { GRADES } from '../../shared/registry.ts'
import { add, hundredths, twoDecimals } from '../../shared/report/fraction.ts'
import { date, district, saturdays, weekdays } from './district.ts'

/** Of the 174 weekdays from the first day of school to 15 April 2027, so many are without school that 131 are taught. */
const without = (days: number): readonly string[] => weekdays('2026-09-07', days)
const TAUGHT_131 = without(174 - 131)

const fourStudents = () => {
  const absences = weekdays('2026-08-17', 10)
  const came = saturdays('2026-12-12', 10)
  return district({
    schools: { elm: { noSchool: TAUGHT_131 } },
    students: { ana: { absences }, ben: { absences }, cleo: { absences }, dora: { absences: absences.slice(0, 7), grade: '04' } },
    mornings: came.map((on) => ({ on, students: ['ana', 'ben', 'cleo', 'dora'] })),
  })
}

describe('PADC line B-8', () => {
  test('37 days over 131 days taught are 0.28', () => {
    const { ledger } = fourStudents()
    const line = padc(ledger, 'P-2', 2026, date('2027-05-01')).lines[0]
    expect(line?.rows.map((row) => [row.span, row.days, row.ada])).toEqual([
      ['TK/K-3', 0, '0.00'],
      ['4-6', 37, '0.28'],
      ['7-8', 0, '0.00'],
      ['9-12', 0, '0.00'],
    ])
    expect(line?.rows[1]?.sites[0]).toMatchObject({ days: 37, divisor: 131, ada: '0.28', cite: 'EC 41601' })
  })

  test('every figure opens to the students and the days behind it', () => {
    const { ledger, id } = fourStudents()
    const students = padc(ledger, 'P-2', 2026, date('2027-05-01')).lines[0]?.rows[1]?.sites[0]?.students ?? []
    expect(students.map((each) => [each.student, each.days.length])).toEqual([
      [id('ana'), 10],
      [id('ben'), 10],
      [id('cleo'), 10],
      [id('dora'), 7],
    ])
    expect(students[0]?.days[0]).toMatchObject({ earnedOn: '2026-12-12', recovers: '2026-08-17' })
  })

  test('the first period holds what was complete by 31 December, and the second holds it again', () => {
    const { ledger } = fourStudents()
    const days = (period: 'P-1' | 'P-2' | 'Annual') => padc(ledger, period, 2026, date('2027-07-15')).lines[0]?.total.days
    expect(days('P-1')).toBe(4 * 3)
    expect(days('P-2')).toBe(37)
    expect(days('Annual')).toBe(37)
  })

  test.each([
    ['the day the law names', { 'P-1': '2026-12-31', 'P-2': null }, '2026-12-31', '2027-04-15'],
    ['a day before it', { 'P-1': '2026-12-18', 'P-2': '2027-03-26' }, '2026-12-18', '2027-03-26'],
    ['a day after it, which no period may end on', { 'P-1': '2027-01-08', 'P-2': '2027-04-16' }, '2026-12-31', '2027-04-15'],
    ['the first day of the year', { 'P-1': '2026-07-01', 'P-2': null }, '2026-07-01', '2027-04-15'],
    ['a day before the year', { 'P-1': '2026-06-30', 'P-2': null }, '2026-12-31', '2027-04-15'],
  ])('where the district ends its school months on %s', (_, days, first, second) => {
    const months = [{ year: 2026, ...days } as SchoolMonths]
    expect([cutOff('P-1', 2026, months), cutOff('P-2', 2026, months)]).toEqual([first, second])
    expect([cutOff('Annual', 2026, months), cutOff('P-1', 2027, months)]).toEqual(['2027-06-30', '2027-12-31'])
  })

  test('a Saturday on the day after the cut-off belongs to the next period', () => {
    const { ledger } = district({
      students: { ana: { absences: ['2026-08-17'] } },
      mornings: [{ on: '2027-01-02', students: ['ana'] }],
    })
    expect(padc(ledger, 'P-1', 2026, date('2027-01-02')).lines[0]?.total.days).toBe(0)
    expect(padc(ledger, 'P-2', 2026, date('2027-01-02')).lines[0]?.total.days).toBe(1)
  })

  test('an absence after the cut-off is not recovered before it, however early the day was earned', () => {
    const { ledger } = district({
      students: { ana: { absences: ['2027-01-11'] } },
      mornings: [{ on: '2026-09-12', students: ['ana'] }],
    })
    expect(padc(ledger, 'P-1', 2026, date('2027-02-01')).lines[0]?.total.days).toBe(0)
    expect(padc(ledger, 'P-2', 2026, date('2027-02-01')).lines[0]?.total.days).toBe(1)
  })

  test('before the cut-off it says that the period is not over, and divides by the days it will have', () => {
    const { ledger } = fourStudents()
    const early = padc(ledger, 'P-2', 2026, date('2026-12-12'))
    expect(early).toMatchObject({ complete: false, asOf: '2026-12-12', cutOff: '2027-04-15' })
    expect(early.lines[0]?.rows[1]?.sites[0]).toMatchObject({ days: 4, divisor: 131 })
    expect(padc(ledger, 'P-2', 2026, date('2027-04-15')).complete).toBe(true)
  })

  test('a community day school divides by 70, 135 and 180 whatever its calendar', () => {
    const { ledger } = district({
      schools: { elm: { type: 'communityDay' } },
      students: { ana: { grade: '08', absences: ['2026-08-17'] } },
      mornings: [{ on: '2026-09-12', students: ['ana'], until: '14:00' }],
    })
    const by = (period: 'P-1' | 'P-2' | 'Annual') => padc(ledger, period, 2026, date('2027-07-15')).lines[0]?.rows[2]?.sites[0]
    expect(by('P-1')).toMatchObject({ divisor: 70, ada: '0.01', cite: 'EC 48660(b)' })
    expect(by('P-2')).toMatchObject({ divisor: 135 })
    expect(by('Annual')).toMatchObject({ divisor: 180 })
  })

  test('a charter school reports on a line of its own', () => {
    const { ledger, site } = district({
      schools: { elm: {}, oak: { type: 'charter' } },
      students: { ana: { absences: ['2026-08-17'] }, ben: { school: 'oak', absences: ['2026-08-17'] } },
      mornings: [
        { on: '2026-09-12', students: ['ana'] },
        { on: '2026-09-19', school: 'oak', students: ['ben'] },
      ],
    })
    const { lines } = padc(ledger, 'P-1', 2026, date('2027-01-01'))
    expect(lines.map((line) => [line.reporter, line.total.days])).toEqual([
      [{ kind: 'district' }, 1],
      [{ kind: 'charter', site: site('oak'), name: 'oak' }, 1],
    ])
    expect(lines[1]?.rows[1]?.sites[0]?.cite).toBe('5 CCR 11960')
  })

  test('days of a student at two schools are divided by the days of each', () => {
    const { ledger } = district({
      schools: { elm: {}, oak: { noSchool: without(40) } },
      students: {
        ana: { ssid: '1234567890', absences: ['2026-08-17'] },
        'ana-oak': { ssid: '1234567890', school: 'oak', absences: ['2026-08-18'] },
      },
      mornings: saturdays('2026-09-12', 2).map((on) => ({ on, students: ['ana'] })),
    })
    const sites = padc(ledger, 'Annual', 2026, date('2027-07-01')).lines[0]?.rows[1]?.sites ?? []
    expect(sites.map((each) => each.days)).toEqual([1, 1])
    expect((sites[0]?.divisor ?? 0) - (sites[1]?.divisor ?? 0)).toBe(40)
  })

  test('days at a school without a calendar are named, and are in no figure', () => {
    const told = district({ students: { ana: { absences: ['2026-08-17'] } }, mornings: [{ on: '2026-09-12', students: ['ana'] }] })
    const site = told.ledger.site(told.site('elm'))
    if (!site) throw new Error('no school')
    told.put([{ kind: 'site', id: site.id, ended: false, body: { ...site, years: [] } }])
    const report = padc(told.ledger, 'P-1', 2026, date('2027-01-01'))
    expect(report.gaps).toEqual([{ reason: 'noCalendar', site: site.id, students: [told.id('ana')], days: 1 }])
    expect(report.lines[0]?.total).toEqual({ days: 0, hundredths: 0, ada: '0.00' })
  })

  test('the estimate uses the district’s own rate of each span, and says when one is missing', () => {
    const { ledger } = fourStudents()
    const line = padc(ledger, 'P-2', 2026, date('2027-05-01')).lines[0]
    if (!line) throw new Error('no line')
    expect(moneyEstimate(line, { '4-6': 1_010_050 })).toMatchObject({ cents: 282_814, whole: true })
    expect(moneyEstimate(line, { '7-8': 1_000_000 })).toMatchObject({ cents: 0, whole: false })
  })
})

test('the periods end on 31 December, 15 April and 30 June', () => {
  expect([cutOff('P-1', 2026), cutOff('P-2', 2026), cutOff('Annual', 2026)]).toEqual(['2026-12-31', '2027-04-15', '2027-06-30'])
})

test('each grade is in its span', () => {
  expect(GRADES.map(gradeSpan).join(' ')).toBe('TK/K-3 TK/K-3 TK/K-3 TK/K-3 TK/K-3 4-6 4-6 4-6 7-8 7-8 9-12 9-12 9-12 9-12')
})

test.each([
  [37, 131, '0.28'],
  [1, 200, '0.01'],
  [1, 201, '0.00'],
  [0, 180, '0.00'],
  [1801, 180, '10.01'],
])('%i days over %i are printed as %s', (over, by, printed) => expect(twoDecimals(hundredths({ over, by }))).toBe(printed))

test('what is added is rounded once, at the end', () => expect(hundredths(add({ over: 1, by: 400 }, { over: 1, by: 400 }))).toBe(1))
