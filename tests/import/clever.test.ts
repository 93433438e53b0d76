import { join } from 'node:path'
import { expect, it } from 'vitest'
import { classesAt } from '../../server/registry/import/roster.ts'
import { bring, counts, faultsOf, files } from '../support/importing.ts'
import { memoryRegistry } from '../support/memoryRegistry.ts'

const CLEVER = join(import.meta.dirname, '../data/clever')

it('A Clever export comes in whole: bare CR, grades in words, years of two digits', async () => {
  const store = memoryRegistry()
  const done = await bring(store, 'clever', CLEVER)
  expect(done.report.faults).toEqual([])
  expect(counts(done)).toMatchObject({
    rows: { schools: 3, teachers: 27, sections: 40, students: 52, enrollments: 126 },
    added: { sites: 3, staff: 27, students: 52, schoolEnrollments: 52, classes: 40, enrollments: 126 },
  })
  expect(store.get('site', 'site-13K123')?.body.name).toBe('Pineapple Elementary School')
  expect(store.list('enrollment').filter(({ body }) => body.grade === 'KG')).toHaveLength(4)
  expect(store.list('enrollment').every(({ body }) => body.from === '2015-08-01')).toBe(true)
  expect(store.list('student').every(({ body }) => body.ssid === null)).toBe(true)
  expect(classesAt(store, new Set(store.list('site').map(({ body }) => body.id))).some(({ staff }) => staff.length > 1)).toBe(true)
})

it('The same export again changes nothing', async () => {
  const store = memoryRegistry()
  await bring(store, 'clever', CLEVER)
  expect(counts(await bring(store, 'clever', CLEVER))).toMatchObject({ added: {}, changed: {}, ended: {} })
})

const small = {
  'schools.csv': 'School_id,School_name\rA,Alder\r',
  'teachers.csv': 'School_id,Teacher_id,Last_name,First_name,Teacher_email\rA,t1,Tran,Tess,t@x.example\rA,t2,Toro,Tim,t@x.example\r',
  'sections.csv': 'School_id,Section_id,Teacher_id,Teacher_2_id,Name,Term_start,Term_end\rA,s1,t1,t2,Math,8/1/26,6/1/27\r',
  'students.csv': 'School_id,Student_id,Last_name,First_name,Grade,State_id\rA,1,Cruz,Ana,Kindergarten,1000000001\rA,2,Diaz,Ben,3,\r',
  'enrollments.csv': 'School_id,Student_id,Section_id\rA,1,s1\rA,2,s1\r',
}

it('Who is missing from the next export has left; who shares an address with somebody is still two people', async () => {
  const store = memoryRegistry()
  await bring(store, 'clever', await files(small))
  expect(store.list('staff').map(({ body }) => body.name)).toEqual(['Tess Tran', 'Tim Toro'])
  expect(store.get('student', 'stu-1')?.body.ssid).toBe('1000000001')
  const done = await bring(
    store,
    'clever',
    await files({
      ...small,
      'students.csv': small['students.csv'].replace(/A,2.*\r/, ''),
      'enrollments.csv': small['enrollments.csv'].replace('A,2,s1\r', ''),
    }),
  )
  expect(counts(done)).toMatchObject({ ended: { students: 1, schoolEnrollments: 1, enrollments: 1 }, changed: { classes: 1 } })
  expect(classesAt(store, new Set(store.list('site').map(({ body }) => body.id)))[0]?.students).toEqual(['stu-1'])
})

it('Ids of any length become ids that fit', async () => {
  const long = 'x'.repeat(150)
  const store = memoryRegistry()
  const contents = Object.fromEntries(
    Object.entries(small).map(([name, text]) => [
      name,
      text
        .replaceAll('s1', `s${long}`)
        .replaceAll(/\bA\b/g, `Ä ${long}`)
        .replaceAll(/\bt1\b/g, `t/${long}`),
    ]),
  )
  const done = await bring(store, 'clever', await files(contents))
  expect(done.report.faults).toEqual([])
  expect(counts(done).added).toMatchObject({ sites: 1, staff: 2, students: 2, classes: 1, enrollments: 2 })
  expect(store.list('site')[0]?.id).toMatch(/^site_[0-9a-f]{24}$/)
})

it('A reference to nobody is a fault with its place', async () => {
  const done = await bring(
    memoryRegistry(),
    'clever',
    await files({ ...small, 'enrollments.csv': 'School_id,Student_id,Section_id\rA,9,s1\rA,1,s9\r' }),
  )
  expect(faultsOf(done)).toEqual([
    'enrollments.csv:2 Student_id the Student_id of a student in students.csv',
    'enrollments.csv:3 Section_id the Section_id of a section in sections.csv',
  ])
})

it('A Clever export without one of its files is refused by name', async () => {
  const { 'sections.csv': _sections, ...others } = small
  const done = await bring(memoryRegistry(), 'clever', await files(others))
  expect([done.outcome, done.report.faults[0]?.expected]).toEqual(['refused', 'the five files of a Clever export: sections.csv not found'])
})
