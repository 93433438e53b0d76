/**
 * What each student information system takes in: files, their columns, what a column holds. The one description from which files are
 * made, checked, read back and documented. Column names are those of the vendors' pages; a district's template may name them otherwise.
 */
export const SIS = ['aeries', 'ic', 'powerschool', 'schoolwise'] as const
export type Sis = (typeof SIS)[number]

/** What stands in a column. `code`: a local code, by its name in the district's mapping. */
export type FieldType =
  | { readonly kind: 'ssid' }
  | { readonly kind: 'text'; readonly most: number }
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'date' }
  | { readonly kind: 'school' }
  | { readonly kind: 'code'; readonly code: LocalCode }

export type LocalCode = 'program' | 'makeUpCode' | 'serviceType' | 'mark'
/** What a local code may look like in the system that it is of, and in a cell that no spreadsheet takes for a formula. */
export const CODE_PATTERNS: Readonly<Record<LocalCode, RegExp>> = {
  program: /^[A-Za-z0-9]{1,10}$/,
  makeUpCode: /^[A-Za-z0-9]$/,
  serviceType: /^[\w.:][\w .:-]{0,29}$/,
  mark: /^[A-Za-z0-9*][A-Za-z0-9+*]{0,2}$/,
}

/** What a value is taken from. */
export type Source =
  | 'school'
  | 'localId'
  | 'ssid'
  | 'year'
  | 'period'
  | 'sessionDate'
  | 'absenceDate'
  | 'earnedDate'
  | 'hours'
  | 'minutes'
  | 'days'
  | 'note'
  | LocalCode

export interface Column {
  readonly name: string
  readonly type: FieldType
  readonly from: Source
  /** Columns that tell rows apart. */
  readonly key?: boolean
  /** Columns whose values are compared when a file is read back. */
  readonly compare?: boolean
}

/** What a row is for: a student on a date of sessions, a recovered absence, a student in a reporting period. */
export type RowFor = 'date' | 'day' | 'period'
export interface Layout {
  readonly file: string
  readonly rowFor: RowFor
  readonly columns: readonly Column[]
}

const text = (most: number): FieldType => ({ kind: 'text', most })
const whole = (most: number): FieldType => ({ kind: 'number', least: 0, most })
const date: FieldType = { kind: 'date' }
const school: FieldType = { kind: 'school' }
const ssid: FieldType = { kind: 'ssid' }
const code = (name: LocalCode): FieldType => ({ kind: 'code', code: name })

export const LAYOUTS: Readonly<Record<Sis, readonly Layout[]>> = {
  aeries: [
    {
      file: 'aeries-atd-sessions.csv',
      rowFor: 'date',
      columns: [
        { name: 'SC', type: school, from: 'school', key: true },
        { name: 'ID', type: text(12), from: 'localId', key: true },
        { name: 'PG', type: code('program'), from: 'program', key: true },
        { name: 'DT', type: date, from: 'sessionDate', key: true },
        { name: 'ARH', type: whole(24), from: 'hours', compare: true },
      ],
    },
    {
      file: 'aeries-att-make-up.csv',
      rowFor: 'day',
      columns: [
        { name: 'SC', type: school, from: 'school', key: true },
        { name: 'ID', type: text(12), from: 'localId', key: true },
        { name: 'DT', type: date, from: 'absenceDate', key: true },
        { name: 'ADA', type: code('makeUpCode'), from: 'makeUpCode', compare: true },
        { name: 'ADT', type: date, from: 'earnedDate', compare: true },
        { name: 'AMU', type: whole(600), from: 'minutes', compare: true },
        { name: 'ACO', type: text(60), from: 'note' },
      ],
    },
  ],
  ic: [
    {
      file: 'ic-program-service.csv',
      rowFor: 'date',
      columns: [
        { name: 'studentnum', type: text(15), from: 'localId', key: true },
        { name: 'statenum', type: ssid, from: 'ssid' },
        { name: 'school', type: school, from: 'school', key: true },
        { name: 'serviceDate', type: date, from: 'sessionDate', key: true },
        { name: 'serviceType', type: code('serviceType'), from: 'serviceType' },
        { name: 'hoursEarned', type: whole(24), from: 'hours', compare: true },
        { name: 'daysUsed', type: whole(1), from: 'days', compare: true },
      ],
    },
  ],
  powerschool: [
    {
      file: 'powerschool-attdrecover.csv',
      rowFor: 'period',
      columns: [
        { name: 'Student_Number', type: text(15), from: 'localId', key: true },
        { name: 'State_StudentNumber', type: ssid, from: 'ssid' },
        { name: 'SchoolID', type: school, from: 'school', key: true },
        { name: 'YearID', type: { kind: 'number', least: 35, most: 110 }, from: 'year', key: true },
        { name: 'Period', type: text(3), from: 'period', key: true },
        { name: 'MinutesAttendedOverride', type: whole(20_000), from: 'minutes', compare: true },
        { name: 'RecoveryDaysOverride', type: whole(10), from: 'days', compare: true },
      ],
    },
  ],
  schoolwise: [
    {
      file: 'schoolwise-day-marks.csv',
      rowFor: 'day',
      columns: [
        { name: 'Student ID', type: text(15), from: 'localId', key: true },
        { name: 'SSID', type: ssid, from: 'ssid' },
        { name: 'School', type: school, from: 'school', key: true },
        { name: 'Date', type: date, from: 'earnedDate', key: true },
        { name: 'Mark', type: code('mark'), from: 'mark', compare: true },
        { name: 'Days', type: whole(1), from: 'days', compare: true },
      ],
    },
  ],
}

/** The local codes that a system's files need. */
export function codesFor(sis: Sis): readonly LocalCode[] {
  const codes = LAYOUTS[sis].flatMap(({ columns }) => columns.flatMap(({ type }) => (type.kind === 'code' ? [type.code] : [])))
  return [...new Set(codes)]
}
