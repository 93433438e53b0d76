import { describe, expect, it } from 'vitest'
import type { RegistryStore } from '../../server/registry/store.ts'
import { bring, bringLines, counts, faultsOf, files } from '../support/importing.ts'
import { memoryRegistry } from '../support/memoryRegistry.ts'

const STUDENTS = 'Student ID,State Student ID,Last Name,First Name,Birthdate,Gender,Grade,School Code'
const SCHOOLS = [
  'School Code,School Name,CDS District,CDS School,School Type',
  '100,Alder Creek,9970001,9000011,regular',
  '200,Mesa Verde,9970001,9000048,regular',
]
const CODES = ['Code,Description,Kind', 'U,Unexcused,unexcused', 'I,Illness,excused', 'T,Tardy,partialDay']
const ABSENCES = 'Student ID,School Code,Date,All Day Code,Description'
const ana = '1,1000000001,Cruz,Ana,2015-01-01,F,05,100'
const ben = '2,,Diaz,Ben,2015-01-01,M,05,100'
const cai = '3,1000000003,Chen,Cai,2013-01-01,M,07,200'

async function twoSchools(): Promise<RegistryStore> {
  const store = memoryRegistry()
  await bringLines(store, 'schools', SCHOOLS)
  await bringLines(store, 'students', [STUDENTS, ana, ben, cai])
  await bringLines(store, 'codes', CODES)
  return store
}
const places = (store: RegistryStore, student: string): string[] =>
  store
    .list('enrollment')
    .filter(({ body, ended }) => body.student === `stu-${student}` && !ended)
    .map(({ body: { site, grade, from, until } }) => `${site} ${grade} ${from} ${until}`)
    .sort()

describe('A student', () => {
  it('who is no longer in the file of a school has left it today, and the past stays', async () => {
    const store = await twoSchools()
    const done = await bringLines(store, 'students', [STUDENTS, ana, cai], { today: '2026-12-01' })
    expect(counts(done).ended).toEqual({ students: 1, schoolEnrollments: 1 })
    expect(store.get('student', 'stu-2')).toMatchObject({ ended: false, body: { last: 'Diaz' } })
    expect(places(store, '2')).toEqual(['site-100 05 2026-07-01 2026-12-01'])
  })

  it('of a school the file does not name stays', async () => {
    const store = await twoSchools()
    const done = await bringLines(store, 'students', [STUDENTS, ana, ben])
    expect(counts(done).ended).toEqual({})
    expect(places(store, '3')).toEqual(['site-200 07 2026-07-01 null'])
  })

  it('who comes back begins again that day', async () => {
    const store = await twoSchools()
    await bringLines(store, 'students', [STUDENTS, ana, cai], { today: '2026-10-01' })
    await bringLines(store, 'students', [STUDENTS, ana, ben, cai], { today: '2026-12-01' })
    expect(store.get('student', 'stu-2')?.ended).toBe(false)
    expect(places(store, '2')).toEqual(['site-100 05 2026-07-01 2026-10-01', 'site-100 05 2026-12-01 null'])
  })

  it('left out by mistake and put back the same day never left', async () => {
    const store = await twoSchools()
    await bringLines(store, 'students', [STUDENTS, ana, cai])
    await bringLines(store, 'students', [STUDENTS, ana, ben, cai])
    expect(places(store, '2')).toEqual(['site-100 05 2026-07-01 null'])
  })

  it('who changes school is at the one until today, and at the other from today', async () => {
    const store = await twoSchools()
    await bringLines(store, 'students', [STUDENTS, ana.replace('05,100', '06,200'), ben, cai], { today: '2026-12-01' })
    expect(places(store, '1')).toEqual(['site-100 05 2026-07-01 2026-12-01', 'site-200 06 2026-12-01 null'])
  })

  it('whose grade is corrected in the year had it all year; in a new year it begins with the year', async () => {
    const store = await twoSchools()
    await bringLines(store, 'students', [STUDENTS, ana.replace(',05,', ',04,'), ben, cai], { today: '2026-12-01' })
    expect(places(store, '1')).toEqual(['site-100 04 2026-07-01 null'])
    await bringLines(store, 'students', [STUDENTS, ana, ben, cai], { today: '2027-08-20' })
    expect(places(store, '1')).toEqual(['site-100 04 2026-07-01 2027-07-01', 'site-100 05 2027-07-01 null'])
  })

  it('in a row with a fault is passed over, and not taken for one who left', async () => {
    const store = await twoSchools()
    const done = await bringLines(store, 'students', [STUDENTS, ana.replace('1000000001', '12345'), ben.replace(',05,', ',PK,'), cai])
    expect(faultsOf(done).map((fault) => fault.slice(0, 40))).toEqual([
      'students.csv:2 State Student ID 10 digit',
      'students.csv:3 Grade a grade from TK to ',
    ])
    expect(counts(done).ended).toEqual({})
    expect(store.get('student', 'stu-1')?.body.ssid).toBe('1000000001')
  })

  it('whose statewide identifier is blank for once keeps the one that is known', async () => {
    const store = await twoSchools()
    await bringLines(store, 'students', [STUDENTS, ana.replace('1000000001', ''), ben, cai])
    expect(store.get('student', 'stu-1')?.body.ssid).toBe('1000000001')
  })
})

it('Two schools with one state code are named, because the state takes them for one', async () => {
  const { notes } = await bringLines(
    memoryRegistry(),
    'schools',
    SCHOOLS.map((line) => line.replace('9000048', '9000011')),
  )
  expect(notes.at(-1)).toBe(
    'Alder Creek (100), Mesa Verde (200) have one state code, 9000011: for the state they are one school, and a student’s days at all of them are one record.',
  )
  expect((await bringLines(memoryRegistry(), 'schools', SCHOOLS)).notes.join()).not.toContain('one state code')
})

it('When a row does not say whom it is about, nobody is taken for missing', async () => {
  const store = await twoSchools()
  const done = await bringLines(store, 'students', [STUDENTS, ana, ben.replace('2,', ','), cai])
  expect(faultsOf(done)).toHaveLength(1)
  expect(counts(done).ended).toEqual({})
})

it('A file without rows ends nobody', async () => {
  const store = await twoSchools()
  expect(counts(await bringLines(store, 'students', [STUDENTS]))).toEqual({
    rows: { students: 0 },
    added: {},
    changed: {},
    unchanged: {},
    ended: {},
  })
  expect(counts(await bringLines(store, 'schools', SCHOOLS.slice(0, 1))).ended).toEqual({})
  expect(counts(await bringLines(store, 'codes', CODES.slice(0, 1))).ended).toEqual({})
})

it('A faulty row never holds up the good ones, unless all or nothing was asked for', async () => {
  const lines = [STUDENTS, ana, ben.replace('Diaz', ''), cai]
  const store = memoryRegistry()
  await bringLines(store, 'schools', SCHOOLS)
  const withheld = await bringLines(store, 'students', lines, { allOrNothing: true })
  expect([withheld.outcome, withheld.faults, store.list('student').length]).toEqual(['withheld', 1, 0])
  const done = await bringLines(store, 'students', lines)
  expect([done.outcome, done.faults, store.list('student').length]).toEqual(['committed', 1, 2])
})

describe('Absences', () => {
  const rows = ['1,100,09/08/2026,U,', '2,100,2026-09-09,I,', '2,100,09/15/2026,T,']
  it('take what they are from the code table', async () => {
    const store = await twoSchools()
    expect(counts(await bringLines(store, 'absences', [ABSENCES, ...rows])).added).toEqual({ absences: 3 })
    expect(store.list('absence').map(({ body: { student, on, kind, code } }) => `${student} ${on} ${kind} ${code}`)).toEqual([
      'stu-1 2026-09-08 unexcused U',
      'stu-2 2026-09-09 excused I',
      'stu-2 2026-09-15 partialDay T',
    ])
  })

  it('that the school took back end; those outside the dates and schools of the file stay', async () => {
    const store = await twoSchools()
    await bringLines(store, 'absences', [ABSENCES, ...rows, '3,200,09/09/2026,U,', '1,100,10/01/2026,U,'])
    const done = await bringLines(store, 'absences', [ABSENCES, rows[0] ?? '', rows[2] ?? ''])
    expect(counts(done)).toMatchObject({ unchanged: { absences: 2 }, ended: { absences: 1 }, added: {} })
    expect(
      store
        .list('absence')
        .filter(({ ended }) => ended)
        .map(({ body }) => body.on),
    ).toEqual(['2026-09-09'])
  })

  it('stay on a day of which a row does not say whose it is, and that is said; on other days they end', async () => {
    const store = await twoSchools()
    await bringLines(store, 'absences', [ABSENCES, ...rows, '3,200,09/09/2026,U,', '1,100,09/09/2026,U,', '1,200,09/15/2026,U,'])
    const done = await bringLines(store, 'absences', [
      ABSENCES,
      '99,100,09/09/2026,U,',
      rows[0] ?? '',
      rows[2] ?? '',
      '3,200,09/09/2026,U,',
    ])
    expect(
      store
        .list('absence')
        .filter(({ ended }) => ended)
        .map(({ body }) => `${body.site} ${body.on}`),
    ).toEqual(['site-200 2026-09-15'])
    expect(done.report.notes).toEqual([
      '2 absences that are not in the file were kept, because rows with faults do not say whose they are: Alder Creek (2026-09-09). Put those rows right and import the file again.',
    ])
    expect(done.notes).toEqual(done.report.notes)
  })

  it('listed twice alike are one; twice with different codes are a fault, and the first stands', async () => {
    const store = await twoSchools()
    const done = await bringLines(store, 'absences', [ABSENCES, rows[0] ?? '', rows[0] ?? '', '1,100,9/8/2026,I,'])
    expect(counts(done)).toMatchObject({ rows: { absences: 3 }, added: { absences: 1 } })
    expect(faultsOf(done)).toEqual(['absences.csv:4 All Day Code one code a day: line 2 has U for this student on this date'])
    expect(store.list('absence')[0]?.body.code).toBe('U')
  })

  it('with a code, a student or a school that nobody knows are faults that say what to do', async () => {
    const done = await bringLines(await twoSchools(), 'absences', [
      ABSENCES,
      '1,100,09/08/2026,XZ,',
      '9,100,09/08/2026,U,',
      '1,999,09/08/2026,U,',
      '1,100,09/31/2026,U,',
    ])
    expect(faultsOf(done)).toEqual([
      'absences.csv:2 All Day Code a code of the code table: add it there, with what it stands for',
      'absences.csv:3 Student ID the number of a student who is known, with its leading zeros: import the students first',
      'absences.csv:4 School Code the code of a school that is known: import the schools first, or correct the code',
      'absences.csv:5 Date a date that exists, MM/DD/YYYY or YYYY-MM-DD',
    ])
  })

  it('take a new kind when the code table is corrected', async () => {
    const store = await twoSchools()
    await bringLines(store, 'absences', [ABSENCES, ...rows])
    const done = await bringLines(store, 'codes', [...CODES.slice(0, 3), 'T,Tardy,suspension'])
    expect(counts(done)).toMatchObject({ changed: { codes: 1, absences: 1 } })
    expect(store.list('absence').map(({ body }) => body.kind)).toEqual(['unexcused', 'excused', 'suspension'])
  })
})

describe('A calendar', () => {
  const header = 'School Code,First Day,Last Day,Start,Dismissal,Time Zone,No School'
  it('replaces its own school year and no other, and leaves weekends out', async () => {
    const store = await twoSchools()
    await bringLines(store, 'calendar', [header, '100,08/17/2026,06/04/2027,08:15,14:30,America/Los_Angeles,09/07/2026;09/05/2026'])
    await bringLines(store, 'calendar', [header, '100,08/16/2027,06/02/2028,8:15 AM,2:30 PM,,'])
    const done = await bringLines(store, 'calendar', [header, '100,08/18/2026,06/04/2027,08:15,14:35,,11/11/2026; 09/07/2026'])
    expect(counts(done)).toMatchObject({ added: {}, changed: { calendar: 1, sites: 1 } })
    expect(store.get('site', 'site-100')?.body.years).toEqual([
      { first: '2026-08-18', last: '2027-06-04', day: { from: '08:15', until: '14:35' }, noSchool: ['2026-09-07', '2026-11-11'] },
      { first: '2027-08-16', last: '2028-06-02', day: { from: '08:15', until: '14:30' }, noSchool: [] },
    ])
  })
})

describe('A OneRoster delta', () => {
  const head = 'sourcedId,status,dateLastModified'
  const bulk = {
    'orgs.csv': [
      `${head},name,type,identifier,parentSourcedId`,
      'd,,,Willow,district,,',
      's1,,,Alder,school,100,d',
      's2,,,Mesa,school,200,d',
    ],
    'users.csv': [
      `${head},enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password`,
      't,,,true,s1,teacher,t,,Tess,Tran,,T1,t@x.example,,,,,',
      'u1,,,true,s1,student,u1,{SSID:1000000001},Ana,Cruz,,1,,,,,05,',
      'u2,,,true,"s1,s2",student,u2,{Other:9},Ben,Diaz,,2,,,,,Fifth,',
      'm,,,true,s1,guardian,m,,Mara,Cruz,,,,,,,,',
    ],
    'classes.csv': [`${head},title,schoolSourcedId,location,termSourcedIds`, 'c1,,,Math,s1,Room 4,'],
    'enrollments.csv': [
      `${head},classSourcedId,schoolSourcedId,userSourcedId,role,endDate`,
      'e0,,,c1,s1,t,teacher,',
      'e1,,,c1,s1,u1,student,',
      'e2,,,c1,s1,u2,student,2026-10-01',
    ],
  }
  const manifest = (mode: string, ...tables: string[]) => [
    'propertyName,value',
    'manifest.version,1.0',
    'oneroster.version,1.1',
    ...tables.map((table) => `file.${table},${mode}`),
  ]
  async function start(): Promise<RegistryStore> {
    const store = memoryRegistry()
    const done = await bring(
      store,
      'oneroster',
      await files({ ...bulk, 'manifest.csv': manifest('bulk', 'orgs', 'users', 'classes', 'enrollments') }),
    )
    expect(done.report.faults).toEqual([])
    return store
  }
  const roster = (store: RegistryStore) => store.sources('class').map(({ body }) => (body as { students: string[] }).students)

  it('begins from a whole export: a student at two schools, a guardian counted, a place in a class that is over', async () => {
    const store = await start()
    expect(store.list('student').map(({ body }) => [body.localId, body.ssid])).toEqual([
      ['1', '1000000001'],
      ['2', null],
    ])
    expect(places(store, '2')).toEqual(['site-100 05 2026-07-01 null', 'site-200 05 2026-07-01 null'])
    expect(roster(store)).toEqual([['stu-1']])
  })

  it('withdraws who is to be deleted, and leaves everybody it does not name', async () => {
    const store = await start()
    const [header = ''] = bulk['users.csv']
    const path = await files({
      'manifest.csv': manifest('delta', 'users', 'enrollments'),
      'users.csv': [header, 'u1,tobedeleted,2026-11-20,,,,,,,,,,,,,,,'],
      'enrollments.csv': [bulk['enrollments.csv'][0] ?? '', 'e1,tobedeleted,2026-11-20,,,,,', 'e3,active,2026-11-20,c1,s1,u2,student,'],
    })
    const done = await bring(store, 'oneroster', path)
    expect(done.report.faults).toEqual([])
    expect(counts(done)).toMatchObject({
      added: { enrollments: 1 },
      ended: { students: 1, schoolEnrollments: 1, enrollments: 1 },
      changed: { classes: 1 },
    })
    expect(places(store, '1')).toEqual(['site-100 05 2026-07-01 2026-11-20'])
    expect(roster(store)).toEqual([['stu-2']])
  })

  it('and the next whole export ends what it no longer has, with its history', async () => {
    const store = await start()
    const [header = '', teacher = '', ana = ''] = bulk['users.csv']
    const path = await files({
      'manifest.csv': manifest('bulk', 'orgs', 'users', 'classes', 'enrollments'),
      'orgs.csv': bulk['orgs.csv'].slice(0, 3),
      'users.csv': [header, ana.replace('true', 'false'), 't2,,,true,s1,teacher,t,,Tess,Tran,,T1,t@x.example,,,,,'],
      'classes.csv': bulk['classes.csv'],
      'enrollments.csv': bulk['enrollments.csv'].slice(0, 1).concat('e9,,,c1,s1,t2,teacher,'),
    })
    const done = await bring(store, 'oneroster', path)
    expect(done.report.faults).toEqual([])
    expect(counts(done).ended).toEqual({ students: 2, schoolEnrollments: 3, enrollments: 3 })
    expect(store.get('site', 'site-200')).toMatchObject({ ended: false, body: { name: 'Mesa' } })
    expect(done.notes).toEqual(['A school that was in an earlier file is not in this one. Schools are kept, with their history.'])
    // The teacher was only given another sourcedId.
    expect(store.get('staff', 'staff-T1')?.body.sites).toEqual(['site-100'])
    expect(teacher).toContain('T1')
  })
})

it('A teacher who left is at no site any more, and the time under that teacher still counts as certificated', async () => {
  const head = 'School_id,Teacher_id,Last_name,First_name'
  const all = {
    'schools.csv': 'School_id,School_name\nA,Alder\n',
    'sections.csv': 'School_id,Section_id,Teacher_id\nA,s1,t1\n',
    'students.csv': 'School_id,Student_id,Last_name,First_name,Grade\nA,1,Cruz,Ana,5\n',
    'enrollments.csv': 'Student_id,Section_id\n1,s1\n',
  }
  const store = memoryRegistry()
  await bring(store, 'clever', await files({ ...all, 'teachers.csv': [head, 'A,t1,Tran,Tess', 'A,t2,Toro,Tim'] }))
  const done = await bring(store, 'clever', await files({ ...all, 'teachers.csv': [head, 'A,t1,Tran,Tess'] }))
  expect(counts(done).ended).toEqual({ staff: 1 })
  expect(store.get('staff', 'staff-t2')).toMatchObject({ ended: false, body: { name: 'Tim Toro', certificated: true, sites: [] } })
})

it('Schools missing from a whole list stay, and it is said; a person keeps what a person entered', async () => {
  const store = await twoSchools()
  const student = store.get('student', 'stu-1')
  if (!student) throw new Error('Ana is there')
  store.apply([{ kind: 'student', id: student.id, ended: false, body: { ...student.body, iepMinutes: 180, setting: 'nonclassroom' } }])
  const done = await bringLines(store, 'schools', SCHOOLS.slice(0, 2))
  expect([counts(done).ended, done.notes.length]).toEqual([{}, 1])
  await bringLines(store, 'schools', SCHOOLS)
  await bringLines(store, 'students', [STUDENTS, ana, ben, cai])
  expect(store.get('site', 'site-200')?.ended).toBe(false)
  expect(store.get('student', 'stu-1')?.body).toMatchObject({ iepMinutes: 180, setting: 'nonclassroom' })
})
