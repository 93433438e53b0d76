import { groupBy } from '../../../../shared/report/recovered.ts'
import { noteMissingSites, tellsMissing } from '../ends.ts'
import { cdsOf, schoolTypeOf } from '../values.ts'
import { fileAlone } from '../read/entries.ts'
import type { Plan } from '../plan.ts'
import type { Work } from '../source.ts'

/** The schools of the student information system: names, state codes and types, by school code. */
export async function readSchools(work: Work): Promise<void> {
  const { plan, directory, faults } = work
  const table = work.table('schools', fileAlone(work.input, ['schools']), {
    required: ['School Code', 'School Name'],
    optional: ['CDS District', 'CDS School', 'School Type'],
  })
  const named = new Map<string, number>()
  const districts = new Set<string>()
  for await (const row of table.rows) {
    const code = row.text('School Code', 'schoolCode')
    if (code === undefined) {
      table.notWhole()
      continue
    }
    const before = named.get(code)
    if (before !== undefined) {
      row.fault('School Code', 'schoolOnce', { line: before })
      continue
    }
    named.set(code, row.line)
    const found = faults.count()
    const name = row.text('School Name', 'schoolName')
    const type = row.take('School Type', schoolTypeOf, 'schoolType')
    const district = row.take('CDS District', cdsOf, 'cds')
    const school = row.take('CDS School', cdsOf, 'cds')
    if (faults.count() > found || name === undefined || !type || !district || !school) continue
    if ((district.code === null) !== (school.code === null)) {
      row.fault(school.code === null ? 'CDS School' : 'CDS District', 'bothCodes')
      continue
    }
    if (district.code !== null) districts.add(district.code)
    directory.putSite({
      code,
      name,
      type,
      ...(district.code !== null && school.code !== null ? { cds: { district: district.code, school: school.code } } : {}),
    })
    plan.putSource('sis.school', code, { code })
  }
  const [lea, another] = districts
  if (lea !== undefined && another === undefined) directory.nameDistrict(directory.district().name, lea)
  noteSharedCodes(plan, new Set(named.keys()))
  if (tellsMissing(table)) noteMissingSites(plan, 'sis.school', new Set(named.keys()))
}

/** Says which sites of the file have the state code of another: the state takes one record of a student for both. */
function noteSharedCodes(plan: Plan, named: ReadonlySet<string>): void {
  const sites = [...plan.list('site').values()].flatMap(({ ended, body }) =>
    ended || body.cds === null ? [] : [{ ...body, cds: body.cds }],
  )
  for (const [code, own] of groupBy(sites, ({ cds }) => cds.school)) {
    if (own.length < 2 || !own.some((site) => named.has(site.code))) continue
    const names = own.map((site) => `${site.name} (${site.code})`).join(', ')
    plan.note(
      `${names} have one state code, ${code}: for the state they are one school, and a student’s days at all of them are one record.`,
    )
  }
}
