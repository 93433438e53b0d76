/** Days of attendance made up at random, and the records they need. */
import fc from 'fast-check'
import { certifiedDigest } from '../../shared/attendance/certify.ts'
import { type Ledger, openLedger } from '../../shared/attendance/ledger.ts'
import type { AttendanceEvent, EventType, KeptEvent } from '../../shared/events.ts'
import { as, type DeviceId, type EventId, type SessionId, type SiteId, type StaffId, type StudentId } from '../../shared/ids.ts'
import type { RegistryRecord } from '../../shared/registry.ts'
import { addDays, HOUR, instant, localInstant, type LocalTime, MINUTE, type SchoolDate } from '../../shared/time.ts'

export const SITE = as<SiteId>('site')
export const TEACHER = as<StaffId>('teacher')
export const AIDE = as<StaffId>('aide')
export const STUDENTS = ['ana', 'ben', 'kim'].map((name) => as<StudentId>(name))
export const AS_OF = '2026-12-31' as SchoolDate
const MONDAY = '2026-09-14' as SchoolDate

/** What a test has to say of an event; the rest is the same for all of them. */
export type Told = {
  [T in EventType]: Omit<Extract<AttendanceEvent, { type: T }>, Envelope> & { at: number; recordedAt?: number }
}[EventType]
type Envelope = 'id' | 'v' | 'device' | 'deviceSeq' | 'prev' | 'actor' | 'site' | 'at' | 'recordedAt' | 'clock'

export function event(n: number, told: Told): AttendanceEvent {
  return {
    id: as<EventId>(`e${String(n).padStart(6, '0')}`),
    v: 1,
    device: as<DeviceId>('tablet'),
    deviceSeq: n,
    prev: '',
    actor: AIDE,
    site: SITE,
    recordedAt: instant(told.at),
    clock: { offset: 0, age: 0 },
    ...told,
    at: instant(told.at),
  } as AttendanceEvent
}

const grades = ['05', '02', 'KG'] as const
export function records(policy: Partial<Extract<RegistryRecord, { kind: 'policy' }>['body']> = {}): RegistryRecord[] {
  const list: Omit<RegistryRecord, 'seq' | 'ended'>[] = [
    {
      kind: 'site',
      id: SITE,
      body: {
        id: SITE,
        name: 'Elm',
        code: 'elm',
        cds: null,
        type: 'regular',
        zone: 'America/Los_Angeles',
        years: [
          {
            first: '2026-08-17' as SchoolDate,
            last: '2027-06-04' as SchoolDate,
            day: { from: '08:15' as LocalTime, until: '14:30' as LocalTime },
            noSchool: [],
          },
        ],
      },
    },
    ...[TEACHER, AIDE].map((id) => ({
      kind: 'staff' as const,
      id,
      body: { id, name: id, email: '', sites: [SITE], title: '', certificated: id === TEACHER, employee: true },
    })),
    ...STUDENTS.flatMap((id, i) => [
      {
        kind: 'student' as const,
        id,
        body: { id, localId: id, ssid: null, first: id, last: id, iepMinutes: null, setting: 'classroom' as const, independentStudy: [] },
      },
      {
        kind: 'enrollment' as const,
        id: `${id}-here`,
        body: { id: `${id}-here`, student: id, site: SITE, grade: grades[i] ?? '05', from: '2026-08-17' as SchoolDate, until: null },
      },
      ...['2026-08-20', '2026-09-30'].map((on) => ({
        kind: 'absence' as const,
        id: `${id}-${on}`,
        body: { id: `${id}-${on}`, student: id, site: SITE, on: on as SchoolDate, kind: 'unexcused' as const, code: 'U' },
      })),
    ]),
    {
      kind: 'policy',
      id: 'policy',
      body: {
        from: '2026-07-01' as SchoolDate,
        accrual: 'hours',
        dailyPath: 'minutes',
        remainder: 'discard',
        ratioBreach: 'noCredit',
        countUncertified: false,
        yearlyMost: 10,
        decidedBy: 'board',
        why: '',
        ...policy,
      },
    },
  ]
  return list.map((record, i) => ({ ...record, seq: i + 1, ended: false }) as RegistryRecord)
}

export function ledgerOf(events: readonly KeptEvent[], policy: Parameters<typeof records>[0] = {}): Ledger {
  const ledger = openLedger()
  for (const record of records(policy)) ledger.putRecord(record)
  ledger.putEvents(events)
  return ledger
}

const mark = fc.record({
  student: fc.constantFrom(...STUDENTS),
  minute: fc.integer({ min: -20, max: 330 }),
  isIn: fc.boolean(),
  seconds: fc.integer({ min: 0, max: 59 }),
})
const session = fc.record({
  day: fc.integer({ min: 0, max: 6 }),
  hour: fc.constantFrom('08:00', '13:30', '15:00', '21:30'),
  length: fc.integer({ min: 30, max: 300 }),
  teacherFrom: fc.integer({ min: -10, max: 60 }),
  teacherUntil: fc.option(fc.integer({ min: 60, max: 300 })),
  breakAt: fc.option(fc.integer({ min: 0, max: 200 })),
  marks: fc.array(mark, { maxLength: 14 }),
  voided: fc.array(fc.nat(20), { maxLength: 3 }),
  isCertified: fc.boolean(),
})

/** Up to five sessions of a week, with marks that are twice, missing, early, late, taken back, or in two rooms at once. */
export const someDays: fc.Arbitrary<readonly AttendanceEvent[]> = fc.array(session, { minLength: 1, maxLength: 5 }).map((sessions) => {
  const events: AttendanceEvent[] = []
  const add = (told: Told): AttendanceEvent => {
    const made = event(events.length + 1, told)
    events.push(made)
    return made
  }
  sessions.forEach((each, n) => {
    const id = as<SessionId>(`session-${n}`)
    const on = addDays(MONDAY, each.day)
    const from = localInstant(on, each.hour as LocalTime, 'America/Los_Angeles')
    const until = instant(from + each.length * MINUTE)
    const pause =
      each.breakAt === null ? [] : [{ from: instant(from + each.breakAt * MINUTE), until: instant(from + (each.breakAt + 10) * MINUTE) }]
    const first = events.length
    add({ type: 'SessionStarted', session: id, section: null, on, window: { from, until }, breaks: pause, room: '', title: '', at: from })
    add({ type: 'SupervisionStarted', session: id, staff: TEACHER, at: from + each.teacherFrom * MINUTE })
    if (each.teacherUntil !== null) add({ type: 'SupervisionEnded', session: id, staff: TEACHER, at: from + each.teacherUntil * MINUTE })
    for (const { student, minute, isIn, seconds } of each.marks) {
      add({ type: isIn ? 'StudentCheckedIn' : 'StudentCheckedOut', session: id, student, at: from + minute * MINUTE + seconds * 1000 })
    }
    const own = events.slice(first)
    const voided = new Set(each.voided.map((i) => own[i]).filter((target) => target !== undefined))
    const voids = [...voided].map((target) => add({ type: 'EventVoided', session: id, voids: target.id, reason: 'a slip', at: until }))
    if (!each.isCertified) return
    const digest = certifiedDigest([...own.filter((one) => !voided.has(one)), ...voids])
    add({ type: 'SessionCertified', session: id, digest, statement: '', name: 'T', method: 'typedName', at: until + HOUR })
  })
  return events
})
