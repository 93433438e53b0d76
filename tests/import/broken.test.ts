import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ImportSource } from '../../shared/api/registry.ts'
import type { RegistryStore } from '../../server/registry/store.ts'
import { bring, bringLines } from '../support/importing.ts'
import { memoryRegistry } from '../support/memoryRegistry.ts'

const FOLDER = join(import.meta.dirname, '../data/broken')

/** A school with one student, so that only what a file does wrong is wrong. */
async function school(): Promise<RegistryStore> {
  const store = memoryRegistry()
  await bringLines(store, 'schools', ['School Code,School Name', '100,Alder Creek'])
  await bringLines(store, 'students', [
    'Student ID,Last Name,First Name,Grade,School Code',
    '1,Cruz,Ana,05,100',
    '004505,Campos,Lucía,05,100',
  ])
  await bringLines(store, 'codes', ['Code,Kind', 'U,unexcused', 'I,excused'])
  return store
}

const FILES: readonly (readonly [file: string, fault: string])[] = [
  ['absences-european-date.csv', 'read | 2 Date "17/08/2026": a date that exists, MM/DD/YYYY or YYYY-MM-DD'],
  ['absences-impossible-date.csv', 'read | 2 Date "02/30/2026": a date that exists, MM/DD/YYYY or YYYY-MM-DD'],
  [
    'absences-lost-zero.csv',
    'read | 2 Student ID "4505": the number of a student who is known, with its leading zeros: import the students first',
  ],
  ['absences-no-code.csv', 'read | 2 All Day Code: a code of the code table: add it there, with what it stands for'],
  ['absences-spreadsheet-date.csv', 'read | 2 Date "46251": a date that exists, MM/DD/YYYY or YYYY-MM-DD'],
  ['absences-two-codes-a-day.csv', 'read | 3 All Day Code "I": one code a day: line 2 has U for this student on this date'],
  ['absences-unknown-code.csv', 'read | 2 All Day Code "ZZ": a code of the code table: add it there, with what it stands for'],
  [
    'absences-unknown-student.csv',
    'read | 2 Student ID "99": the number of a student who is known, with its leading zeros: import the students first',
  ],
  ['calendar-dismissed-first.csv', 'read | 2 Dismissal "08:15": a time after the start, 14:30'],
  ['calendar-ends-first.csv', 'read | 2 Last Day "08/17/2026": a day after the first day, 2027-06-04'],
  [
    'calendar-holiday-no-date.csv',
    'read | 2 No School "09/07/2026;Thanksgiving": dates that exist, separated by semicolons: Thanksgiving is none',
  ],
  ['calendar-holiday-outside.csv', 'read | 2 No School "07/05/2027": dates from the first day to the last: 07/05/2027 is not'],
  ['calendar-no-time.csv', 'read | 2 Start "bell": a time of day, such as 08:15 or 2:30 PM'],
  ['calendar-twice.csv', 'read | 3 School Code "100": each school once a year: line 2 has this one'],
  ['calendar-two-years.csv', 'read | 2 Last Day "06/04/2028": a day within a year of the first day, 2026-08-17'],
  ['calendar-unknown-zone.csv', 'read | 2 Time Zone "Pacific Time": a time zone of the United States, such as America/Los_Angeles'],
  [
    'codes-no-kind.csv',
    'read | 2 Kind: a kind of absence: excused, unexcused, suspension, immunization, partialDay, closure, independentStudyNoWork, homeHospital, otherLea, madeUp',
  ],
  [
    'codes-prototype.csv',
    'read | 3 Kind "constructor": a kind of absence: excused, unexcused, suspension, immunization, partialDay, closure, independentStudyNoWork, homeHospital, otherLea, madeUp',
  ],
  ['codes-twice.csv', 'read | 3 Code "U": each code once: line 2 has this one'],
  [
    'codes-unknown-kind.csv',
    'read | 2 Kind "present": a kind of absence: excused, unexcused, suspension, immunization, partialDay, closure, independentStudyNoWork, homeHospital, otherLea, madeUp',
  ],
  ['empty.csv', 'refused | 0: a file with a header line: this one is empty'],
  ['schools-cds-six-digits.csv', 'read | 2 CDS District "997001": 7 digits with the leading zeros, or blank'],
  ['schools-half-cds.csv', 'read | 2 CDS School: both state codes, or neither'],
  ['schools-no-name.csv', 'read | 2 School Name: the school’s name'],
  ['schools-twice.csv', 'read | 3 School Code "300": each school once: line 2 has this one'],
  [
    'schools-unknown-type.csv',
    'read | 2 School Type "magnet": a school type: regular, continuation, opportunity, countyCommunity, juvenileCourt, communityDay, charter',
  ],
  [
    'students-as-xlsx.csv',
    'refused | 0: a zip file that opens: this one is damaged or incomplete (End of central directory record signature not found. Either not a zip file, or file is truncated.)',
  ],
  [
    'students-comma-in-name.csv',
    'read | 2 "1,,Cruz,Jr.,Ana,,F,05,100": 8 columns as in the header, not 9: a comma inside a cell needs quotes',
  ],
  [
    'students-endless-name.csv',
    'read | 2 Last Name "CruzCruzCruzCruzCruzCruzCruzCruzCruzCruzCruzCruzCruzCruzCruzCruzCruzCruzCruzCru…": a family name, at most 200 characters',
  ],
  ['students-grade-twice.csv', 'refused | 1: one column Grade: the header names it twice'],
  ['students-gzip.csv', 'refused | 0: comma-separated text: this is a gzip file; unpack it first'],
  ['students-long-line.csv', 'refused | 2: lines of at most 64 KB: line 2 does not end'],
  ['students-many-columns.csv', 'refused | 1: at most 200 columns: line 1 has 408'],
  ['students-no-grade-column.csv', 'refused | 1: a column Grade in the header line; it has Student ID, Last Name, First Name, School Code'],
  [
    'students-no-header.csv',
    'refused | 1: the columns Student ID, Last Name, First Name, Grade, School Code in the header line; it has 1, (blank), Cruz, Ana, (blank), F, 05, 100',
  ],
  ['students-no-id.csv', 'read | 2 Student ID: the student’s number'],
  ['students-no-name.csv', 'read | 2 Last Name: a family name'],
  ['students-open-quote.csv', 'refused | 2: a closing quote for every opening one: from line 2 on, one is never closed'],
  ['students-pdf.csv', 'refused | 0: comma-separated text: this is a PDF; export the same report as CSV'],
  ['students-preschool.csv', 'read | 2 Grade "PK": a grade from TK to 12'],
  [
    'students-semicolons.csv',
    'refused | 1: the columns Student ID, Last Name, First Name, Grade, School Code in the header line: this file is separated by semicolons; save it with commas',
  ],
  ['students-short-row.csv', 'read | 2 School Code: the code of a school | 2 First Name: a given name | 2 Grade: a grade from TK to 12'],
  [
    'students-ssid-from-spreadsheet.csv',
    'read | 2 State Student ID "7.29492E+09": 10 digits, or blank while there is none (a spreadsheet may have shortened the number: keep the column as text)',
  ],
  [
    'students-ssid-nine-digits.csv',
    'read | 2 State Student ID "729491910": 10 digits, or blank while there is none (a spreadsheet may have shortened the number: keep the column as text)',
  ],
  [
    'students-tabs.csv',
    'refused | 1: the columns Student ID, Last Name, First Name, Grade, School Code in the header line: this file is separated by tabs; save it with commas',
  ],
  ['students-two-grades.csv', 'read | 3 Student ID "1": each student once a school: line 2 has this one in another grade'],
  [
    'students-unknown-school.csv',
    'read | 2 School Code "999": the code of a school that is known: import the schools first, or correct the code',
  ],
  ['students-utf16.csv', 'refused | 0: a file in UTF-8: this one is "Unicode text" (UTF-16); save it again as "CSV UTF-8"'],
  ['students-with-zero-bytes.csv', 'refused | 2: a text file: this one has zero bytes in it, as programs and pictures do'],
]

it.each(FILES)('%s: %s', async (file, fault) => {
  const source = ImportSource.parse(/^[a-z]+/.exec(file === 'empty.csv' ? 'students' : file)?.[0])
  const { outcome, report } = await bring(await school(), source, join(FOLDER, file))
  const said = report.faults.map(
    ({ line, column, value, expected }) => `${line}${column === '' ? '' : ` ${column}`}${value === '' ? '' : ` "${value}"`}: ${expected}`,
  )
  expect([outcome === 'refused' ? 'refused' : 'read', ...said].join(' | ')).toBe(fault)
})

it('Every broken file that is kept is in the table', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(FILES.map(([file]) => file).sort())
})
