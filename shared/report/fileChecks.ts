/** The CALPADS checks that a STAS file must pass and that can be made without CALPADS. */
import { isRecord, readStasFile, type StasFile, type StasLine, valueOf } from './stasFile.ts'
import type { StasCheck, StasField, StasFault } from './stasLayout.ts'
import { stasFault } from './stasLayout.ts'

const FORMATS: readonly (readonly [StasField, RegExp])[] = [
  ['13.01', /^STAS$/],
  ['13.04', /^\d{7}$/],
  ['13.05', /^\d{7}$/],
  ['13.06', /^\d{4}-\d{4}$/],
  ['13.07', /^\d{10}$/],
  ['13.08', /\S/],
  ['13.09', /\S/],
  ['13.10', /\S/],
  ['13.11', /\S/],
  ['13.12', /^[FMX]$/],
  ['13.13', /^Y?$/],
  ['13.14', /^[NY]?$/],
]
/** The positions that are filled unless the student is exempt, and then empty. */
const ATTENDANCE: readonly StasField[] = ['13.14', '13.15', '13.16', '13.17', '13.18', '13.19', '13.20', '13.21', '13.22']
const DAYS: readonly StasField[] = ATTENDANCE.slice(1)
/** What adds up to the expected days. */
const PARTS: readonly StasField[] = DAYS.slice(1)
/** Counts that may not be more than the days expected, each under its own number. */
const WITHIN_EXPECTED: readonly (readonly [StasField, StasCheck])[] = [
  ['13.17', 'STAS0307'],
  ['13.19', 'STAS0310'],
  ['13.20', 'STAS0309'],
  ['13.22', 'STAS0588'],
]
const ABSENT: readonly StasField[] = ['13.17', '13.19', '13.20']
/** The codes of no school: nonpublic schools and private school groups. */
const NO_SCHOOL = new Set(['0000001', '0000002'])
const WHOLE_TO_TEN = /^(?:\d|10)$/
const DAY_COUNT = /^\d{1,3}(?:\.\d{1,2})?$/

/** Every fault of a file, by line and position.
 *  @cite CALPADS STAS0739, CALPADS STAS0740E1, CALPADS STAS0318, CALPADS STAS0303, CALPADS STAS0311, CALPADS STAS0651, CALPADS day counts */
export function checkStasFile(file: StasFile): readonly StasFault[] {
  const records = file.lines.filter(isRecord)
  const faults = [...file.faults, ...records.flatMap(checkLine), ...checkTogether(records)]
  return faults.sort((a, b) => a.line - b.line)
}

/** The same, of a file's text. */
export const checkStas = (text: string): readonly StasFault[] => checkStasFile(readStasFile(text))

/** The faults of one line that can be seen in that line alone. */
function checkLine(record: StasLine): readonly StasFault[] {
  const faults: StasFault[] = []
  const of = (field: StasField): string => valueOf(record, field)
  const fail = (field: StasField, check: StasCheck, value = of(field)): void =>
    void faults.push(stasFault(record.line, field, check, value))
  for (const [field, format] of FORMATS) if (!format.test(of(field))) fail(field, 'format')
  if (NO_SCHOOL.has(of('13.05'))) fail('13.05', 'STAS0651')

  const recovery = of('13.24')
  if (recovery !== '' && !WHOLE_TO_TEN.test(recovery)) fail('13.24', 'STAS0739')
  if (of('13.13') === 'Y') {
    for (const field of ATTENDANCE) if (of(field) !== '') fail(field, 'STAS0304')
    if (recovery !== '') fail('13.24', 'exemptRecovery')
    return faults
  }

  for (const field of ATTENDANCE) if (of(field) === '') fail(field, 'STAS0303')
  for (const field of DAYS) if (of(field) !== '' && !DAY_COUNT.test(of(field))) fail(field, 'format')
  const sum = (fields: readonly StasField[]): number | undefined => {
    const days = fields.map((field) => hundredthsOf(of(field)))
    return days.includes(undefined) ? undefined : days.reduce<number>((total, day) => total + (day ?? 0), 0)
  }
  const expected = sum(['13.15'])
  const parts = sum(PARTS)
  if (expected !== undefined && parts !== undefined && parts !== expected) fail('13.15', 'STAS0318')
  if (expected !== undefined) for (const [field, check] of WITHIN_EXPECTED) if ((sum([field]) ?? 0) > expected) fail(field, check)
  const attended = sum(['13.16', '13.18'])
  const study = sum(['13.21'])
  if (expected !== undefined && attended !== undefined && study !== undefined && study > expected - attended) fail('13.21', 'STAS0311')
  const absent = sum(ABSENT)
  if (absent !== undefined && WHOLE_TO_TEN.test(recovery) && Number(recovery) * 100 > absent) fail('13.24', 'daysAgainstAbsences')
  return faults
}

/** The faults that lines have together: one student's days at all schools, and a student twice at one school. */
function checkTogether(records: readonly StasLine[]): readonly StasFault[] {
  const faults: StasFault[] = []
  const seen = new Set<string>()
  const days = new Map<string, number>()
  const yearOf = (record: StasLine): string => `${valueOf(record, '13.04')} ${valueOf(record, '13.06')} ${valueOf(record, '13.07')}`
  for (const record of records) {
    const key = `${yearOf(record)} ${valueOf(record, '13.05')}`
    if (seen.has(key)) faults.push(stasFault(record.line, '13.07', 'twice', valueOf(record, '13.07')))
    seen.add(key)
    const recovery = valueOf(record, '13.24')
    if (WHOLE_TO_TEN.test(recovery)) days.set(yearOf(record), (days.get(yearOf(record)) ?? 0) + Number(recovery))
  }
  for (const record of records) {
    const together = days.get(yearOf(record)) ?? 0
    if (together > 10 && valueOf(record, '13.24') !== '') faults.push(stasFault(record.line, '13.24', 'STAS0740E1', String(together)))
  }
  return faults
}

/** Days in hundredths, so that halves add up exactly; undefined when it is no number of days. */
const hundredthsOf = (text: string): number | undefined => (DAY_COUNT.test(text) ? Math.round(Number(text) * 100) : undefined)
