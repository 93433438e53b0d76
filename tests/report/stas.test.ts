import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkStas } from '../../shared/report/fileChecks.ts'
import { padc } from '../../shared/report/padc.ts'
import { stasRows } from '../../shared/report/stas.ts'
import { readStasFile, writeStasFile } from '../../shared/report/stasFile.ts'
import { STAS_FIELDS, type StasField } from '../../shared/report/stasLayout.ts'
import { mergeStas, yearOfStas } from '../../shared/report/stasMerge.ts'
import { date, district, policyRecord, saturdays, weekdays } from './district.ts'

const GOOD: Readonly<Record<StasField, string>> = {
  '13.01': 'STAS',
  '13.02': 'R',
  '13.03': '',
  '13.04': '1964733',
  '13.05': '6000001',
  '13.06': '2026-2027',
  '13.07': '1234567890',
  '13.08': '77',
  '13.09': 'Ana',
  '13.10': "O'Neil",
  '13.11': '20150301',
  '13.12': 'F',
  '13.13': '',
  '13.14': 'N',
  '13.15': '180',
  '13.16': '168.5',
  '13.17': '1',
  '13.18': '0.5',
  '13.19': '5',
  '13.20': '4',
  '13.21': '1',
  '13.22': '0',
  '13.23': '',
  '13.24': '',
}
/** That of the lines and rows here. */
const YEAR = '2026-2027'
const line = (change: Partial<Record<StasField, string>> = {}, by = '^'): string =>
  `${STAS_FIELDS.map((field) => change[field] ?? GOOD[field]).join(by)}\r\n`
const faultsOf = (text: string) => checkStas(text).map((fault) => `${fault.line} ${fault.field ?? '-'} ${fault.check}`)

describe('the recovery days of a year', () => {
  const twoSchools = () => {
    const absences = weekdays('2026-08-17', 11)
    return district({
      schools: { elm: {}, oak: {} },
      students: {
        ana: { ssid: '1234567890', absences: absences.slice(0, 6) },
        'ana-oak': { ssid: '1234567890', school: 'oak', absences: absences.slice(6) },
        ben: { absences: ['2026-08-20'] },
      },
      mornings: saturdays('2026-09-12', 11).map((on, i) => ({ on, students: i === 0 ? ['ana', 'ben'] : ['ana'] })),
    })
  }

  test('are reported at the school where the absence occurred, ten for one student over all of them', () => {
    const { ledger, id, site } = twoSchools()
    const rows = stasRows(ledger, date('2027-06-30')).filter((row) => row.ssid === '1234567890')
    expect(rows.map((row) => [row.student, row.site, row.days, row.absences])).toEqual([
      [id('ana'), site('elm'), 6, 6],
      [id('ana-oak'), site('oak'), 4, 5],
    ])
    expect(rows[0]).toMatchObject({ lea: '1964733', school: '6000001', year: '2026-2027', problems: [] })
    expect(rows[1]?.recovered.map((day) => day.recovers)).toEqual(weekdays('2026-08-17', 11).slice(6, 10))
  })

  test('of a student without a statewide identifier cannot be sent, and say so', () => {
    const { ledger, id } = twoSchools()
    const row = stasRows(ledger, date('2027-06-30')).find((each) => each.student === id('ben'))
    expect(row).toMatchObject({ days: 1, ssid: null, problems: ['noSsid'] })
  })

  test('of a school without a state code cannot be sent, and say so', () => {
    const told = twoSchools()
    const site = told.ledger.site(told.site('oak'))
    if (!site) throw new Error('no school')
    told.put([{ kind: 'site', id: site.id, ended: false, body: { ...site, cds: null } }])
    expect(stasRows(told.ledger, date('2027-06-30')).find((row) => row.site === site.id)?.problems).toEqual(['noSchoolCode'])
  })

  const oneCode = (change: object = {}) => {
    const told = twoSchools()
    const site = told.ledger.site(told.site('oak'))
    if (!site) throw new Error('no school')
    told.put([{ kind: 'site', id: site.id, ended: false, body: { ...site, cds: { district: '1964733', school: '6000001' }, ...change } }])
    return { ...told, rows: stasRows(told.ledger, date('2027-06-30')).filter((row) => row.ssid === '1234567890') }
  }

  test('at two sites of one state code are one row and one record, with the days and absences of both', () => {
    const { rows, site } = oneCode()
    expect(rows.map((row) => [row.site, row.siteName, row.school, row.days, row.absences, row.problems])).toEqual([
      [site('elm'), 'elm, oak', '6000001', 10, 11, []],
    ])
    const { text, missing } = mergeStas(line({ '13.19': '6', '13.20': '5', '13.16': '166.5' }), rows, YEAR)
    expect(text.split('^')[23]).toBe('10\r\n')
    expect(missing).toEqual([])
  })

  test('of a charter school that another district chartered are reported by itself, under its school code', () => {
    const own = { district: '1910199', school: '0101010' }
    const oak = (change: object) => oneCode(change).rows.find((row) => row.siteName === 'oak')
    expect(oak({ type: 'charter', cds: own })).toMatchObject({ lea: '0101010', school: '0101010' })
    expect(oak({ type: 'charter', cds: { ...own, district: '1964733' } })).toMatchObject({ lea: '1964733', school: '0101010' })
    expect(oak({ cds: own })).toMatchObject({ lea: '1964733', school: '0101010' })
  })

  test('that were reported by September stay what they were when the policy changes in October', () => {
    const told = district({
      students: { ana: { ssid: '1234567890', absences: ['2026-08-17', '2026-08-18'] } },
      mornings: [
        { on: '2026-09-12', students: ['ana'], until: '11:55' },
        { on: '2026-09-19', students: ['ana'] },
        { on: '2026-10-10', students: ['ana'], until: '11:55' },
        { on: '2026-10-17', students: ['ana'], until: '08:05' },
      ],
    })
    const september = stasRows(told.ledger, date('2026-09-30'))
    expect(september.map((row) => row.days)).toEqual([1])
    told.put([policyRecord({ from: date('2026-10-01'), accrual: 'minutes' })])
    expect(stasRows(told.ledger, date('2026-09-30'))).toEqual(september)
    expect(stasRows(told.ledger, date('2026-10-31')).map((row) => row.days)).toEqual([2])
  })
})

test('what is reported of all students together is what they may claim, and the year’s attendance line is made of the same days', () => {
  const students = ['ana', 'ben', 'cleo', 'dora'] as const
  const come = fc.array(fc.subarray([...students]), { minLength: 12, maxLength: 12 })
  const missed = fc.array(fc.nat({ max: 12 }), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(come, missed, (mornings, absences) => {
      const told = district({
        schools: { elm: {}, oak: {} },
        students: Object.fromEntries(
          students.map((name, i) => [name, { school: i % 2 === 0 ? 'elm' : 'oak', absences: weekdays('2026-08-17', absences[i] ?? 0) }]),
        ),
        mornings: saturdays('2026-09-12', 12).map((on, i) => ({ on, students: mornings[i] ?? [] })),
      })
      const asOf = date('2027-06-30')
      const claimable = students.reduce((sum, name) => sum + told.ledger.judge(told.id(name), asOf).claimableDays, 0)
      const rows = stasRows(told.ledger, asOf)
      expect(rows.reduce((sum, row) => sum + row.days, 0)).toBe(claimable)
      expect(rows.every((row) => row.days <= Math.min(10, row.absences))).toBe(true)
      expect(padc(told.ledger, 'Annual', 2026, asOf).lines[0]?.total.days).toBe(claimable)
    }),
    { numRuns: 40 },
  )
})

test('every day of a row opens down to the sessions and minutes that made it, and to its sources', () => {
  const told = district({
    students: { ana: { ssid: '1234567890', absences: weekdays('2026-08-17', 4) } },
    mornings: [
      { on: '2026-09-12', students: ['ana'] },
      { on: '2026-09-19', students: ['ana'], until: '10:30' },
      { on: '2026-09-26', students: ['ana'], until: '10:10' },
    ],
  })
  const asOf = date('2027-06-30')
  const [row] = stasRows(told.ledger, asOf)
  const why = told.ledger.explain(told.id('ana'), asOf)
  const footnotes = row?.recovered.map((day) => why.days.find((each) => each.earnedOn === day.earnedOn && each.recovers === day.recovers))
  expect(footnotes).toMatchObject([
    { path: 'daily', minimumMinutes: 240, made: [{ on: '2026-09-12', minutes: 240 }], cites: ['CDE FAQ daily', 'EC 46211(d)(1)'] },
    {
      path: 'hourly',
      minimumMinutes: 240,
      made: [
        { on: '2026-09-19', minutes: 120 },
        { on: '2026-09-26', minutes: 120 },
      ],
      cites: ['CDE FAQ hours', 'EC 46211(d)(1)'],
    },
  ])
  expect(why.notCounted).toMatchObject([
    { on: '2026-09-19', reason: 'partOfAnHour', minutes: 30, cites: ['CDE FAQ hours'] },
    { on: '2026-09-26', reason: 'partOfAnHour', minutes: 10 },
  ])
  expect(why.minutesCounted + why.minutesNotCounted).toBe(why.minutesPresent)
})

describe('a STAS file', () => {
  test.each(['^', ','])('with %s between its positions that is right has no fault', (by) => {
    expect(faultsOf(line({}, by) + line({ '13.07': '2234567890', '13.24': '10' }, by))).toEqual([])
  })

  test.each<[string, Partial<Record<StasField, string>>, string[]]>([
    ['eleven days', { '13.24': '11' }, ['1 13.24 STAS0739']],
    ['ten days', { '13.24': '10' }, []],
    ['half a day', { '13.24': '0.5' }, ['1 13.24 STAS0739']],
    ['a day with a sign', { '13.24': '-1' }, ['1 13.24 STAS0739']],
    ['zero days', { '13.24': '0' }, []],
    ['more days than absences', { '13.24': '10', '13.19': '4', '13.16': '169.5' }, ['1 13.24 daysAgainstAbsences']],
    ['days that do not add up', { '13.16': '168' }, ['1 13.15 STAS0318']],
    ['a day that is missing', { '13.20': '' }, ['1 13.20 STAS0303']],
    [
      'an exempt student with days',
      { '13.13': 'Y' },
      ['13.14', '13.15', '13.16', '13.17', '13.18', '13.19', '13.20', '13.21', '13.22'].map((field) => `1 ${field} STAS0304`),
    ],
    ['too many days of study', { '13.21': '12', '13.16': '168.5' }, ['1 13.15 STAS0318', '1 13.21 STAS0311']],
    ['more suspensions than days', { '13.17': '181' }, ['1 13.15 STAS0318', '1 13.17 STAS0307']],
    ['more unexcused absences than days', { '13.20': '180.5' }, ['1 13.15 STAS0318', '1 13.20 STAS0309']],
    ['more excused absences than days', { '13.19': '181' }, ['1 13.15 STAS0318', '1 13.19 STAS0310']],
    ['more independent study than days', { '13.22': '181' }, ['1 13.15 STAS0318', '1 13.22 STAS0588']],
    ['every expected day excused', { '13.19': '180', '13.16': '0', '13.17': '0', '13.18': '0', '13.20': '0', '13.21': '0' }, []],
    ['a student without a name', { '13.09': ' ' }, ['1 13.09 format']],
    ['another word for a gender', { '13.12': 'female' }, ['1 13.12 format']],
    ['another word for yes', { '13.14': 'yes' }, ['1 13.14 format']],
    ['a nonpublic school', { '13.05': '0000001' }, ['1 13.05 STAS0651']],
    ['a short identifier', { '13.07': '123456789' }, ['1 13.07 format']],
    ['a year written otherwise', { '13.06': '2026' }, ['1 13.06 format']],
    ['words for a number of days', { '13.16': 'all' }, ['1 13.16 format']],
  ])('with %s names line, position and check', (_, change, faults) => expect(faultsOf(line(change))).toEqual(faults))

  test('with an exempt student and nothing else is right', () => {
    const empty = Object.fromEntries(STAS_FIELDS.slice(13).map((field) => [field, '']))
    expect(faultsOf(line({ ...empty, '13.13': 'Y' }))).toEqual([])
    expect(faultsOf(line({ ...empty, '13.13': 'Y', '13.24': '1' }))).toEqual(['1 13.24 exemptRecovery'])
  })

  test('with one student’s days at two schools counts them together', () => {
    const both = (days: string) => line({ '13.24': '6' }) + line({ '13.05': '6000002', '13.24': days })
    expect(faultsOf(both('4'))).toEqual([])
    expect(faultsOf(both('5'))).toEqual(['1 13.24 STAS0740E1', '2 13.24 STAS0740E1'])
  })

  test('with a student twice at one school says so', () => expect(faultsOf(line() + line())).toEqual(['2 13.07 twice']))

  test('with a header, a bare line end, a missing position or an open quote says so', () => {
    expect(faultsOf(`Record Type Code^SSID\r\n${line()}`)).toEqual(['1 - header'])
    expect(faultsOf(line().replace('\r\n', '\n'))).toEqual(['1 - lineEnd'])
    expect(faultsOf(line().trimEnd())).toEqual(['1 - lineEnd'])
    expect(faultsOf(line().replace('^\r\n', '\r\n'))).toEqual(['1 - positions'])
    expect(faultsOf(line({ '13.10': '"O' }, ','))).toEqual(['1 - quote'])
  })

  test('says which of its checks has no number that is known', () => {
    const [fault] = checkStas(line({ '13.24': '10', '13.19': '4', '13.16': '169.5' }))
    expect(fault).toEqual({
      line: 1,
      field: '13.24',
      name: 'Attendance Recovery Days',
      check: 'daysAgainstAbsences',
      number: null,
      value: '10',
    })
  })

  test('comes back as it was, whatever is in it', () => {
    for (const text of [line(), line({ '13.10': '"O, Neil ""Jr"""' }, ','), '', '\r\n', 'nonsense', `a^b\n\n${line()}c`]) {
      expect(writeStasFile(readStasFile(text))).toBe(text)
    }
  })
})

describe('filling a STAS file', () => {
  const rows = () => {
    const { ledger } = district({
      students: {
        ana: { ssid: '1234567890', absences: ['2026-08-17', '2026-08-18'] },
        ben: { ssid: '3234567890', absences: ['2026-08-17'] },
      },
      mornings: saturdays('2026-09-12', 2).map((on) => ({ on, students: ['ana', 'ben'] })),
    })
    return stasRows(ledger, date('2027-06-30'))
  }

  test('changes position 24 of the student’s line and not one byte more', () => {
    const name = '"O, Neil ""Jr"""'
    const other = line({ '13.07': '2234567890', '13.10': name }, ',')
    const merged = mergeStas(line({ '13.10': name }, ',') + other, rows(), YEAR)
    expect(merged.text).toBe(line({ '13.10': name, '13.24': '2' }, ',') + other)
    expect(merged.changed).toEqual([{ line: 1, ssid: '1234567890', from: '', to: '2' }])
    expect(merged.missing.map((row) => row.ssid)).toEqual(['3234567890'])
    expect(merged.faults).toEqual([])
  })

  test('adds up the rows of one student and school, and none is missing', () => {
    const [row] = rows()
    if (!row) throw new Error('no row')
    const merged = mergeStas(line(), [row, { ...row, days: 3 }], YEAR)
    expect(merged.changed).toEqual([{ line: 1, ssid: '1234567890', from: '', to: '5' }])
    expect([mergeStas('', [row, { ...row, days: 3 }], YEAR).missing.length, merged.missing]).toEqual([2, []])
  })

  test('a second time changes nothing', () => {
    const once = mergeStas(line() + line({ '13.07': '3234567890' }), rows(), YEAR)
    const twice = mergeStas(once.text, rows(), YEAR)
    expect(twice.text).toBe(once.text)
    expect(twice.changed).toEqual([])
  })

  test('takes back days that are no longer recovered, and says so', () => {
    const merged = mergeStas(line({ '13.24': '3' }), [], YEAR)
    expect(merged.text).toBe(line())
    expect(merged.changed).toEqual([{ line: 1, ssid: '1234567890', from: '3', to: '' }])
  })

  test('leaves the line of another year, another school and an exempt student without days', () => {
    const empty = Object.fromEntries(STAS_FIELDS.slice(13).map((field) => [field, '']))
    const text = line({ '13.06': '2025-2026' }) + line({ '13.05': '6000002' }) + line({ ...empty, '13.13': 'Y' })
    const merged = mergeStas(text, rows(), YEAR)
    expect(merged.text).toBe(text)
    expect(merged.missing).toHaveLength(2)
  })

  test('lines of another year stay as they are, days and all, and the first of each such year is a fault', () => {
    const text = line({ '13.06': '2025-2026', '13.24': '3' }) + line({ '13.06': '2025-2026', '13.07': '3234567890', '13.24': '4' }) + line()
    const merged = mergeStas(text, rows(), YEAR)
    expect(merged.changed).toEqual([{ line: 3, ssid: '1234567890', from: '', to: '2' }])
    expect(merged.text).toBe(text.replace(line(), line({ '13.24': '2' })))
    expect(merged.faults.map(({ line: at, field, check, value }) => [at, field, check, value])).toContainEqual([
      1,
      '13.06',
      'otherYear',
      '2025-2026',
    ])
    expect(merged.faults.filter(({ check }) => check === 'otherYear')).toHaveLength(1)
  })

  test('a file says of which year it is, unless its records are of several', () => {
    expect(yearOfStas(line() + line({ '13.07': '3234567890' }))).toBe(YEAR)
    expect(yearOfStas(line() + line({ '13.06': '2025-2026' }))).toBeUndefined()
    expect([yearOfStas(''), yearOfStas(line({ '13.06': '2026' }))]).toEqual([undefined, undefined])
  })

  test('gives back the faults that the days bring with them', () => {
    const merged = mergeStas(line({ '13.19': '0', '13.20': '0', '13.16': '177.5' }), rows(), YEAR)
    expect(merged.faults.map((fault) => fault.check)).toEqual(['daysAgainstAbsences'])
  })
})
