/** The simulated district: two schools, people of every reach, and students whose surnames nobody else could have written. */
import { as, type SectionId, type SiteId, type StaffId, type StudentId } from '../../../shared/ids.ts'
import type { Grade } from '../../../shared/registry.ts'
import { addDays, type LocalTime, type SchoolDate } from '../../../shared/time.ts'
import type { Role } from '../../../shared/api/people.ts'
import type { RegistryChange } from '../../../server/registry/store.ts'

export const ELM = as<SiteId>('elm')
export const OAK = as<SiteId>('oak')
export const SITES = [ELM, OAK] as const
export const ZONE = 'America/Los_Angeles'
/** Sunday 22 November 2026, 10:00 in Los Angeles: where every history begins. */
export const BEGINNING = Date.UTC(2026, 10, 22, 18, 0, 0)
export const day = (text: string): SchoolDate => text as SchoolDate
export const clockTime = (text: string): LocalTime => text as LocalTime
const since = day('2026-08-17')

/** The surname of a student: what must not be read where the student is not known. */
export const surname = (student: string): string => `Zq${student.replaceAll(/[^a-z0-9]/g, '')}qz`

/** What is typed for a walk-in at a school, and noted there on a student. */
export const typedName = (site: SiteId): string => `Zqwalkin${site}qz`
export const noteOn = (student: string, site: SiteId): string => `Zqnote ${site} ${student}qz`

const site = (id: SiteId): RegistryChange => ({
  kind: 'site',
  id,
  ended: false,
  body: {
    id,
    name: `${id} School`,
    code: id,
    cds: null,
    type: 'regular',
    zone: ZONE,
    years: [{ first: since, last: day('2027-06-04'), day: { from: clockTime('08:15'), until: clockTime('14:30') }, noSchool: [] }],
  },
})

export const studentRecord = (id: string, ssid: string | null = null): RegistryChange => ({
  kind: 'student',
  id,
  ended: false,
  body: {
    id: as<StudentId>(id),
    localId: `L-${id}`,
    ssid,
    first: 'First',
    last: surname(id),
    iepMinutes: null,
    setting: 'classroom',
    independentStudy: [],
  },
})
export const enrollment = (student: string, at: SiteId, grade: Grade = '05', until: SchoolDate | null = null): RegistryChange => ({
  kind: 'enrollment',
  id: `${student}-${at}`,
  ended: false,
  body: { id: `${student}-${at}`, student: as<StudentId>(student), site: at, grade, from: since, until },
})
export const absence = (student: string, at: SiteId, on: SchoolDate, ended = false): RegistryChange => ({
  kind: 'absence',
  id: `${student}-${on}`,
  ended,
  body: { id: `${student}-${on}`, student: as<StudentId>(student), site: at, on, kind: 'unexcused', code: 'U' },
})
export const staffRecord = (id: string, sites: readonly SiteId[], certificated = true): RegistryChange => ({
  kind: 'staff',
  id,
  ended: false,
  body: {
    id: as<StaffId>(id),
    name: `${id} of the staff`,
    email: `${id}@example.org`,
    sites: [...sites],
    title: 'Teacher',
    certificated,
    employee: true,
  },
})
export const sectionOf = (at: SiteId, students: readonly string[]): RegistryChange => ({
  kind: 'section',
  id: `${at}-section`,
  ended: false,
  body: {
    id: as<SectionId>(`${at}-section`),
    site: at,
    name: 'After school',
    room: 'Library',
    staff: [],
    meets: { kind: 'weekly', weekdays: [1, 2, 3, 4, 5, 6], from: since, until: day('2027-06-30') },
    window: { from: clockTime('15:00'), until: clockTime('19:00') },
    breaks: [],
    students: students.map((id) => as<StudentId>(id)),
  },
})

/** Who is where at the beginning; eva is enrolled at both schools under two numbers with one statewide identifier. */
export const HOMES: Readonly<Record<string, SiteId>> = {
  ana: ELM,
  ben: ELM,
  cleo: ELM,
  eva: ELM,
  dora: OAK,
  finn: OAK,
  gus: OAK,
  'eva-oak': OAK,
}

export interface User {
  readonly name: string
  readonly role: Role
  readonly sites: readonly SiteId[]
}
/** tate works at both schools; lund is of the district. */
export const USERS: readonly User[] = [
  { name: 'rivera', role: 'teacher', sites: [ELM] },
  { name: 'marsh', role: 'coordinator', sites: [ELM] },
  { name: 'osei', role: 'teacher', sites: [OAK] },
  { name: 'quinn', role: 'coordinator', sites: [OAK] },
  { name: 'tate', role: 'teacher', sites: [ELM, OAK] },
  { name: 'lund', role: 'district', sites: [] },
]

export const RECORDS: readonly RegistryChange[] = [
  { kind: 'district', id: 'district', ended: false, body: { name: 'Test Unified', zone: ZONE, lea: null, sample: false } },
  site(ELM),
  site(OAK),
  ...USERS.map((user) => staffRecord(user.name, user.sites)),
  ...Object.keys(HOMES).map((id) => studentRecord(id, id.startsWith('eva') ? '1234567890' : null)),
  ...Object.entries(HOMES).map(([id, at]) => enrollment(id, at)),
  ...Object.entries(HOMES).flatMap(([id, at], i) =>
    Array.from({ length: 2 }, (_, n) => absence(id, at, addDays(day('2026-09-01'), i + n * 7))),
  ),
  sectionOf(ELM, ['ana', 'ben', 'cleo']),
  sectionOf(OAK, ['dora', 'finn']),
]

/** What nobody may read without a PIN, or a part of it that stands nowhere else. */
export const EVERY_NAME: readonly string[] = [...Object.keys(HOMES).map(surname), 'Zqwalkin', 'Zqnote ']
