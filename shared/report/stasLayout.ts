/** The CALPADS Student Absence Summary (STAS) record: its positions, and the checks that name them. */
import type { SourceKey } from '../rules/law.ts'

/** The positions in their order. Position 13.23 exists; what it holds is an open question, and it is left as it is. */
export const STAS_FIELDS = [
  '13.01',
  '13.02',
  '13.03',
  '13.04',
  '13.05',
  '13.06',
  '13.07',
  '13.08',
  '13.09',
  '13.10',
  '13.11',
  '13.12',
  '13.13',
  '13.14',
  '13.15',
  '13.16',
  '13.17',
  '13.18',
  '13.19',
  '13.20',
  '13.21',
  '13.22',
  '13.23',
  '13.24',
] as const
export type StasField = (typeof STAS_FIELDS)[number]

/** What each position is called on the CALPADS pages. */
const STAS_NAMES: Readonly<Record<StasField, string>> = {
  '13.01': 'Record Type Code',
  '13.02': 'Transaction Type Code',
  '13.03': 'Local Record ID',
  '13.04': 'Reporting LEA',
  '13.05': 'School of Attendance',
  '13.06': 'Academic Year ID',
  '13.07': 'SSID',
  '13.08': 'Local Student ID',
  '13.09': 'Student Legal First Name',
  '13.10': 'Student Legal Last Name',
  '13.11': 'Student Birth Date',
  '13.12': 'Student Gender Code',
  '13.13': 'Student Absence Summary Data Collection Exemption Indicator',
  '13.14': 'Hourly Attendance School Type Indicator',
  '13.15': 'Expected Attendance Days',
  '13.16': 'Days Attended In-Person',
  '13.17': 'Days Absent Out-of-School Suspension',
  '13.18': 'Days in Attendance In-School Suspension',
  '13.19': 'Days Absent In-Person Excused Non-Suspension',
  '13.20': 'Days Absent In-Person Unexcused Non-Suspension',
  '13.21': 'Non-ADA Generating Independent Study Days',
  '13.22': 'ADA-Generating Independent Study Days',
  '13.23': '',
  '13.24': 'Attendance Recovery Days',
}

export type StasCheck =
  | 'STAS0739'
  | 'STAS0740E1'
  /** Days of recovery against absences: CALPADS makes this check under a number we do not know. */
  | 'daysAgainstAbsences'
  | 'STAS0303'
  | 'STAS0304'
  /** Days of suspension, unexcused absence, excused absence and independent study against the days expected. */
  | 'STAS0307'
  | 'STAS0309'
  | 'STAS0310'
  | 'STAS0311'
  | 'STAS0318'
  | 'STAS0588'
  | 'STAS0651'
  /** Recovery days on a line that is exempt: whether CALPADS refuses them is not known. */
  | 'exemptRecovery'
  /** The line is of another year than the days. */
  | 'otherYear'
  /** What stands there is not what the position holds. */
  | 'format'
  /** The file as a file. */
  | 'positions'
  | 'header'
  | 'lineEnd'
  | 'quote'
  | 'twice'

/** The CALPADS number of a check, null where it is not known or where the file specification itself is meant, and its source. */
export const STAS_CHECKS: Readonly<Record<StasCheck, { readonly number: string | null; readonly cite: SourceKey }>> = {
  STAS0739: { number: 'STAS0739', cite: 'CALPADS STAS0739' },
  STAS0740E1: { number: 'STAS0740E1', cite: 'CALPADS STAS0740E1' },
  daysAgainstAbsences: { number: null, cite: 'CALPADS recovery and absences' },
  STAS0303: { number: 'STAS0303', cite: 'CALPADS STAS0303' },
  STAS0304: { number: 'STAS0304', cite: 'CALPADS STAS0303' },
  STAS0307: { number: 'STAS0307', cite: 'CALPADS day counts' },
  STAS0309: { number: 'STAS0309', cite: 'CALPADS day counts' },
  STAS0310: { number: 'STAS0310', cite: 'CALPADS day counts' },
  STAS0588: { number: 'STAS0588', cite: 'CALPADS day counts' },
  STAS0311: { number: 'STAS0311', cite: 'CALPADS STAS0311' },
  STAS0318: { number: 'STAS0318', cite: 'CALPADS STAS0318' },
  STAS0651: { number: 'STAS0651', cite: 'CALPADS STAS0651' },
  exemptRecovery: { number: null, cite: 'CALPADS STAS0739' },
  otherYear: { number: null, cite: 'CALPADS file upload' },
  format: { number: null, cite: 'CALPADS file upload' },
  positions: { number: null, cite: 'CALPADS file upload' },
  header: { number: null, cite: 'CALPADS file upload' },
  lineEnd: { number: null, cite: 'CALPADS file upload' },
  quote: { number: null, cite: 'CALPADS file upload' },
  twice: { number: null, cite: 'CALPADS file upload' },
}

/** A fault of a line: where it is, what stood there, and the check that it fails. */
export interface StasFault {
  /** From 1. */
  readonly line: number
  /** Null where the line as a whole is meant. */
  readonly field: StasField | null
  /** What the CALPADS pages call that position; empty where none is meant. */
  readonly name: string
  readonly check: StasCheck
  /** The CALPADS number of the check, where it has one that is known. */
  readonly number: string | null
  readonly value: string
}

export const stasFault = (line: number, field: StasField | null, check: StasCheck, value: string): StasFault => ({
  line,
  field,
  name: field === null ? '' : STAS_NAMES[field],
  check,
  number: STAS_CHECKS[check].number,
  value,
})
