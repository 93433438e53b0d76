/**
 * `npm run seed:large [-- FOLDER]`: an invented district of 50,000 students, 100 schools and 1,500,000 events in a data folder, through the
 * registry and the log's own append path, so that it is as a district would have written it. `--small` makes a hundredth of it, and
 * `--school` one school of 6,000 students.
 */
import path from 'node:path'
import { v7 } from 'uuid'
import { certifiedDigest } from '../../shared/attendance/certify.ts'
import type { PushResult } from '../../shared/api/sync.ts'
import type { AttendanceEvent } from '../../shared/events.ts'
import { as, type SectionId, type SessionId, type SiteId, type StaffId, type StudentId } from '../../shared/ids.ts'
import type { Grade, Section, Site } from '../../shared/registry.ts'
import { canonical } from '../../shared/sync/chain.ts'
import { addDays, type Instant, instant, localInstant, type LocalTime, MINUTE, type SchoolDate, weekday } from '../../shared/time.ts'
import { openAppend } from '../../server/log/append.ts'
import { openFeed } from '../../server/log/feed.ts'
import { sha256 } from '../../server/log/serverChain.ts'
import { openForCommand } from '../../server/main.ts'
import { FIRST_POLICY } from '../../server/registry/district.ts'
import type { RegistryChange } from '../../server/registry/store.ts'
import { FIRST, LAST } from './names.ts'
import { random } from './random.ts'

const small = process.argv.includes('--small')
const folder = path.resolve(process.argv.slice(2).find((arg) => !arg.startsWith('--')) ?? 'data-large')
const school = process.argv.includes('--school')
const SITES = school ? 1 : small ? 10 : 100
const STUDENTS_EACH = school ? 6_000 : small ? 50 : 500
const EVENTS = school ? 40_000 : small ? 15_000 : 1_500_000
const SECTIONS = small ? 2 : 8
/** As many as one teacher may have. */
const IN_SECTION = 20
const ZONE = 'America/Los_Angeles'
const FIRST_DAY = '2026-08-17' as SchoolDate
const LAST_DAY = '2026-11-21' as SchoolDate
const GRADES: readonly Grade[] = ['01', '02', '03', '04', '05', '06', '07', '08']

const context = openForCommand({
  ...{ host: '127.0.0.1', port: 0, data: folder, dist: path.join(folder, 'dist'), url: undefined, loopback: true },
})
const { accounts, log, receiptKey, sessions, store } = context
if (store.get('district', 'district')) throw new Error(`${folder} already holds a district`)
const r = random(50_000)
const time = (text: string): LocalTime => text as LocalTime
const change = <K extends RegistryChange['kind']>(kind: K, id: string, body: Extract<RegistryChange, { kind: K }>['body']) =>
  ({ kind, id, ended: false, body }) as unknown as RegistryChange

function registry(): readonly (readonly [Site, readonly Section[]])[] {
  const made: [Site, Section[]][] = []
  store.apply([
    change('district', 'district', { name: 'Great Valley Unified School District', zone: ZONE, lea: '9970001', sample: true }),
    change('policy', FIRST_POLICY.from, FIRST_POLICY),
  ])
  for (let s = 0; s < SITES; s++) {
    const site = `site-${String(s).padStart(3, '0')}` as SiteId
    const changes: RegistryChange[] = []
    const body: Site = {
      id: site,
      name: `${r.pick(LAST)} Elementary ${s + 1}`,
      code: String(100 + s),
      cds: { district: '9970001', school: String(9_000_011 + s * 37) },
      type: 'regular',
      zone: ZONE,
      years: [{ first: FIRST_DAY, last: '2027-06-04' as SchoolDate, day: { from: time('08:15'), until: time('14:30') }, noSchool: [] }],
    }
    changes.push(change('site', site, body))
    const sections: Section[] = []
    const students: StudentId[] = []
    for (let i = 0; i < STUDENTS_EACH; i++) {
      const id = `${site}-${i}` as StudentId
      const n = s * STUDENTS_EACH + i
      students.push(id)
      changes.push(
        change('student', id, {
          ...{ id, localId: String(100_000 + n), ssid: String(2_000_000_000 + n * 7), first: r.pick(FIRST), last: r.pick(LAST) },
          ...{ iepMinutes: null, setting: 'classroom', independentStudy: [] },
        }),
        change('enrollment', `e-${id}`, { id: `e-${id}`, student: id, site, grade: r.pick(GRADES), from: FIRST_DAY, until: null }),
      )
      const missed = new Set(Array.from({ length: i < SECTIONS * IN_SECTION ? 6 + r.below(8) : r.below(4) }, () => r.below(96)))
      for (const day of missed) {
        const on = addDays(FIRST_DAY, day)
        if (weekday(on) % 6 !== 0)
          changes.push(change('absence', `a-${id}-${on}`, { id: `a-${id}-${on}`, student: id, site, on, kind: 'unexcused', code: 'U' }))
      }
    }
    for (let k = 0; k < SECTIONS; k++) {
      const staff = `${site}-teacher-${k}` as StaffId
      const name = `${r.pick(FIRST)} ${r.pick(LAST)}`
      changes.push(
        change('staff', staff, { id: staff, name, email: '', sites: [site], title: 'Teacher', certificated: true, employee: true }),
      )
      const section: Section = {
        id: `${site}-section-${k}` as SectionId,
        site,
        name: k % 4 === 3 ? `Saturday school ${k + 1}` : `After-school ${k + 1}`,
        room: `Room ${k + 1}`,
        staff: [staff],
        meets: {
          kind: 'weekly',
          weekdays: k % 4 === 3 ? [6] : k % 2 === 0 ? [1, 3, 5] : [2, 4, 6],
          from: FIRST_DAY,
          until: '2027-06-30' as SchoolDate,
        },
        window: k % 4 === 3 ? { from: time('08:00'), until: time('12:30') } : { from: time('15:00'), until: time('17:10') },
        breaks: [],
        students: students.slice(k * IN_SECTION, (k + 1) * IN_SECTION),
      }
      sections.push(section)
      changes.push(change('section', section.id, section))
    }
    store.apply(changes)
    made.push([body, sections])
    if (s % 10 === 9) console.log(`${s + 1} schools`)
  }
  return made
}

/** A school's tablet: its events in a chain of their own. */
function tabletOf(site: SiteId) {
  const { device } = sessions.enrol(`Tablet of ${site}`, null)
  let deviceSeq = 0
  let prev = ''
  return (actor: StaffId, at: Instant, carries: object): { event: AttendanceEvent; text: string; hash: string } => {
    const id = v7({ msecs: at })
    const clock = { offset: 0, age: MINUTE }
    const event = {
      id,
      v: 1,
      device: device.id,
      deviceSeq: ++deviceSeq,
      prev,
      actor,
      site,
      at,
      recordedAt: at,
      clock,
      ...carries,
    } as unknown as AttendanceEvent
    const text = canonical(event)
    prev = sha256(text)
    return { event, text, hash: prev }
  }
}

function meet(record: ReturnType<typeof tabletOf>, section: Section, on: SchoolDate) {
  const [staff] = section.staff
  if (!staff) return []
  const from = localInstant(on, section.window.from, ZONE)
  const until = localInstant(on, section.window.until, ZONE)
  const session = `${section.id}-${on}` as SessionId
  const given: ReturnType<typeof record>[] = [
    record(staff, from, {
      type: 'SessionStarted',
      session,
      section: section.id,
      on,
      window: { from, until },
      breaks: [],
      room: section.room,
      title: section.name,
    }),
  ]
  const here = section.students.filter(() => r.below(100) < 88)
  for (const student of here) given.push(record(staff, instant(from + r.below(120_000)), { type: 'StudentCheckedIn', session, student }))
  const forgotten = r.below(200) === 0 ? here[0] : undefined
  for (const student of here) {
    if (student !== forgotten) given.push(record(staff, instant(until - r.below(60_000)), { type: 'StudentCheckedOut', session, student }))
  }
  given.push(record(staff, until, { type: 'SessionEnded', session }))
  if (r.below(60) > 0) {
    const digest = certifiedDigest(given.map(({ event }) => event))
    given.push(
      record(staff, instant(until + MINUTE), {
        type: 'SessionCertified',
        session,
        digest,
        statement: 'I was there.',
        name: 'Teacher',
        method: 'typedName',
      }),
    )
  }
  return given
}

function attend(schools: ReturnType<typeof registry>): number {
  const begin = openAppend(log.db, openFeed(log.db))
  const putReceipt = log.db.prepare('INSERT INTO receipt (id, device, at, body, signature) VALUES (?, ?, ?, ?, ?)')
  const tablets = new Map(schools.map(([site]) => [site.id, tabletOf(site.id)]))
  let events = 0
  for (let round = 0; events < EVENTS; round++) {
    for (let on = FIRST_DAY; on <= LAST_DAY && events < EVENTS; on = addDays(on, 1)) {
      for (const [site, sections] of schools) {
        const tablet = tablets.get(site.id)
        if (!tablet || events >= EVENTS) continue
        // A second round holds further sessions of the day, so that the number of events is reached.
        const meeting = sections.filter(({ meets }) => meets.kind === 'weekly' && meets.weekdays.includes(weekday(on)))
        const given = meeting.flatMap((section) => meet(tablet, round === 0 ? section : again(section, round), on))
        log.write((next) => {
          const append = begin()
          const [first] = given
          if (!first) return
          const receipt = v7({ msecs: first.event.at })
          const { device, recordedAt } = first.event
          const results = given.map(({ event, text, hash }, index): PushResult => {
            const seq = next()
            append.put({ event, text, hash, receivedAt: event.recordedAt, receipt }, seq)
            return { index, id: event.id, hash, outcome: 'accepted', seq, reason: null }
          })
          append.finish()
          const { body, signature } = receiptKey.sign({ epoch: log.epoch, device, at: recordedAt, results })
          putReceipt.run(receipt, device, recordedAt, body, signature)
        })
        events += given.length
      }
      if (weekday(on) === 6) console.log(`${on} ${events} events`)
    }
  }
  return events
}

/** The same group in another hour of the same day, as a session of its own. */
const again = (section: Section, round: number): Section => ({
  ...section,
  id: `${section.id}-${round}` as SectionId,
  window: { from: time(`${17 + round}:15`), until: time(`${18 + round}:20`) },
})

const started = performance.now()
const schools = registry()
const events = attend(schools)
const office = as<StaffId>('office')
store.apply([
  change('staff', office, { id: office, name: 'Office', email: '', sites: [], title: 'Office', certificated: false, employee: true }),
])
await accounts.create(office, 'district', 'district', 'large-district-password')
console.log(
  `${folder}: ${SITES} schools, ${SITES * STUDENTS_EACH} students, ${events} events in ${Math.round((performance.now() - started) / 1000)} s`,
)
console.log('Sign in as "district" with "large-district-password"')
context.close()
