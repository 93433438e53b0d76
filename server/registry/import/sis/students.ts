import type { SiteId, StudentId } from '../../../../shared/ids.ts'
import type { Grade } from '../../../../shared/registry.ts'
import { enroll, yearBeginsAt } from '../enroll.ts'
import type { Roll } from '../enroll.ts'
import { fileAlone } from '../read/entries.ts'
import { openRepeats } from '../repeats.ts'
import type { Work } from '../source.ts'
import { gradeOf, ssidOf } from '../values.ts'
import { schoolOf } from './schoolOf.ts'

/**
 * The students of the student information system, one row for each school a student is at. A snapshot of the schools it names: who was
 * there and is not in it has left. Birth date and gender are passed over: nothing here needs them.
 */
export async function readStudents(work: Work): Promise<void> {
  const { plan, directory } = work
  const entry = fileAlone(work.input, ['students'])
  const table = work.table('students', entry, {
    required: ['Student ID', 'Last Name', 'First Name', 'Grade', 'School Code'],
    optional: ['State Student ID'],
  })
  const roll: Roll = new Map()
  const named = new Set<StudentId>()
  const covers = new Set<SiteId>()
  const lines = new Map<string, number>()
  const repeats = openRepeats()
  const report = work.ssidFault(entry, 'State Student ID')
  const empty = !directory.hasSites()
  let without = 0
  for await (const row of table.rows) {
    const localId = row.text('Student ID', 'studentNumber')
    if (localId === undefined) {
      table.notWhole()
      continue
    }
    const known = directory.student(localId)
    if (known) named.add(known)
    const site = schoolOf(row, directory, empty)
    if (site) covers.add(site)
    const ssid = row.take('State Student ID', ssidOf, 'ssid')
    const last = row.text('Last Name', 'familyName')
    const first = row.text('First Name', 'givenName')
    const grade = row.take('Grade', gradeOf, 'grade')
    if (site === undefined || !ssid || last === undefined || first === undefined || !grade) continue
    const other = repeats.other(localId, { line: row.line, first, last, ssid: ssid.ssid })
    if (other !== undefined) {
      row.fault('Student ID', 'numberAlone', { line: other })
      continue
    }
    const before = lines.get(`${localId} ${site}`)
    const sites = (known && roll.get(known)) ?? new Map<SiteId, Grade>()
    if (before !== undefined && sites.get(site) !== grade) {
      row.fault('Student ID', 'studentOnce', { line: before })
      continue
    }
    const student = directory.putStudent({ localId, first, last, ssid: ssid.ssid, at: { line: row.line, report } })
    lines.set(`${localId} ${site}`, row.line)
    roll.set(student, sites.set(site, grade))
    if (ssid.ssid === null) without += 1
  }
  if (without > 0) plan.note(`${without} ${without === 1 ? 'student has' : 'students have'} no statewide identifier in the file.`)
  enroll(plan, roll, {
    covers: table.isWhole() ? covers : new Set(),
    tellsAll: false,
    named,
    yearBegins: (site) => yearBeginsAt(plan, site),
  })
}
