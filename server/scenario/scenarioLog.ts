/** A scenario as the registry records and events that it would have been on a device: the same day can then be run through every store. */
import { certifiedDigest } from '../../shared/attendance/certify.ts'
import type { AttendanceEvent, EventType } from '../../shared/events.ts'
import { as, type DeviceId, type EventId, type SessionId, type SiteId, type StaffId, type StudentId } from '../../shared/ids.ts'
import type { RecordKind, RecordOf, RegistryRecord } from '../../shared/registry.ts'
import { DEFAULT_POLICY } from '../../shared/rules/california/policy.ts'
import { eventHash } from '../../shared/sync/chain.ts'
import { fiscalYear, fiscalYearOf, type Instant, type SchoolDate } from '../../shared/time.ts'
import type { SessionClock } from './clock.ts'
import type { Scenario, ScenarioSession } from './format.ts'
import { clockOf } from './sense.ts'

export interface ScenarioLog {
  readonly records: readonly RegistryRecord[]
  readonly events: readonly AttendanceEvent[]
  /** The ids that stand for the file's own names. */
  readonly students: ReadonlyMap<string, StudentId>
  readonly schools: ReadonlyMap<string, SiteId>
  readonly sessions: ReadonlyMap<string, SessionId>
}

/** Ids in the form of a UUIDv7, in the same order as the names by code units: the rules order equal sessions by key. */
function idsOf<T extends string>(kind: string, names: Iterable<string>): Map<string, T> {
  const sorted = [...names].sort()
  return new Map(sorted.map((name, i) => [name, as<T>(idOf(kind, i + 1))]))
}
const idOf = (kind: string, n: number): string => `00000000-0000-7${kind}-8000-${String(n).padStart(12, '0')}`

/** What a test has to say of an event; who, where and its place in the chain are added. */
type Told = { [T in EventType]: Omit<Extract<AttendanceEvent, { type: T }>, Envelope> }[EventType]
type Envelope = 'id' | 'v' | 'device' | 'deviceSeq' | 'prev' | 'actor' | 'site' | 'at' | 'recordedAt' | 'clock'

export function scenarioLog(scenario: Scenario): ScenarioLog {
  const schools = idsOf<SiteId>('001', scenario.schools.keys())
  const staff = idsOf<StaffId>('002', scenario.staff.keys())
  const students = idsOf<StudentId>('003', scenario.students.keys())
  const sessions = idsOf<SessionId>('004', scenario.sessions.keys())
  // Somebody has to hold the tablet; being no teacher, this person makes nothing count.
  const recorder = as<StaffId>(idOf('002', 0))
  return {
    records: recordsOf(scenario, schools, staff, students, recorder),
    events: eventsOf(scenario, schools, staff, students, sessions, recorder),
    students,
    schools,
    sessions,
  }
}

function recordsOf(
  scenario: Scenario,
  schools: ReadonlyMap<string, SiteId>,
  staff: ReadonlyMap<string, StaffId>,
  students: ReadonlyMap<string, StudentId>,
  recorder: StaffId,
): readonly RegistryRecord[] {
  const records: RegistryRecord[] = []
  const add = <K extends RecordKind>(kind: K, id: string, body: RecordOf[K]): void => {
    records.push({ kind, id, seq: records.length + 1, ended: false, body } as RegistryRecord)
  }
  const zone = [...scenario.schools.values()][0]?.zone ?? 'America/Los_Angeles'
  add('district', 'district', { name: scenario.name.slice(0, 200), zone, lea: scenario.lea, sample: true })
  const choices = { ...DEFAULT_POLICY, ...given(scenario.policy) }
  const policy = { ...choices, yearlyMost: Math.min(choices.yearlyMost, DEFAULT_POLICY.yearlyMost) }
  add('policy', 'policy', { ...policy, from: '1970-01-01' as SchoolDate, decidedBy: 'scenario', why: '' })
  for (const [key, { type, zone, day, year, noSchool }] of scenario.schools) {
    const id = schools.get(key) as SiteId
    add('site', id, { id, name: key, code: key, cds: null, type, zone, years: [{ ...year, day, noSchool }] })
  }
  const sites = [...schools.values()]
  add('staff', recorder, {
    id: recorder,
    name: 'Recorder',
    email: 'recorder@example.org',
    sites,
    title: '',
    certificated: false,
    employee: true,
  })
  for (const [key, person] of scenario.staff) {
    const id = staff.get(key) as StaffId
    add('staff', id, { id, name: key, email: `${id}@example.org`, sites, title: '', ...person })
  }
  const { first } = fiscalYear(fiscalYearOf(scenario.asOf))
  for (const [key, student] of scenario.students) {
    const id = students.get(key) as StudentId
    const site = schools.get(student.school) as SiteId
    const { ssid, iepMinutes, setting, independentStudy } = student
    add('student', id, { id, localId: key, ssid, first: key, last: key, iepMinutes, setting, independentStudy })
    add('enrollment', `${id}/enrolled`, { id: `${id}/enrolled`, student: id, site, grade: student.grade, from: first, until: null })
    for (const { on, kind } of student.absences) {
      add('absence', `${id}/${on}`, { id: `${id}/${on}`, student: id, site, on, kind, code: kind })
    }
  }
  return records
}

const given = <T extends object>(values: T): Partial<{ [K in keyof T]: NonNullable<T[K]> }> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<{ [K in keyof T]: NonNullable<T[K]> }>

interface Shift {
  readonly who: string
  readonly from: Instant
  /** Null is to the end of the session. */
  readonly until: Instant | null
}

/** When each was there. Shifts of one person that overlap are one: an event says that somebody comes or goes, not that a shift ends. */
function shiftsOf(session: ScenarioSession, clock: SessionClock): readonly Shift[] {
  const given = session.staff.map(
    ({ who, from, until }): Shift => ({
      who,
      from: from === null ? clock.from : (clock.at(from) as Instant),
      until: until === null ? null : (clock.at(until) as Instant),
    }),
  )
  const made: Shift[] = []
  for (const shift of given.toSorted((a, b) => a.from - b.from)) {
    const last = made.findLastIndex(({ who }) => who === shift.who)
    const before = made[last]
    if (before && (before.until === null || shift.from <= before.until)) made[last] = { ...before, until: later(before.until, shift.until) }
    else made.push(shift)
  }
  return made
}
const later = (a: Instant | null, b: Instant | null): Instant | null => (a === null || b === null ? null : a > b ? a : b)

function eventsOf(
  scenario: Scenario,
  schools: ReadonlyMap<string, SiteId>,
  staff: ReadonlyMap<string, StaffId>,
  students: ReadonlyMap<string, StudentId>,
  sessions: ReadonlyMap<string, SessionId>,
  recorder: StaffId,
): readonly AttendanceEvent[] {
  const device = as<DeviceId>(idOf('005', 1))
  const all: AttendanceEvent[] = []
  for (const [key, session] of scenario.sessions) {
    const clock = clockOf(scenario, session)
    if (!clock) continue
    const id = sessions.get(key) as SessionId
    const own: AttendanceEvent[] = []
    const record = (at: Instant | undefined, told: Told): void => {
      if (at === undefined) return
      const deviceSeq = all.length + own.length + 1
      const last = own.at(-1) ?? all.at(-1)
      const envelope = { id: as<EventId>(idOf('006', deviceSeq)), v: 1 as const, device, deviceSeq, prev: last ? eventHash(last) : '' }
      const who = { actor: recorder, site: schools.get(session.school) as SiteId, at, recordedAt: at, clock: { offset: 0, age: 0 } }
      own.push({ ...envelope, ...who, ...told } as AttendanceEvent)
    }
    const breaks = session.breaks.map(({ from, until, meal }) => ({
      from: clock.at(from) as Instant,
      until: clock.at(until) as Instant,
      meal,
    }))
    const window = { from: clock.from, until: clock.until }
    record(clock.from, { type: 'SessionStarted', session: id, section: null, on: session.on, window, breaks, room: '', title: key })
    for (const shift of shiftsOf(session, clock)) {
      const who = staff.get(shift.who) as StaffId
      record(shift.from, { type: 'SupervisionStarted', session: id, staff: who })
      if (shift.until !== null) record(shift.until, { type: 'SupervisionEnded', session: id, staff: who })
    }
    for (const mark of scenario.marks) {
      if (mark.session !== key) continue
      const student = students.get(mark.student) as StudentId
      record(clock.at(mark.in), { type: 'StudentCheckedIn', session: id, student })
      if (mark.out !== null) record(clock.at(mark.out), { type: 'StudentCheckedOut', session: id, student })
    }
    if (session.certified) {
      const digest = certifiedDigest(own)
      record(clock.until, {
        type: 'SessionCertified',
        session: id,
        digest,
        statement: 'As recorded.',
        name: 'Recorder',
        method: 'typedName',
      })
    }
    all.push(...own)
  }
  return all
}
