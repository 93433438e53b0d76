/** What an import expected where it found a fault: each explanation by its code, with places for values, in English. Screens have it in other languages. */
import type { ImportFault } from '../../../shared/api/registry.ts'
import { ABSENCE_KINDS, SCHOOL_TYPES } from '../../../shared/registry.ts'

export const EXPECTED = {
  // What a cell holds.
  grade: 'a grade from TK to 12',
  date: 'a date that exists, MM/DD/YYYY or YYYY-MM-DD',
  time: 'a time of day, such as 08:15 or 2:30 PM',
  zone: 'a time zone of the United States, such as America/Los_Angeles',
  ssid: '10 digits, or blank while there is none (a spreadsheet may have shortened the number: keep the column as text)',
  cds: '7 digits with the leading zeros, or blank',
  schoolType: `a school type: ${SCHOOL_TYPES.join(', ')}`,
  absenceKind: `a kind of absence: ${ABSENCE_KINDS.join(', ')}`,
  role: 'a role: student, teacher, aide, administrator, principal, counselor, proctor, siteadministrator, districtadministrator, systemadministrator, guardian, parent, relative',
  status: 'active, tobedeleted or blank',
  familyName: 'a family name',
  givenName: 'a given name',
  schoolName: 'the school’s name',
  schoolId: 'the school’s id',
  schoolCode: 'the school’s code',
  aSchoolCode: 'the code of a school',
  teacherId: 'the teacher’s id',
  studentId: 'the student’s id',
  studentNumber: 'the student’s number',
  sectionId: 'the section’s id',
  attendanceCode: 'an attendance code',
  organizationName: 'the organization’s name',
  sourcedId: 'the record’s sourcedId',
  courseTitle: 'the course’s title',
  classTitle: 'the class’s title',
  // What another file or row has.
  knownSchool: 'the code of a school that is known: import the schools first, or correct the code',
  knownStudent: 'the number of a student who is known, with its leading zeros: import the students first',
  knownCode: 'a code of the code table: add it there, with what it stands for',
  codesFirst: 'a code of the code table, which is still empty: import the attendance codes first',
  schoolInFile: 'the School_id of a school in schools.csv',
  teacherInFile: 'the Teacher_id of a teacher in teachers.csv',
  sectionInFile: 'the Section_id of a section in sections.csv',
  studentInFile: 'the Student_id of a student in students.csv',
  schoolInOrgs: 'the sourcedId of a school in orgs.csv',
  classInFile: 'the sourcedId of a class in classes.csv',
  userInFile: 'the sourcedId of a user in users.csv',
  orgInFile: 'sourcedIds of orgs.csv: {id} is not there',
  studentAtSchool: 'the sourcedId of a school for a student',
  schoolOnce: 'each school once: line {line} has this one',
  schoolOnceAYear: 'each school once a year: line {line} has this one',
  codeOnce: 'each code once: line {line} has this one',
  oneCodeADay: 'one code a day: line {line} has {code} for this student on this date',
  numberAlone: 'a number of this student alone: line {line} has it with another name or statewide identifier',
  studentOnce: 'each student once a school: line {line} has this one in another grade',
  studentsOwn: 'an identifier of its own: another student of this file has it',
  staffsOwn: 'an identifier of its own: line {line} has it with another name',
  orgCodeOnce: 'a code for each school: line {line} has this one',
  sourcedIdOnce: 'each sourcedId once in a file',
  ssidOfLine: 'an identifier of this student alone: line {line}, of another name, has it; it was not kept',
  ssidOfStudent: 'an identifier of this student alone: student {student}, of another name, has it; it was not kept',
  bothCodes: 'both state codes, or neither',
  afterFirstDay: 'a day after the first day, {first}',
  withinAYear: 'a day within a year of the first day, {first}',
  afterStartTime: 'a time after the start, {from}',
  afterStart: 'a day after the start, {from}',
  noSchoolDates: 'dates that exist, separated by semicolons: {text} is none',
  noSchoolInside: 'dates from the first day to the last: {text} is not',
  asInHeader: '{width} columns as in the header, not {n}: a comma inside a cell needs quotes',
  notListed: '{n} more faults are not listed: put these right first',
  // What a file is.
  columnMissing: 'a column {columns} in the header line; it has {header}',
  columnsMissing: 'the columns {columns} in the header line; it has {header}',
  columnSemicolons: 'a column {columns} in the header line: this file is separated by semicolons; save it with commas',
  columnsSemicolons: 'the columns {columns} in the header line: this file is separated by semicolons; save it with commas',
  columnTabs: 'a column {columns} in the header line: this file is separated by tabs; save it with commas',
  columnsTabs: 'the columns {columns} in the header line: this file is separated by tabs; save it with commas',
  columnTwice: 'one column {column}: the header names it twice',
  fileEmpty: 'a file with a header line: this one is empty',
  utf16: 'a file in UTF-8: this one is "Unicode text" (UTF-16); save it again as "CSV UTF-8"',
  spreadsheet: 'comma-separated text: this is a zip file or a spreadsheet; save the sheet as "CSV UTF-8"',
  pdf: 'comma-separated text: this is a PDF; export the same report as CSV',
  gzip: 'comma-separated text: this is a gzip file; unpack it first',
  openQuote: 'a closing quote for every opening one: from line {line} on, one is never closed',
  zeroBytes: 'a text file: this one has zero bytes in it, as programs and pictures do',
  cleverFiles: 'the five files of a Clever export: {files} not found',
  fileNeeded: 'the file {file}',
  orgsAndUsers: 'the files orgs.csv and users.csv',
  rowsAtMost: 'at most {n} rows',
  columnsAtMost: 'at most {n} columns: line {line} has {has}',
  commaRows: 'comma-separated rows: {said}',
  fileAtMost: 'a file of at most {mb} MB',
  columnsMore: 'at most {n} columns: line {line} has more than {has}',
  lineEndless: 'lines of at most {kb} KB: line {line} does not end',
  pathExists: 'a file or folder that exists and can be read: {path} does not',
  fileOrFolder: 'a file or a folder',
  folderAtMost: 'a folder of at most {n} files',
  fileReadable: 'a file that can be read: this one is locked or belongs to somebody else',
  oneOfName: 'one file {file}: there are two',
  folderWith: 'a folder or zip with one of these: {files}',
  oneFolder: 'the files in one folder: there are two folders of them',
  noCsv: 'one CSV file: there is none',
  oneCsv: 'one CSV file: there are {n}',
  zipOpens: 'a zip file that opens: this one is damaged or incomplete ({said})',
  zipAtMost: 'a zip that unpacks to at most {mb} MB',
  zipFiles: 'a zip of at most {n} files: this one says it has {has}',
  zipInside: 'names inside the zip that stay inside it ({said})',
  zipOpen: 'a zip without a password: {file} is encrypted',
  zipDeflate: 'a zip packed in the usual way (deflate): {file} is not',
  workbook: 'comma-separated text: this is a spreadsheet; save each sheet as "CSV UTF-8"',
  zipRatio: 'files packed at most {n} to 1: {file} would unpack from {from} to {to} bytes',
  zipUnpacks: 'a zip file that unpacks: {file} is damaged ({said})',
  oneRosterVersion: 'OneRoster 1.1: this export is of version {version}; choose "OneRoster 1.1 CSV" in the student information system',
  manifestWord: 'bulk, delta or absent',
  manifestAbsent: 'bulk or delta, because {file} is there; it was not read',
  manifestMissing: 'the file {file}, which is missing',
} as const

export type ExpectedCode = keyof typeof EXPECTED
type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}` ? Hole | Holes<Rest> : never
/** The values of an explanation: none where it has no place for one. */
export type ValuesOf<Code extends ExpectedCode> = [Holes<(typeof EXPECTED)[Code]>] extends [never]
  ? []
  : [values: Readonly<Record<Holes<(typeof EXPECTED)[Code]>, string | number>>]

/** An explanation without values. */
export type PlainCode = { [Code in ExpectedCode]: ValuesOf<Code> extends [] ? Code : never }[ExpectedCode]

/** The part of a fault that says what was expected. Without a code it is said in English alone. */
export type Expected = Pick<ImportFault, 'expected' | 'code' | 'values'>

/** An explanation with its values, in English and by its code. */
export function expected<Code extends ExpectedCode>(code: Code, ...values: ValuesOf<Code>): Expected {
  const said: Readonly<Record<string, string | number>> = values[0] ?? {}
  const text = EXPECTED[code].replaceAll(/\{(\w+)\}/g, (hole, name: string) => String(said[name] ?? hole))
  return { expected: text, code, ...(values.length > 0 && { values: said }) }
}

/** The same of a text that is too long, besides. */
export const atMost = ({ expected: text, code, values }: Expected, most: number): Expected => ({
  expected: `${text}, at most ${most} characters`,
  ...(code !== undefined && { code, values: { ...values, most } }),
})
