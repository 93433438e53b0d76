/** A year of a large district, as plain objects: sessions of twenty, two afternoons a week and a Saturday in three weeks. */
import { certifiedDigest } from '../../shared/attendance/certify.ts'
import type { AttendanceEvent } from '../../shared/events.ts'
import { as, type DeviceId, type EventId, type SessionId, type SiteId, type StaffId, type StudentId } from '../../shared/ids.ts'
import type { RegistryRecord } from '../../shared/registry.ts'
import { addDays, instant, type LocalTime, localInstant, MINUTE, type SchoolDate } from '../../shared/time.ts'

export const ZONE = 'America/Los_Angeles'
export const AS_OF = '2027-06-30' as SchoolDate
const SITE = as<SiteId>('site')
const TEACHER = as<StaffId>('teacher')
/** With whom a room of more than twenty keeps the ratio. */
const SECOND = as<StaffId>('second')
const ROOM = 20
/** The school's, with the regular day on its clocks. */
export const YEAR = { first: '2026-08-17', last: '2027-06-04', day: { from: '08:15', until: '14:30' }, noSchool: [] } as const
const WEEKDAYS = ['2026-09-08', '2026-09-10', '2026-09-12'] as const

const numbered = (kind: string, n: number): string => `00000000-0000-7${kind}-8000-${String(n).padStart(12, '0')}`
const studentId = (n: number): StudentId => as<StudentId>(numbered('003', n))

export interface Year {
  readonly students: readonly StudentId[]
  readonly records: readonly RegistryRecord[]
  readonly events: readonly AttendanceEvent[]
  /** The dates on which each student was absent. */
  readonly absences: ReadonlyMap<StudentId, readonly SchoolDate[]>
}

/** At least so many events of so many students, in rooms of so many. The same every time. */
export function makeYear(students: number, atLeast: number, ofRoom = ROOM): Year {
  const events: AttendanceEvent[] = []
  let session = 0
  for (let round = 0; events.length < atLeast; round++) {
    for (let room = 0; room < students / ofRoom && events.length < atLeast; room++) {
      events.push(...meeting(events.length, session++, room, round, ofRoom))
    }
  }
  const absences = new Map<StudentId, SchoolDate[]>()
  for (let i = 0; i < students; i++) {
    absences.set(
      studentId(i),
      Array.from({ length: i % 7 }, (_, n) => addDays('2026-08-17' as SchoolDate, n)),
    )
  }
  return { students: [...absences.keys()], records: recordsOf(students, absences), events, absences }
}

function meeting(before: number, n: number, room: number, round: number, ofRoom: number): readonly AttendanceEvent[] {
  const on = addDays(WEEKDAYS[round % 3] as SchoolDate, 7 * Math.floor(round / 3))
  const saturday = round % 3 === 2
  const from = localInstant(on, (saturday ? '08:00' : '15:00') as LocalTime, ZONE)
  const until = instant(from + (saturday ? 240 : 150) * MINUTE)
  const session = as<SessionId>(numbered('004', n))
  const own: AttendanceEvent[] = []
  const record = (at: number, told: object): void => {
    const deviceSeq = before + own.length + 1
    const id = as<EventId>(numbered('006', deviceSeq))
    const envelope = { id, v: 1, device: as<DeviceId>('device'), deviceSeq, prev: '', actor: TEACHER, site: SITE }
    own.push({ ...envelope, at, recordedAt: at, clock: { offset: 0, age: 0 }, ...told } as AttendanceEvent)
  }
  record(from, { type: 'SessionStarted', session, section: null, on, window: { from, until }, breaks: [], room: '', title: '' })
  if (ofRoom > ROOM) record(from, { type: 'SupervisionStarted', session, staff: SECOND })
  // Some come early or late, some leave a little before the end, as people do.
  for (let i = 0; i < ofRoom; i++) {
    record(from + ((i * 7 + n) % 23) * 20_000 - 60_000, { type: 'StudentCheckedIn', session, student: studentId(room * ofRoom + i) })
  }
  for (let i = 0; i < ofRoom; i++) {
    record(until + ((i * 5 + n) % 19) * 20_000 - 180_000, { type: 'StudentCheckedOut', session, student: studentId(room * ofRoom + i) })
  }
  record(until + 300_000, { type: 'SessionEnded', session })
  const digest = certifiedDigest(own)
  record(until + 400_000, { type: 'SessionCertified', session, digest, statement: '', name: '', method: 'typedName' })
  return own
}

function recordsOf(students: number, absences: Year['absences']): readonly RegistryRecord[] {
  const records: RegistryRecord[] = []
  const add = (kind: RegistryRecord['kind'], id: string, body: object): void => {
    records.push({ kind, id, seq: records.length + 1, ended: false, body } as RegistryRecord)
  }
  add('site', SITE, { id: SITE, name: 'School', code: '1', cds: null, type: 'regular', zone: ZONE, years: [YEAR] })
  for (const id of [TEACHER, SECOND])
    add('staff', id, { id, name: '', email: '', sites: [SITE], title: '', certificated: true, employee: true })
  for (let i = 0; i < students; i++) {
    const id = studentId(i)
    const student = { id, localId: String(i), ssid: String(1_000_000_000 + i), first: '', last: '' }
    add('student', id, { ...student, iepMinutes: null, setting: 'classroom', independentStudy: [] })
    add('enrollment', `e${i}`, { id: `e${i}`, student: id, site: SITE, grade: '05', from: '2026-08-17', until: null })
    for (const on of absences.get(id) ?? []) {
      add('absence', `a${i}-${on}`, { id: `a${i}-${on}`, student: id, site: SITE, on, kind: 'unexcused', code: 'U' })
    }
  }
  return records
}
