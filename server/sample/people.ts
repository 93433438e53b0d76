/** The sample district's schools, staff, students, enrollments and absences, from the files beside this one. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { AbsenceKind, Grade, Staff } from '../../shared/registry.ts'
import type { LocalTime, SchoolDate } from '../../shared/time.ts'
import { siteId, stableId, staffId, studentId } from '../registry/import/ids.ts'
import type { RegistryChange } from '../registry/store.ts'

type Row = Readonly<Record<string, string>>
const rowsOf = (file: string): Row[] =>
  parse(readFileSync(join(import.meta.dirname, 'district', file)), { columns: true, bom: true, skip_empty_lines: true }) as Row[]

const isoDate = (american: string): SchoolDate => {
  const [month, day, year] = american.split('/')
  return `${year}-${month}-${day}` as SchoolDate
}

/** The records the files hold, as an import of them would make them. */
export function samplePeople(): RegistryChange[] {
  const changes: RegistryChange[] = []
  const calendars = new Map(rowsOf('sis/calendar.csv').map((row) => [row['School Code'], row]))
  const starts = new Map<string, SchoolDate>()
  for (const row of rowsOf('sis/schools.csv')) {
    const code = row['School Code'] ?? ''
    const calendar = calendars.get(code)
    const first = isoDate(calendar?.['First Day'] ?? '')
    starts.set(code, first)
    const year = {
      first,
      last: isoDate(calendar?.['Last Day'] ?? ''),
      day: { from: calendar?.['Start'] as LocalTime, until: calendar?.['Dismissal'] as LocalTime },
      noSchool: (calendar?.['No School'] ?? '').split(';').map(isoDate),
    }
    const id = siteId(code)
    const cds = { district: row['CDS District'] ?? '', school: row['CDS School'] ?? '' }
    const body = { id, name: row['School Name'] ?? '', code, cds, type: 'regular' as const, zone: calendar?.['Time Zone'] ?? '', years: [year] }
    changes.push({ kind: 'site', id, ended: false, body })
  }
  const schools = new Map(rowsOf('oneroster/orgs.csv').map((row) => [row['sourcedId'], row['identifier'] ?? '']))
  for (const row of rowsOf('oneroster/users.csv')) {
    if (row['role'] !== 'teacher' && row['role'] !== 'aide') continue
    const id = staffId(row['identifier'] ?? '')
    const sites = (row['orgSourcedIds'] ?? '').split(',').map((org) => siteId(schools.get(org) ?? ''))
    const certificated = row['role'] === 'teacher'
    const name = `${row['givenName']} ${row['familyName']}`
    const body: Staff = { id, name, email: row['email'] ?? '', sites, title: certificated ? 'Teacher' : 'Aide', certificated, employee: true }
    changes.push({ kind: 'staff', id, ended: false, body })
  }
  for (const row of rowsOf('sis/students.csv')) {
    const id = studentId(row['Student ID'] ?? '')
    const code = row['School Code'] ?? ''
    const from = starts.get(code)
    if (from === undefined) continue
    const named = { localId: row['Student ID'] ?? '', ssid: row['State Student ID'] || null, first: row['First Name'] ?? '', last: row['Last Name'] ?? '' }
    changes.push({ kind: 'student', id, ended: false, body: { id, ...named, iepMinutes: null, setting: 'classroom', independentStudy: [] } })
    const enrollment = stableId('enr', `${id}-${siteId(code)}-${from}`)
    const grade = row['Grade'] as Grade
    changes.push({ kind: 'enrollment', id: enrollment, ended: false, body: { id: enrollment, student: id, site: siteId(code), grade, from, until: null } })
  }
  const kinds = new Map(rowsOf('sis/attendance-codes.csv').map((row) => [row['Code'], row['Kind'] as AbsenceKind]))
  for (const row of rowsOf('sis/absences.csv')) {
    const kind = kinds.get(row['All Day Code'] ?? '')
    if (kind === undefined) continue
    const student = studentId(row['Student ID'] ?? '')
    const on = isoDate(row['Date'] ?? '')
    const id = stableId('abs', `${student}-${row['School Code']}-${on}`)
    const body = { id, student, site: siteId(row['School Code'] ?? ''), on, kind, code: row['All Day Code'] ?? '' }
    changes.push({ kind: 'absence', id, ended: false, body })
  }
  return changes
}
