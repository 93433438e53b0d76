import { describe, expect, it } from 'vitest'
import type { RegistryStore } from '../../server/registry/store.ts'
import { bring, bringLines, counts, faultsOf, files } from '../support/importing.ts'
import { memoryRegistry } from '../support/memoryRegistry.ts'

const SCHOOLS = ['School Code,School Name', '100,Alder Creek', '200,Mesa Verde']
const STUDENTS = 'Student ID,State Student ID,Last Name,First Name,Grade,School Code'
const ANA = '1,1000000001,Cruz,Ana,05,100'
const BEN = '2,1000000002,Diaz,Ben,05,100'

async function schools(...students: readonly string[]): Promise<RegistryStore> {
  const store = memoryRegistry()
  await bringLines(store, 'schools', SCHOOLS)
  if (students.length > 0) await bringLines(store, 'students', [STUDENTS, ...students])
  return store
}
const people = (store: RegistryStore) =>
  store.list('student').map(({ body: { localId, first, last, ssid } }) => `${localId} ${first} ${last} ${ssid}`)
const open = (store: RegistryStore) =>
  store
    .list('enrollment')
    .filter(({ ended, body }) => !ended && body.until === null)
    .map(({ body: { student, site, grade } }) => `${student} ${site} ${grade}`)

describe('One number is one child', () => {
  it.each([
    ['another name', '1,,Diaz,Ben,05,200'],
    ['another statewide identifier', '1,1000000002,Cruz,Ana,05,200'],
    ['another name at the same school', '1,,Diaz,Ben,05,100'],
  ])('a second line with %s is a fault that names the first, and nothing of it is written', async (_, line) => {
    const store = await schools()
    const done = await bringLines(store, 'students', [STUDENTS, ANA, line])
    expect(faultsOf(done)).toEqual([
      'students.csv:3 Student ID a number of this student alone: line 2 has it with another name or statewide identifier',
    ])
    expect([people(store), open(store)]).toEqual([['1 Ana Cruz 1000000001'], ['stu-1 site-100 05']])
  })

  it('a second line in another grade writes nothing of itself', async () => {
    const store = await schools()
    const done = await bringLines(store, 'students', [STUDENTS, ANA, '1,,Cruz,Ana María,06,100'])
    expect(done.faults).toBe(1)
    expect([people(store), open(store)]).toEqual([['1 Ana Cruz 1000000001'], ['stu-1 site-100 05']])
  })

  it('the same line again, and the same child at another school, are no fault', async () => {
    const store = await schools()
    const done = await bringLines(store, 'students', [STUDENTS, ANA, ANA, ANA.replace(/100$/, '200')])
    expect(done.faults).toBe(0)
    expect(open(store)).toEqual(['stu-1 site-100 05', 'stu-1 site-200 05'])
  })

  it('so it is in a Clever export', async () => {
    const store = memoryRegistry()
    const done = await bring(
      store,
      'clever',
      await files({
        'schools.csv': 'School_id,School_name\nA,Alder\n',
        'teachers.csv': 'School_id,Teacher_id,Last_name,First_name,Teacher_email\nA,t1,Tran,Tess,t@x.example\n',
        'sections.csv': 'School_id,Section_id,Teacher_id,Name,Term_start,Term_end\nA,s1,t1,Math,8/1/26,6/1/27\n',
        'students.csv':
          'School_id,Student_id,Student_number,Last_name,First_name,Grade,State_id\nA,a,1,Cruz,Ana,3,1000000001\nA,b,1,Diaz,Ben,3,\nA,c,1,Cruz,Ana,4,\n',
        'enrollments.csv': 'School_id,Student_id,Section_id\nA,a,s1\n',
      }),
    )
    expect(faultsOf(done)).toEqual([
      'students.csv:3 Student_number a number of this student alone: line 2 has it with another name or statewide identifier',
      'students.csv:4 Student_number each student once a school: line 2 has this one in another grade',
    ])
    expect(people(store)).toEqual(['1 Ana Cruz 1000000001'])
  })
})

describe('One statewide identifier is one child', () => {
  const taken = (line: number, whose: string) =>
    `students.csv:${line} State Student ID an identifier of this student alone: ${whose}, of another name, has it; it was not kept`

  it('given to two of one file, the first keeps it, and the second is written without', async () => {
    const store = await schools()
    expect(faultsOf(await bringLines(store, 'students', [STUDENTS, ANA, BEN.replace('1000000002', '1000000001')]))).toEqual([
      taken(3, 'line 2'),
    ])
    expect(people(store)).toEqual(['1 Ana Cruz 1000000001', '2 Ben Diaz null'])
    expect(open(store)).toHaveLength(2)
  })

  it('given to somebody when another has it already, both keep what they had, also in a file that does not name the other', async () => {
    const store = await schools(ANA, BEN)
    const wrong = BEN.replace('1000000002', '1000000001')
    expect(faultsOf(await bringLines(store, 'students', [STUDENTS, ANA, wrong]))).toEqual([taken(3, 'student 1')])
    expect(faultsOf(await bringLines(store, 'students', [STUDENTS, wrong.replace(/100$/, '200')]))).toEqual([taken(2, 'student 1')])
    expect(people(store)).toEqual(['1 Ana Cruz 1000000001', '2 Ben Diaz 1000000002'])
  })

  it('may be corrected by exchanging it, in either order of lines', async () => {
    const store = await schools(ANA, BEN)
    const lines = [ANA.replace('1000000001', '1000000002'), BEN.replace('1000000002', '1000000001')]
    expect((await bringLines(store, 'students', [STUDENTS, ...lines])).faults).toBe(0)
    expect(people(store)).toEqual(['1 Ana Cruz 1000000002', '2 Ben Diaz 1000000001'])
    expect((await bringLines(store, 'students', [STUDENTS, BEN, ANA])).faults).toBe(0)
    expect(people(store)).toEqual(['1 Ana Cruz 1000000001', '2 Ben Diaz 1000000002'])
  })

  it('that is taken back stays with its child, also when a third was to have it', async () => {
    const store = await schools(ANA, BEN, '3,1000000003,Chen,Cai,05,100')
    const done = await bringLines(store, 'students', [
      STUDENTS,
      '2,1000000001,Diaz,Ben,05,100',
      '3,1000000002,Chen,Cai,05,100',
      '1,,Cruz,Ana,05,100',
    ])
    expect(faultsOf(done)).toEqual([taken(2, 'student 1'), taken(3, 'student 2')])
    expect(people(store)).toEqual(['1 Ana Cruz 1000000001', '2 Ben Diaz 1000000002', '3 Cai Chen 1000000003'])
  })

  it('of one child with two numbers is given to both entries, however much of the name each has', async () => {
    const store = await schools(ANA)
    const done = await bringLines(store, 'students', [STUDENTS, '9,1000000001,Cruz-López,Ana María,05,200', '8,1000000001,CRÚZ,Ána,05,200'])
    expect(done.faults).toBe(0)
    expect(people(store).filter((one) => one.endsWith('1000000001'))).toHaveLength(3)
  })
})

describe('A number that changes in OneRoster', () => {
  const export_ = (users: readonly string[]) => ({
    'manifest.csv': [
      'propertyName,value',
      'manifest.version,1.0',
      'oneroster.version,1.1',
      ...['orgs', 'users', 'classes', 'courses', 'enrollments', 'academicSessions'].map((name) => `file.${name},bulk`),
    ],
    'orgs.csv': ['sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId', 'o1,,,Alder,school,100,'],
    'academicSessions.csv': [
      'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear',
      'y,,,2026-2027,schoolYear,2026-08-17,2027-06-04,,2027',
    ],
    'courses.csv': ['sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes'],
    'classes.csv': [
      'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
    ],
    'enrollments.csv': ['sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate'],
    'users.csv': [
      'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
      ...users,
    ],
  })
  const user = (id: string, first: string, last: string, number: string, ssid = '') =>
    `${id},,,true,o1,student,${id},${ssid && `{SSID:${ssid}}`},${first},${last},,${number},,,,,05,`
  const take = async (store: RegistryStore, users: readonly string[]) => bring(store, 'oneroster', await files(export_(users)))

  it('takes the statewide identifier along when two children exchange theirs', async () => {
    const store = memoryRegistry()
    const first = await take(store, [user('u1', 'Ana', 'Cruz', '1', '1000000001'), user('u2', 'Ben', 'Diaz', '2', '1000000002')])
    expect(first.report.faults).toEqual([])
    await take(store, [user('u1', 'Ana', 'Cruz', '2'), user('u2', 'Ben', 'Diaz', '1')])
    expect(people(store)).toEqual(['1 Ben Diaz 1000000002', '2 Ana Cruz 1000000001'])
  })

  it('given to two people of the staff is a fault of the second', async () => {
    const store = memoryRegistry()
    const teacher = (id: string, first: string) => user(id, first, 'Tran', 'T1').replace(',student,', ',teacher,')
    const done = await take(store, [teacher('t1', 'Tess'), teacher('t2', 'Tim'), teacher('t3', 'Tess')])
    expect(faultsOf(done)).toEqual(['users.csv:3 identifier an identifier of its own: line 2 has it with another name'])
    expect(store.list('staff').map(({ body }) => body.name)).toEqual(['Tess Tran'])
  })

  it('leaves no one of the old number enrolled, and the same file again changes nothing', async () => {
    const store = memoryRegistry()
    await take(store, [user('u1', 'Ana', 'Cruz', '1', '1000000001'), user('u2', 'Ben', 'Diaz', '2')])
    const next = [user('u1', 'Ana', 'Cruz', '9'), user('u2', 'Ben', 'Diaz', '2')]
    expect(counts(await take(store, next)).ended).toEqual({ students: 1, schoolEnrollments: 1 })
    expect(open(store)).toEqual(['stu-2 site-100 05', 'stu-9 site-100 05'])
    expect(people(store)).toEqual(['1 Ana Cruz 1000000001', '2 Ben Diaz null', '9 Ana Cruz 1000000001'])
    expect(counts(await take(store, next))).toMatchObject({ added: {}, changed: {}, ended: {} })
  })
})
