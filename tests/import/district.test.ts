import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../server/log/openDatabase.ts'
import { openLog } from '../../server/log/log.ts'
import { beginChain } from '../../server/log/serverChain.ts'
import { classesAt } from '../../server/registry/import/roster.ts'
import { sqliteStore } from '../../server/registry/sqliteStore.ts'
import type { RegistryStore } from '../../server/registry/store.ts'
import type { ImportSource } from '../../shared/api/registry.ts'
import type { SiteId } from '../../shared/ids.ts'
import { RECORD_SCHEMAS } from '../../shared/registry.ts'
import type { RecordKind } from '../../shared/registry.ts'
import { instant } from '../../shared/time.ts'
import { bring, counts, DISTRICT, files, folder } from '../support/importing.ts'
import { memoryRegistry } from '../support/memoryRegistry.ts'
import { zipOf } from '../support/zip.ts'

const SOURCES: readonly (readonly [ImportSource, string])[] = [
  ['oneroster', 'oneroster'],
  ['schools', 'sis/schools.csv'],
  ['students', 'sis/students.csv'],
  ['codes', 'sis/attendance-codes.csv'],
  ['calendar', 'sis/calendar.csv'],
  ['absences', 'sis/absences.csv'],
]
const KINDS: readonly RecordKind[] = ['district', 'site', 'staff', 'student', 'enrollment', 'absence']
const ROWS = { orgs: 3, academicSessions: 3, courses: 7, users: 418, classes: 80, enrollments: 2080, demographics: 400 }

async function bringAll(store: RegistryStore, sources = SOURCES): Promise<void> {
  for (const [source, file] of sources)
    expect(await bring(store, source, join(DISTRICT, file))).toMatchObject({ outcome: 'committed', faults: 0 })
}

function sqlite(): RegistryStore {
  let id = 0
  const log = openLog(openDatabase(folder()), { now: () => instant(0), newId: () => `id-${id++}`, random: (bytes) => Buffer.alloc(bytes) })
  beginChain(log)
  return sqliteStore(log)
}

describe.each([
  ['in memory', memoryRegistry],
  ['in SQLite', sqlite],
])('A district of 400 students, %s', (_name, open) => {
  it('comes in whole from a OneRoster export', async () => {
    const done = await bring(open(), 'oneroster', join(DISTRICT, 'oneroster'))
    expect(done.report.faults).toEqual([])
    expect(counts(done)).toEqual({
      rows: ROWS,
      added: {
        district: 1,
        sites: 2,
        students: 400,
        staff: 18,
        schoolEnrollments: 400,
        academicSessions: 3,
        courses: 7,
        classes: 80,
        enrollments: 2080,
      },
      changed: {},
      unchanged: {},
      ended: {},
    })
  })

  it('changes nothing when the same files come again', async () => {
    const store = open()
    await bringAll(store)
    const before = JSON.stringify(KINDS.map((kind) => store.list(kind)))
    for (const [source, file] of SOURCES) {
      const { added, changed, ended, unchanged } = counts(await bring(store, source, join(DISTRICT, file)))
      expect({ source, added, changed, ended }).toEqual({ source, added: {}, changed: {}, ended: {} })
      expect(Object.keys(unchanged).length).toBeGreaterThan(0)
    }
    expect(JSON.stringify(KINDS.map((kind) => store.list(kind)))).toBe(before)
  })

  it('keeps every record as a device will read it', async () => {
    const store = open()
    await bringAll(store)
    for (const kind of KINDS) {
      expect(store.list(kind).length).toBeGreaterThan(0)
      for (const { id, body } of store.list(kind)) {
        expect(id.length).toBeLessThanOrEqual(64)
        expect(RECORD_SCHEMAS[kind].safeParse(body).error).toBeUndefined()
      }
    }
  })
})

it('A preview writes nothing', async () => {
  const store = memoryRegistry()
  const done = await bring(store, 'oneroster', join(DISTRICT, 'oneroster'), { commit: false })
  expect(done.outcome).toBe('previewed')
  expect(done.report.added['students']).toBe(400)
  expect([store.writes(), store.list('student').length, store.sources('class').length]).toEqual([0, 0, 0])
})

it('Extracts before the roster and after it meet in the same records', async () => {
  const [one, other] = [memoryRegistry(), memoryRegistry()]
  await bringAll(one)
  const order = ['calendar', 'students', 'codes', 'absences', 'schools', 'oneroster']
  await bringAll(
    other,
    [...SOURCES].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)),
  )
  const people = (store: RegistryStore): unknown =>
    (['district', 'site', 'staff', 'student', 'absence'] as const).map((kind) =>
      store.list(kind).map(({ id, ended, body }) => ({ id, ended, body })),
    )
  expect(people(other)).toEqual(people(one))
  const places = (store: RegistryStore): unknown =>
    store.list('enrollment').map(({ body: { student, site, grade, until } }) => ({ student, site, grade, until }))
  expect(places(other)).toEqual(places(one))
})

it('A zip gives what its folder gives, also with the files in a folder inside', async () => {
  const parts = Object.keys({ manifest: 0, ...ROWS }).map((name) => ({
    name: `${name}.csv`,
    content: readFileSync(join(DISTRICT, 'oneroster', `${name}.csv`)),
  }))
  const bare = await files({ 'roster.zip': zipOf(parts) })
  const nested = await files({
    'roster.zip': zipOf([
      { name: 'Export 2026/', content: '', method: 0 },
      ...parts.map(({ name, content }) => ({ name: `Export 2026/${name}`, content })),
      { name: '__MACOSX/Export 2026/._orgs.csv', content: 'x' },
    ]),
  })
  const expected = counts(await bring(memoryRegistry(), 'oneroster', join(DISTRICT, 'oneroster')))
  for (const path of [join(bare, 'roster.zip'), join(nested, 'roster.zip'), nested]) {
    expect(counts(await bring(memoryRegistry(), 'oneroster', path))).toEqual(expected)
  }
})

it('Sites know their state codes, types and school days; the district its own code', async () => {
  const store = memoryRegistry()
  await bringAll(store)
  expect(store.get('district', 'district')?.body).toEqual({
    name: 'Willow Valley Unified School District',
    zone: 'America/Los_Angeles',
    lea: '9970001',
    sample: false,
  })
  const site = store.get('site', 'site-201')?.body
  expect(site).toMatchObject({
    name: 'Mesa Verde Middle School',
    code: '201',
    cds: { district: '9970001', school: '9000048' },
    type: 'regular',
  })
  expect(site?.years).toHaveLength(1)
  expect(site?.years[0]).toMatchObject({ first: '2026-08-17', last: '2027-06-04', day: { from: '08:30', until: '15:10' } })
  expect(site?.years[0]?.noSchool).toContain('2026-11-26')
})

it('Students have their school, their grade and, when there is one, their statewide identifier', async () => {
  const store = memoryRegistry()
  await bringAll(store)
  expect(store.get('student', 'stu-004505')?.body).toMatchObject({
    localId: '004505',
    ssid: '1000009129',
    first: 'Lucía',
    last: 'Campos',
    setting: 'classroom',
  })
  expect(store.list('enrollment').find(({ body }) => body.student === 'stu-004505')?.body).toMatchObject({
    site: 'site-100',
    grade: 'TK',
    from: '2026-08-01',
    until: null,
  })
  expect(store.list('student').filter(({ body }) => body.ssid === null)).toHaveLength(4)
})

it('Teachers count as certificated, aides and administrators do not, until a person says otherwise', async () => {
  const store = memoryRegistry()
  await bringAll(store)
  const staff = (key: string) => store.list('staff').find(({ id }) => id === `staff-${key}`)
  expect(staff('T-AIDE-1')?.body).toMatchObject({ name: 'Paloma Reyes', certificated: false, employee: true, sites: ['site-100'] })
  expect(staff('T-ADMIN-1')?.body).toMatchObject({ certificated: false, sites: [] })
  const teacher = store.list('staff').find(({ body }) => body.title === 'Teacher')
  if (!teacher) throw new Error('there are teachers')
  expect(teacher.body.certificated).toBe(true)
  store.apply([{ kind: 'staff', id: teacher.id, ended: false, body: { ...teacher.body, certificated: false, employee: false } }])
  await bringAll(store)
  expect(store.get('staff', teacher.id)?.body).toMatchObject({ certificated: false, employee: false })
})

it('Classes can be listed for a site, with their people, and for no other', async () => {
  const store = memoryRegistry()
  await bringAll(store)
  const at = (site: string) => classesAt(store, new Set([site as SiteId]))
  expect(at('site-100').length + at('site-201').length).toBe(80)
  expect(at('site-999')).toEqual([])
  for (const { staff, students, site } of at('site-100')) {
    expect(staff).toHaveLength(1)
    expect(students.length).toBeGreaterThan(10)
    expect(site).toBe('site-100')
  }
})

it('Nothing that no figure needs is kept: no birth dates, no gender, no race', async () => {
  const store = memoryRegistry()
  await bringAll(store)
  const kept = JSON.stringify([
    ...KINDS.map((kind) => store.list(kind)),
    ...['oneroster.org', 'oneroster.user', 'class', 'term', 'course', 'code'].map((kind) => store.sources(kind)),
  ])
  expect(kept).not.toMatch(/2022-04-28|birth|gender|hispanic|"sex"/i)
})
