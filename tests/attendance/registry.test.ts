/** The registry in the ledger: the newest record counts, whatever came first, and what was worked out from an older one is forgotten. */
import { describe, expect, test } from 'vitest'
import { type Ledger, openLedger } from '../../shared/attendance/ledger.ts'
import { isSchoolDay, meetingsOf, plannedOn } from '../../shared/attendance/planned.ts'
import { as, type SectionId, type SessionId, type StaffId, type StudentId } from '../../shared/ids.ts'
import type { RecordKind, RecordOf, RegistryRecord } from '../../shared/registry.ts'
import { localInstant, type LocalTime, type SchoolDate } from '../../shared/time.ts'
import { AIDE, AS_OF, event, records, SITE, STUDENTS, TEACHER } from './days.ts'

const [ana, ben] = STUDENTS as [StudentId, StudentId]
const on = (text: string): SchoolDate => text as SchoolDate
const record = <K extends RecordKind>(kind: K, id: string, seq: number, body: RecordOf[K], ended = false): RegistryRecord =>
  ({ kind, id, seq, ended, body }) as unknown as RegistryRecord
const absence = (id: string, date: string, student = ana): RecordOf['absence'] => ({
  id,
  student,
  site: SITE,
  on: on(date),
  kind: 'unexcused',
  code: 'U',
})
const enrollment = (id: string, from: string, until: string | null, grade: RecordOf['enrollment']['grade'], student = ana) => ({
  id,
  student,
  site: SITE,
  grade,
  from: on(from),
  until: until === null ? null : on(until),
})
const student = (id: StudentId, ssid: string | null): RecordOf['student'] => ({
  id,
  localId: id,
  ssid,
  first: id,
  last: id,
  iepMinutes: null,
  setting: 'classroom',
  independentStudy: [],
})
function known(): Ledger {
  const ledger = openLedger()
  for (const one of records()) ledger.putRecord(one)
  return ledger
}

describe('a record', () => {
  test('older than the one that is here changes nothing', () => {
    const ledger = known()
    ledger.putRecord(record('absence', 'late', 900, absence('late', '2026-10-02')))
    ledger.putRecord(record('absence', 'late', 800, absence('late', '2026-12-24')))
    expect(ledger.student(ana)?.absences.map((each) => each.on)).toEqual(['2026-08-20', '2026-09-30', '2026-10-02'])
  })
  test('that comes again with other content takes the place of the first', () => {
    const ledger = known()
    ledger.putRecord(record('absence', 'moved', 900, absence('moved', '2026-10-02')))
    ledger.putRecord(record('absence', 'moved', 901, absence('moved', '2026-08-01', ben)))
    expect(ledger.student(ana)?.absences).toHaveLength(2)
    expect(ledger.student(ben)?.absences.map((each) => each.on)).toEqual(['2026-08-01', '2026-08-20', '2026-09-30'])
  })
  test('that ended is gone, and what was judged by it is judged anew', () => {
    const ledger = known()
    expect(ledger.judge(ana, AS_OF).eligibleAbsences).toBe(2)
    const gone = 'ana-2026-08-20'
    ledger.putRecord(record('absence', gone, 900, absence(gone, '2026-08-20'), true))
    expect(ledger.judge(ana, AS_OF).eligibleAbsences).toBe(1)
    ledger.putRecord(record('enrollment', 'ana-here', 901, enrollment('ana-here', '2026-08-17', null, '05'), true))
    expect(ledger.student(ana)?.enrollments).toEqual([])
    // Nobody knows the grade: the longest usual day is asked for.
    expect(ledger.judge(ana, AS_OF).minimumDayMinutes).toBe(240)
    ledger.putRecord(record('student', ana, 902, student(ana, null), true))
    expect(ledger.student(ana)).toBeUndefined()
  })
  test('of one date is listed by its id, whichever came first', () => {
    const ledger = openLedger()
    ledger.putRecord(record('absence', 'b', 1, absence('b', '2026-10-02')))
    ledger.putRecord(record('absence', 'c', 2, absence('c', '2026-10-02')))
    ledger.putRecord(record('absence', 'a', 3, absence('a', '2026-10-02')))
    ledger.putRecord(record('student', ana, 4, student(ana, null)))
    expect(ledger.student(ana)?.absences.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(ledger.judge(ana, AS_OF).eligibleAbsences).toBe(1)
  })
})

describe('a statewide identifier', () => {
  test('makes two entries one student, until one of them gets another', () => {
    const ledger = known()
    ledger.putRecord(record('student', ana, 900, student(ana, '1000000001')))
    ledger.putRecord(record('student', ben, 901, student(ben, '1000000001')))
    ledger.putRecord(record('absence', 'early', 902, absence('early', '2026-08-18', ben)))
    expect(ledger.student(ben)?.sameStudent).toEqual([ana, ben])
    // Four dates of which two are the same, and one more.
    expect(ledger.judge(ana, AS_OF).eligibleAbsences).toBe(3)
    ledger.putRecord(record('student', ben, 903, student(ben, '1000000002')))
    expect(ledger.student(ana)?.sameStudent).toEqual([ana])
    expect(ledger.judge(ana, AS_OF).eligibleAbsences).toBe(2)
    ledger.putRecord(record('student', ben, 904, student(ben, null)))
    expect(ledger.student(ben)?.sameStudent).toEqual([ben])
  })
})

describe('policy', () => {
  test('is the newest that began by the date, in whatever order the choices arrive', () => {
    const ledger = openLedger()
    expect(ledger.policyOn(on('2026-09-01')).yearlyMost).toBe(10)
    const policy = records().find((one) => one.kind === 'policy')?.body as RecordOf['policy']
    const choices: [string, number][] = [
      ['2026-09-01', 6],
      ['2026-07-01', 8],
      ['2026-11-01', 4],
      ['2026-08-01', 7],
    ]
    choices.forEach(([from, yearlyMost], i) => ledger.putRecord(record('policy', from, i + 1, { ...policy, from: on(from), yearlyMost })))
    const most = ['2026-06-30', '2026-07-01', '2026-08-31', '2026-09-01', '2026-12-01'].map((date) => ledger.policyOn(on(date)).yearlyMost)
    expect(most).toEqual([10, 8, 7, 6, 4])
  })
})

describe('the ledger', () => {
  const section: RecordOf['section'] = {
    id: as<SectionId>('reading'),
    site: SITE,
    name: 'Reading',
    room: '4',
    staff: [TEACHER],
    meets: { kind: 'dates', dates: [on('2026-09-14')] },
    window: { from: '15:00' as LocalTime, until: '17:00' as LocalTime },
    breaks: [{ from: '15:50' as LocalTime, until: '16:00' as LocalTime }],
    students: [ana],
  }
  test('tells the schools, people and sections it holds', () => {
    const ledger = known()
    ledger.putRecord(record('section', section.id, 900, section))
    const district = { name: 'Elm Unified', zone: 'America/Los_Angeles', lea: null, sample: false }
    ledger.putRecord(record('district', 'district', 901, district))
    expect(ledger.section(section.id)?.name).toBe('Reading')
    expect([...ledger.sections()].map(({ id }) => id)).toEqual([section.id])
    expect(ledger.site(SITE)?.name).toBe('Elm')
    expect([...ledger.sites()].map(({ id }) => id)).toEqual([SITE])
    expect(ledger.staff(AIDE)?.certificated).toBe(false)
    expect([...known().allStaff()].map(({ id }) => id)).toEqual([TEACHER, AIDE])
    expect(ledger.district()?.name).toBe('Elm Unified')
    expect([...ledger.students()].map((each) => each.student.id)).toEqual(STUDENTS)
  })
  test('finds the enrollment that covers a date; the day somebody leaves is covered no more', () => {
    const ledger = known()
    ledger.putRecord(record('enrollment', 'ana-here', 900, enrollment('ana-here', '2026-08-17', '2026-11-02', '05')))
    ledger.putRecord(record('enrollment', 'ana-next', 901, enrollment('ana-next', '2026-11-16', null, '06')))
    const grades = ['2026-08-16', '2026-08-17', '2026-11-01', '2026-11-02', '2026-11-16'].map(
      (date) => ledger.enrollmentOn(ana, on(date))?.grade,
    )
    expect(grades).toEqual([undefined, '05', '05', undefined, '06'])
  })
  test('answers for a session and a student it has never heard of', () => {
    const ledger = known()
    const nowhere = as<SessionId>('nowhere')
    expect(ledger.session(nowhere)).toBeUndefined()
    expect(ledger.sessionWarnings(nowhere)).toEqual([])
    expect(ledger.sessionCredit(nowhere, ana).minutesPresent).toBe(0)
    expect(ledger.student(as<StudentId>('nobody'))).toBeUndefined()
    expect(ledger.sessionsOf(as<StudentId>('nobody'))).toEqual([])
  })
  test('takes events from anything that yields them, and passes over what belongs to no session', () => {
    const ledger = known()
    const start = event(1, {
      type: 'SessionStarted',
      session: as<SessionId>('one'),
      section: null,
      on: on('2026-09-14'),
      window: { from: FROM, until: UNTIL },
      breaks: [],
      room: '',
      title: '',
      at: FROM,
    })
    const review = event(2, { type: 'ReviewDecided', event: start.id, decision: 'accept', reason: '', at: FROM })
    const odd = { ...start, id: 'e000003', type: 'StudentFedLunch', session: 7, unknown: true } as never
    expect([...ledger.putEvents(new Set([review, start, odd])).sessions]).toEqual(['one'])
    expect([...ledger.putEvents([start, start]).sessions]).toEqual([])
    expect([...ledger.sessions()].map(({ id }) => id)).toEqual(['one'])
  })
  test('lays a section out on a date; what begins before its window on the clock is on the next day', () => {
    const day = plannedOn(section, on('2026-09-14'), 'America/Los_Angeles')
    expect(day).toMatchObject({ window: { from: FROM, until: UNTIL }, breaks: [{ from: at('15:50'), until: at('16:00'), meal: false }] })
    const meal = { from: '00:30' as LocalTime, until: '00:45' as LocalTime, meal: true }
    const night = plannedOn(
      { ...section, window: { from: '22:00' as LocalTime, until: '01:00' as LocalTime }, breaks: [meal] },
      on('2026-09-14'),
      'America/Los_Angeles',
    )
    const next = (time: string) => localInstant(on('2026-09-15'), time as LocalTime, 'America/Los_Angeles')
    expect(night).toMatchObject({ window: { until: next('01:00') }, breaks: [{ from: next('00:30'), until: next('00:45'), meal: true }] })
  })
  test('finds the meetings of a weekly pattern: from its first day, until the day before its last, both ends asked for included', () => {
    const weekly = { ...section, meets: { kind: 'weekly' as const, weekdays: [1, 3], from: on('2026-09-14'), until: on('2026-09-28') } }
    expect(meetingsOf(weekly, on('2026-09-01'), on('2026-12-01'), undefined)).toEqual([
      '2026-09-14',
      '2026-09-16',
      '2026-09-21',
      '2026-09-23',
    ])
    expect(meetingsOf(weekly, on('2026-09-16'), on('2026-09-21'), undefined)).toEqual(['2026-09-16', '2026-09-21'])
    expect(meetingsOf(section, on('2026-09-01'), on('2026-12-01'), undefined)).toEqual(['2026-09-14'])
  })
  test('leaves the weekdays out of a weekly pattern that the school’s calendar closes, and no other day', () => {
    const year = { first: on('2026-08-17'), last: on('2027-06-04'), day: { from: '08:15' as LocalTime, until: '14:30' as LocalTime } }
    const years = [{ ...year, noSchool: ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28'].map(on) }]
    const weekly = (weekdays: readonly number[], from: string, until: string) => ({
      ...section,
      meets: { kind: 'weekly' as const, weekdays: [...weekdays], from: on(from), until: on(until) },
    })
    const week = (of: typeof section) => meetingsOf(of, on('2026-11-22'), on('2026-11-30'), { years })
    expect(week(weekly([1, 4, 6], '2026-08-17', '2027-06-30'))).toEqual(['2026-11-23', '2026-11-28', '2026-11-30'])
    expect(meetingsOf(weekly([4], '2026-08-17', '2027-06-30'), on('2027-06-01'), on('2027-06-12'), { years })).toEqual([
      '2027-06-03',
      '2027-06-10',
    ])
    expect(week({ ...section, meets: { kind: 'dates', dates: [on('2026-11-26')] } })).toEqual(['2026-11-26'])
    expect(['2026-11-24', '2026-11-26', '2026-11-28', '2027-06-07'].map((day) => isSchoolDay({ years }, on(day)))).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect(isSchoolDay(undefined, on('2026-11-24'))).toBe(false)
    // A pattern without any school day in it is one for the days between.
    expect(week(weekly([3, 4, 5, 6], '2026-11-24', '2026-11-30'))).toEqual(['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28'])
    expect(week(weekly([2, 4], '2026-11-24', '2026-11-30'))).toEqual(['2026-11-24'])
    // Every day of the week is every day.
    expect(week(weekly([0, 1, 2, 3, 4, 5, 6], '2026-08-17', '2027-06-30'))).toHaveLength(9)
  })
  test('plans a section with its breaks as if it had been held', () => {
    const { before, after, minutes } = known().nextSession(ana, {
      section: section.id,
      site: SITE,
      on: on('2026-09-14'),
      window: { from: FROM, until: UNTIL },
      breaks: [{ from: at('15:50'), until: at('16:00'), meal: false }],
      staff: [TEACHER, as<StaffId>('stranger')],
    })
    expect([before.minutes, after.minutes, minutes]).toEqual([0, 60, 110])
  })
})
const at = (time: string) => localInstant(on('2026-09-14'), time as LocalTime, 'America/Los_Angeles')
const FROM = at('15:00')
const UNTIL = at('17:00')
