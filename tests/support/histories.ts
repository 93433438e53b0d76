/**
 * Histories of a small school, made from a seed: the same on every machine. Sessions over midnight and in the nights when the clocks
 * change, crowds over the ratio, voids, corrections, walk-ins, one student under two entries, every kind of school and every policy.
 */
import { foldSession } from '../../shared/attendance/fold.ts'
import type { AttendanceEvent, EventType, KeptEvent } from '../../shared/events.ts'
import { as, type DeviceId, type EventId, type SessionId, type SiteId, type StaffId, type StudentId } from '../../shared/ids.ts'
import { ABSENCE_KINDS, GRADES, type RecordKind, type RecordOf, type RegistryRecord, SCHOOL_TYPES } from '../../shared/registry.ts'
import { addDays, type Instant, instant, type LocalTime, localInstant, MINUTE, type SchoolDate } from '../../shared/time.ts'
import { type Random, random } from './random.ts'

export interface History {
  readonly records: readonly RegistryRecord[]
  readonly events: readonly KeptEvent[]
  readonly students: readonly StudentId[]
  /** Dates to judge at: in the middle and after everything. */
  readonly asOf: readonly [SchoolDate, SchoolDate]
}

const SITE = as<SiteId>('site')
const TEACHER = as<StaffId>('teacher')
const AIDE = as<StaffId>('aide')
const ZONES = ['America/Los_Angeles', 'America/Phoenix', 'Pacific/Honolulu', 'America/New_York', 'Pacific/Guam'] as const
/** Where days are short, long, new, or at the edge of the year. */
const DAYS = ['2026-06-29', '2026-09-10', '2026-10-30', '2027-03-12', '2026-12-30'] as const
const HOURS = ['00:30', '07:45', '12:00', '15:00', '21:30', '23:15'] as const
const ids = (kind: string, n: number): string => `01990000-0000-7000-8000-${kind}${String(n).padStart(11, '0')}`

export function makeHistory(seed: number): History {
  const dice = random(seed)
  const zone = dice.pick(ZONES)
  const first = dice.pick(DAYS) as SchoolDate
  const students = Array.from({ length: 2 + dice.below(4) }, (_, i) => as<StudentId>(`student ${i}`))
  const records = recordsOf(dice, zone, first, students)
  const events = Array.from({ length: 1 + dice.below(4) }, (_, n) => sessionOf(dice, zone, first, students, n)).flat()
  return { records, events: shuffled(dice, events), students, asOf: [addDays(first, 2), addDays(first, 40)] }
}

function recordsOf(dice: Random, zone: string, first: SchoolDate, students: readonly StudentId[]): RegistryRecord[] {
  const records: RegistryRecord[] = []
  const put = <K extends RecordKind>(kind: K, id: string, body: RecordOf[K]): void => {
    records.push({ kind, id, seq: records.length + 1, ended: false, body } as RegistryRecord)
  }
  const noSchool = [addDays(first, dice.below(6))]
  const day = { from: '08:15' as LocalTime, until: '14:30' as LocalTime }
  const years = [{ first: addDays(first, dice.below(3) - 20), last: addDays(first, 150), day, noSchool }]
  put('site', SITE, { id: SITE, name: 'Elm', code: 'elm', cds: null, type: dice.pick(SCHOOL_TYPES), zone, years })
  for (const id of [TEACHER, AIDE]) {
    put('staff', id, { id, name: id, email: '', sites: [SITE], title: '', certificated: id === TEACHER, employee: dice.below(20) > 0 })
  }
  students.forEach((id, i) => {
    const independentStudy = dice.below(6) === 0 ? [{ from: addDays(first, -25), until: addDays(first, dice.below(8)) }] : []
    put('student', id, {
      id,
      localId: id,
      // The first two are sometimes one.
      ssid: i < 2 && seedsTwins(dice) ? '1000000001' : null,
      first: '',
      last: '',
      iepMinutes: dice.below(8) === 0 ? 60 + dice.below(200) : null,
      setting: dice.below(15) === 0 ? 'nonclassroom' : 'classroom',
      independentStudy,
    })
    const enrollment = { student: id, site: SITE, grade: dice.pick(GRADES) }
    const changes = dice.below(3) === 0 ? addDays(first, dice.below(5)) : null
    put('enrollment', `${id} a`, { ...enrollment, id: `${id} a`, from: addDays(first, -30), until: changes })
    if (changes) put('enrollment', `${id} b`, { ...enrollment, id: `${id} b`, grade: dice.pick(GRADES), from: changes, until: null })
    for (let n = dice.below(6); n > 0; n--) {
      const absence = { id: `${id} ${n}`, student: id, site: SITE, kind: dice.pick(ABSENCE_KINDS), code: '' }
      put('absence', absence.id, { ...absence, on: addDays(first, dice.below(30) - 15) })
    }
  })
  if (dice.below(2) === 0) {
    put('policy', 'policy', {
      from: addDays(first, dice.below(3) - 1),
      accrual: dice.pick(['hours', 'minutes'] as const),
      dailyPath: dice.pick(['minutes', 'wholeHours'] as const),
      remainder: dice.pick(['discard', 'carry'] as const),
      ratioBreach: dice.pick(['noCredit', 'flagOnly'] as const),
      countUncertified: dice.below(2) === 0,
      yearlyMost: dice.below(11),
      decidedBy: '',
      why: '',
    })
  }
  return records
}

const seedsTwins = (dice: Random): boolean => dice.below(3) > 0

type Told = { [T in EventType]: Omit<Extract<AttendanceEvent, { type: T }>, Envelope> & { readonly type: T } }[EventType]
type Envelope = 'id' | 'v' | 'device' | 'deviceSeq' | 'prev' | 'actor' | 'site' | 'at' | 'recordedAt' | 'clock'

function sessionOf(dice: Random, zone: string, first: SchoolDate, students: readonly StudentId[], n: number): KeptEvent[] {
  const session = as<SessionId>(`session ${n}`)
  const on = addDays(first, dice.below(5))
  const from = localInstant(on, dice.pick(HOURS) as LocalTime, zone)
  const until = instant(from + (30 + dice.below(300)) * MINUTE)
  const events: AttendanceEvent[] = []
  const record = (told: Told, at: number): AttendanceEvent => {
    const clock = { offset: dice.below(12) === 0 ? dice.below(400_000) - 200_000 : 0, age: 0 }
    const envelope = { v: 1, device: as<DeviceId>('tablet'), deviceSeq: 1, prev: '', actor: AIDE, site: SITE, clock }
    const recordedAt = dice.below(10) === 0 ? at + dice.below(1_600) * MINUTE : at
    const id = as<EventId>(ids(String(n), events.length))
    const event = { id, ...envelope, at: at as Instant, recordedAt, ...told } as AttendanceEvent
    events.push(event)
    return event
  }
  const during = (): number => from + (dice.below(380) - 20) * MINUTE + dice.below(60) * 1000

  const pause = from + dice.below(100) * MINUTE
  const breaks = dice.below(3) > 0 ? [] : [{ from: instant(pause), until: instant(pause + 10 * MINUTE), meal: dice.below(2) === 0 }]
  if (dice.below(25) > 0)
    record({ type: 'SessionStarted', session, section: null, on, window: { from, until }, breaks, room: '', title: '' }, from)
  if (dice.below(12) > 0) record({ type: 'SupervisionStarted', session, staff: TEACHER }, from + (dice.below(20) - 10) * MINUTE)
  if (dice.below(3) === 0) record({ type: 'SupervisionEnded', session, staff: TEACHER }, during())
  // Sometimes the room is full of others.
  const crowd = dice.below(3) === 0 ? Array.from({ length: 8 + dice.below(14) }, (_, i) => as<StudentId>(`other ${i}`)) : []
  for (const student of [...students, ...crowd]) {
    const came = dice.below(5) === 0 ? during() : from + dice.below(15) * MINUTE
    record({ type: 'StudentCheckedIn', session, student }, came)
    if (dice.below(10) > 0)
      record({ type: 'StudentCheckedOut', session, student }, dice.below(4) === 0 ? during() : until - dice.below(300) * 1000)
    if (dice.below(8) === 0) record({ type: dice.pick(['StudentCheckedIn', 'StudentCheckedOut'] as const), session, student }, during())
  }
  const guest = as<StudentId>(`guest ${n}`)
  if (dice.below(5) === 0) {
    record({ type: 'WalkInAdded', session, student: guest, name: 'somebody' }, from)
    record({ type: 'StudentCheckedIn', session, student: guest }, from)
    record({ type: 'StudentCheckedOut', session, student: guest }, until)
    record({ type: 'WalkInMatched', session, temporary: guest, student: dice.pick(students) }, until)
  }
  for (let voids = dice.below(4); voids > 0; voids--) {
    record({ type: 'EventVoided', session, voids: dice.pick(events).id, reason: 'a slip' }, during())
  }
  if (dice.below(2) === 0) record({ type: 'SessionEnded', session }, dice.below(3) === 0 ? during() : until)
  const { digest } = foldSession(session, events)
  if (dice.below(4) > 0) record({ type: 'SessionCertified', session, digest, statement: '', name: '', method: 'typedName' }, until)
  if (dice.below(12) === 0) record({ type: 'StudentCheckedIn', session, student: dice.pick(students) }, during())
  return events
}

/** In another order, some of them twice: as they may come in. */
function shuffled(dice: Random, events: readonly KeptEvent[]): KeptEvent[] {
  const order = [...events, ...events.filter(() => dice.below(10) === 0)]
  for (let i = order.length - 1; i > 0; i--) {
    const j = dice.below(i + 1)
    ;[order[i], order[j]] = [order[j] as KeptEvent, order[i] as KeptEvent]
  }
  return order
}
