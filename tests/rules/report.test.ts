import { describe, expect, test } from 'vitest'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { toCsv } from '../../shared/report/csv.ts'
import { rosterRows } from '../../shared/report/rows.ts'
import { as, type SiteId } from '../../shared/ids.ts'
import { AS_OF, ledgerOf, SITE, STUDENTS } from '../attendance/days.ts'

describe('CSV', () => {
  test('quotes what needs quoting and ends every line with CR LF', () => {
    expect(
      toCsv(
        ['a', 'b'],
        [
          ['x,y', 'say "hi"'],
          [1.5, null],
          ['two\nlines', true],
        ],
      ),
    ).toBe('a,b\r\n"x,y","say ""hi"""\r\n1.5,\r\n"two\nlines",true\r\n')
  })
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\0=1', '\uFF1D1', '\uFF0B1', '\uFF0D1', '\uFF201'])(
    'never starts a text cell with what a spreadsheet would run: %j',
    (text) => {
      expect(parse(toCsv(['h'], [[text]]), { from: 2 })).toEqual([[`'${text}`]])
    },
  )
  test('leaves negative numbers numbers', () => expect(toCsv(['h'], [[-1]])).toBe('h\r\n-1\r\n'))
  test('reads back as it was written', () => {
    const cell = fc.string({ unit: 'grapheme' }).filter((text) => !/^[=+\-@\t\r\0\uFF1D\uFF0B\uFF0D\uFF20]/.test(text))
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        expect(parse(toCsv(['a', 'b'], rows), { from: 2, recordDelimiter: '\r\n' })).toEqual(rows)
      }),
    )
  })
})

describe('the roster', () => {
  const ledger = ledgerOf([])
  test('has a row a student, by last name, with the grade and site of the enrollment', () => {
    const rows = rosterRows(ledger, AS_OF)
    expect(rows.map(({ student, grade, site, absences }) => [student, grade, site, absences])).toEqual([
      [STUDENTS[0], '05', SITE, 2],
      [STUDENTS[1], '02', SITE, 2],
      [STUDENTS[2], 'KG', SITE, 2],
    ])
  })
  test('can be of one site, or of some students', () => {
    expect(rosterRows(ledger, AS_OF, { site: as<SiteId>('elsewhere') })).toEqual([])
    expect(rosterRows(ledger, AS_OF, { students: new Set(STUDENTS.slice(1)) })).toHaveLength(2)
  })
})
