/** A ready district with invented people, and some weeks of attendance behind it. */
import { as, type StaffId, type StudentId } from '../../shared/ids.ts'
import type { RegistryRecord, Staff } from '../../shared/registry.ts'
import { schoolDateOf } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import { openSignedIn } from '../log/signedIn.ts'
import { FIRST_POLICY } from '../registry/district.ts'
import type { RegistryChange } from '../registry/store.ts'
import { recordHistory } from './history.ts'
import { keepMoney } from './money.ts'
import { importPeople } from './people.ts'
import { sampleSections } from './sections.ts'
import { openTablet } from './tablet.ts'
import { type SampleTime, sampleTime } from './when.ts'

const ZONE = 'America/Los_Angeles'
const MOST_IN_A_PUSH = 500
const OFFICE = [
  { role: 'coordinator', name: 'Carmen Ortega', title: 'Attendance Recovery coordinator' },
  { role: 'district', name: 'Diana Okafor', title: 'Director of student services' },
  { role: 'administrator', name: 'Ana Whitfield', title: 'Assistant superintendent' },
  { role: 'data', name: 'Rosa Lindqvist', title: 'Attendance accountant' },
] as const

type SiteRecord = Extract<RegistryRecord, { kind: 'site' }>

/** Fills an empty data folder. Takes some seconds; nothing of it is real. */
export async function makeSample(context: Context): Promise<void> {
  const { log, store } = context
  const time = sampleTime(schoolDateOf(log.sources.now(), ZONE))
  const district: RegistryChange = {
    kind: 'district',
    id: 'district',
    ended: false,
    body: { name: 'Willow Valley Unified School District', zone: ZONE, lea: '9970001', sample: true },
  }
  store.apply([district, { kind: 'policy', id: FIRST_POLICY.from, ended: false, body: FIRST_POLICY }])
  await importPeople(store, time)
  const sites = store.list('site')
  store.apply(OFFICE.map((one) => officePerson(one, sites)))
  for (const [i, site] of sites.entries()) meetAt(context, site, time, i === 1)
  keepMoney(context, time)
  await openAccounts(context, sites)
}

function officePerson({ role, name, title }: (typeof OFFICE)[number], sites: readonly SiteRecord[]): RegistryChange {
  const id = as<StaffId>(`staff-sample-${role}`)
  const at = role === 'coordinator' ? sites.map((site) => site.body.id) : []
  return {
    kind: 'staff',
    id,
    ended: false,
    body: { id, name, email: `${role}@willowvalley.example`, sites: at, title, certificated: false, employee: true },
  }
}

const teachersAt = (context: Context, site: SiteRecord): Staff[] =>
  context.store
    .list('staff')
    .map((staff) => staff.body)
    .filter((staff) => staff.certificated && staff.sites.includes(site.body.id))

/** The site's sections, and what its tablet recorded in them. */
function meetAt(context: Context, site: SiteRecord, time: SampleTime, crowded: boolean): void {
  const { log, receive, sessions, store } = context
  const teachers = teachersAt(context, site)
  const everyone = neediestFirst(context, site)
  const sections = sampleSections(
    site.body.id,
    time,
    teachers.map((staff) => staff.id),
    everyone,
  )
  store.apply(Object.values(sections).map((body) => ({ kind: 'section' as const, id: body.id, ended: false, body })))
  const { device } = sessions.enrol(`Tablet 1, ${site.body.name}`, null)
  const signedIn = openSignedIn(log)
  log.write(() => teachers.forEach(({ id }) => signedIn.note(device.id, id)))
  const absent = new Set(store.list('absence').map(({ body }) => `${body.student} ${body.on}`))
  const tablet = openTablet(as(device.id), site.body.id, log.sources.newId)
  recordHistory(tablet, {
    sections,
    zone: site.body.zone,
    teachers: teachers.map(({ id, name }) => ({ staff: id, name })),
    time,
    crowded,
    everyone,
    isAbsent: (student, on) => absent.has(`${student} ${on}`),
  })
  const report = {
    unsent: 0,
    oldestUnsentAt: null,
    persisted: true,
    quotaFree: null,
    clockOffset: 0,
    appVersion: 'sample',
    openSessions: 0,
    totals: 'match',
  } as const
  for (let from = 0; from < tablet.events.length; from += MOST_IN_A_PUSH) {
    receive({ device: device.id, events: tablet.events.slice(from, from + MOST_IN_A_PUSH), report })
  }
}

/** The site's students in grades 1 to 12, those with most recoverable absences first. */
function neediestFirst({ store }: Context, site: SiteRecord): StudentId[] {
  const absences = new Map<string, number>()
  for (const { body } of store.list('absence')) {
    if (body.kind === 'excused' || body.kind === 'unexcused') absences.set(body.student, (absences.get(body.student) ?? 0) + 1)
  }
  return store
    .list('enrollment')
    .filter(({ body }) => body.site === site.body.id && body.grade !== 'TK' && body.grade !== 'KG')
    .map(({ body }) => body.student)
    .sort((a, b) => (absences.get(b) ?? 0) - (absences.get(a) ?? 0) || (a < b ? -1 : 1))
}

async function openAccounts(context: Context, sites: readonly SiteRecord[]): Promise<void> {
  const [first, second] = sites.map((site) => teachersAt(context, site))
  const teachers = [first?.[0], first?.[1], second?.[0]].filter((staff) => staff !== undefined)
  const people = [
    ...teachers.map((staff, i) => ({
      role: 'teacher' as const,
      username: i === 0 ? 'teacher' : `teacher${i + 1}`,
      staff: staff.id,
      name: staff.name,
    })),
    ...OFFICE.map(({ role, name }) => ({ role, username: role, staff: as<StaffId>(`staff-sample-${role}`), name })),
  ]
  for (const { role, username, staff, name } of people) {
    const password = `sample-${role}-password`
    await context.accounts.create(staff, username, role, password)
    context.sampleAccounts.add({ role, username, password, name })
  }
}
