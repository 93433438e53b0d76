/** Two schools, a handful of people: elm with ana, ben and cleo, oak with dora, and eva who is enrolled at both. */
import { as, type SectionId, type SiteId, type StaffId, type StudentId } from '../../shared/ids.ts'
import type { Grade } from '../../shared/registry.ts'
import type { LocalTime, SchoolDate } from '../../shared/time.ts'
import type { Role } from '../../shared/api/people.ts'
import type { Config } from '../../server/config.ts'
import type { RegistryChange } from '../../server/registry/store.ts'
import { PASSWORD, testServer, type TestServer } from './testServer.ts'

export const ELM = as<SiteId>('elm')
export const OAK = as<SiteId>('oak')
export const SECTION = as<SectionId>('elm-saturday')
export const student = (name: string): StudentId => as<StudentId>(name)
export const staff = (name: string): StaffId => as<StaffId>(name)
const date = (text: string): SchoolDate => text as SchoolDate
const time = (text: string): LocalTime => text as LocalTime

const site = (id: SiteId, name: string): RegistryChange => ({
  kind: 'site',
  id,
  ended: false,
  body: {
    id,
    name,
    code: id,
    cds: null,
    type: 'regular',
    zone: 'America/Los_Angeles',
    years: [{ first: date('2026-08-17'), last: date('2027-06-04'), day: { from: time('08:15'), until: time('14:30') }, noSchool: [] }],
  },
})
export const studentRecord = (name: string, ssid: string | null = null): RegistryChange => ({
  kind: 'student',
  id: name,
  ended: false,
  body: {
    id: student(name),
    localId: `L-${name}`,
    ssid,
    first: name,
    last: 'Tester',
    iepMinutes: null,
    setting: 'classroom',
    independentStudy: [],
  },
})
export const enrolled = (name: string, at: SiteId, grade: Grade = '05'): RegistryChange => ({
  kind: 'enrollment',
  id: `${name}-${at}`,
  ended: false,
  body: { id: `${name}-${at}`, student: student(name), site: at, grade, from: date('2026-08-17'), until: null },
})
export const absent = (name: string, at: SiteId, on: string): RegistryChange => ({
  kind: 'absence',
  id: `${name}-${on}`,
  ended: false,
  body: { id: `${name}-${on}`, student: student(name), site: at, on: date(on), kind: 'unexcused', code: 'U' },
})
const person = (id: string, sites: SiteId[], certificated = true): RegistryChange => ({
  kind: 'staff',
  id,
  ended: false,
  body: { id: staff(id), name: `${id} of the staff`, email: `${id}@example.org`, sites, title: 'Teacher', certificated, employee: true },
})
export const section = (id: SectionId, at: SiteId, students: readonly string[]): RegistryChange => ({
  kind: 'section',
  id,
  ended: false,
  body: {
    id,
    site: at,
    name: 'Saturday school',
    room: 'Library',
    staff: [staff('rivera')],
    meets: { kind: 'weekly', weekdays: [6], from: date('2026-08-17'), until: date('2027-06-30') },
    window: { from: time('08:00'), until: time('13:00') },
    breaks: [],
    students: students.map(student),
  },
})

const RECORDS: readonly RegistryChange[] = [
  { kind: 'district', id: 'district', ended: false, body: { name: 'Test Unified', zone: 'America/Los_Angeles', lea: null, sample: false } },
  site(ELM, 'Elm School'),
  site(OAK, 'Oak School'),
  person('rivera', [ELM]),
  person('osei', [OAK]),
  person('marsh', [ELM]),
  person('lund', []),
  person('idle', [OAK]),
  ...['ana', 'ben', 'cleo', 'dora'].map((name) => studentRecord(name)),
  studentRecord('eva', '1234567890'),
  studentRecord('eva-oak', '1234567890'),
  ...['ana', 'ben', 'cleo', 'eva'].map((name) => enrolled(name, ELM)),
  enrolled('dora', OAK),
  enrolled('eva-oak', OAK),
  ...['2026-09-01', '2026-09-02', '2026-09-03'].map((on) => absent('ana', ELM, on)),
  absent('eva-oak', OAK, '2026-09-04'),
  section(SECTION, ELM, ['ana', 'ben', 'cleo']),
]

/** Accounts by username: rivera teaches at elm, osei at oak, marsh coordinates elm, lund is of the district. */
export const ACCOUNTS: readonly (readonly [string, Role])[] = [
  ['rivera', 'teacher'],
  ['osei', 'teacher'],
  ['marsh', 'coordinator'],
  ['lund', 'district'],
]

/** A server with that district and those accounts, all with the same password. */
export async function smallDistrict(more: Partial<Config> = {}): Promise<TestServer> {
  const server = await testServer(more)
  server.context.store.apply(RECORDS)
  for (const [username, role] of ACCOUNTS) await server.context.accounts.create(username, username, role, PASSWORD)
  return server
}
