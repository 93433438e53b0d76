/** Two entries that share a statewide identifier are one student: in the room, on the clock and for the yearly most. */
import { expect, test } from 'vitest'
import type { AttendanceEvent } from '../../shared/events.ts'
import { as, type SessionId, type StudentId } from '../../shared/ids.ts'
import type { RegistryRecord } from '../../shared/registry.ts'
import { localInstant, type LocalTime, MINUTE, type SchoolDate } from '../../shared/time.ts'
import { AS_OF, event, ledgerOf, records, STUDENTS, TEACHER, type Told } from './days.ts'

const [ana, ben] = STUDENTS as [StudentId, StudentId]

/** A ledger in which Ana and Ben are one. */
function twins(...told: Told[]) {
  const ledger = ledgerOf(
    told.map((each, i) => event(i + 1, each)),
    { countUncertified: true },
  )
  for (const record of records()) {
    if (record.kind !== 'student' || ![ana, ben].includes(record.body.id)) continue
    ledger.putRecord({ ...record, seq: record.seq + 900, body: { ...record.body, ssid: '1000000001' } } as RegistryRecord)
  }
  return ledger
}

function meeting(name: string, on: string, ...marks: [StudentId, number, number][]): Told[] {
  const session = as<SessionId>(name)
  const from = localInstant(on as SchoolDate, '15:00' as LocalTime, 'America/Los_Angeles')
  const until = localInstant(on as SchoolDate, '17:00' as LocalTime, 'America/Los_Angeles')
  const told: Told[] = [
    {
      type: 'SessionStarted',
      session,
      section: null,
      on: on as SchoolDate,
      window: { from, until },
      breaks: [],
      room: '',
      title: '',
      at: from,
    },
    { type: 'SupervisionStarted', session, staff: TEACHER, at: from },
  ]
  for (const [student, came, left] of marks) {
    told.push({ type: 'StudentCheckedIn', session, student, at: from + came * MINUTE })
    told.push({ type: 'StudentCheckedOut', session, student, at: from + left * MINUTE })
  }
  return told
}

test('marks made under either entry are one presence: nothing is counted twice', () => {
  const ledger = twins(...meeting('monday', '2026-09-14', [ana, 0, 60], [ben, 30, 120]))
  expect(ledger.judge(ana, AS_OF).minutes).toBe(ledger.judge(ben, AS_OF).minutes)
  expect(ledger.sessionCredit(as<SessionId>('monday'), ana)).toEqual(ledger.sessionCredit(as<SessionId>('monday'), ben))
  // In since 0; the second check-in changes nothing, the first check-out ends it.
  expect(ledger.sessionCredit(as<SessionId>('monday'), ana).minutesPresent).toBe(60)
})

test('hours under one entry and hours under the other add up, session by session', () => {
  const ledger = twins(...meeting('monday', '2026-09-14', [ana, 0, 60]), ...meeting('tuesday', '2026-09-15', [ben, 0, 120]))
  expect(ledger.judge(ana, AS_OF)).toMatchObject({ hours: 3 })
  expect(ledger.judge(ben, '2026-09-14' as SchoolDate)).toMatchObject({ hours: 1 })
})

test('a session from which both were taken back is none', () => {
  const told = meeting('monday', '2026-09-14', [ana, 0, 60])
  const ledger = twins(...told)
  expect(ledger.judge(ben, AS_OF).hours).toBe(1)
  const marks = [...(ledger.session(as<SessionId>('monday'))?.events ?? [])].filter(({ event: { type } }) =>
    type.startsWith('StudentChecked'),
  )
  const voids = marks.map(({ event: mark }, i) =>
    event(500 + i, { type: 'EventVoided', session: as<SessionId>('monday'), voids: mark.id, reason: 'a slip', at: mark.at + MINUTE }),
  )
  ledger.putEvents(voids as AttendanceEvent[])
  expect(ledger.judge(ana, AS_OF)).toMatchObject({ hours: 0, flags: [] })
  expect(ledger.judge(ben, AS_OF)).toMatchObject({ hours: 0, flags: [] })
  expect(ledger.sessionsOf(ana)).toHaveLength(1)
})

test('both in one crowded room are one pupil of the ratio', () => {
  const others = Array.from({ length: 19 }, (_, i): [StudentId, number, number] => [as<StudentId>(`other-${i}`), 0, 120])
  const both = meeting('monday', '2026-09-14', [ana, 0, 120], [ben, 0, 120], ...others)
  expect(twins(...both).judge(ana, AS_OF)).toMatchObject({ hours: 2, flags: ['uncertified'] })
  expect(
    ledgerOf(
      both.map((each, i) => event(i + 1, each)),
      { countUncertified: true },
    ).judge(ana, AS_OF),
  ).toMatchObject({ hours: 0 })
})

test('in a room that is too full they are there from the first mark of either to the last, once', () => {
  const others = Array.from({ length: 20 }, (_, i): [StudentId, number, number] => [as<StudentId>(`other-${i}`), 0, 120])
  // Twenty others all the time; the two entries of one student for half an hour each: one too many for an hour.
  const full = twins(...meeting('monday', '2026-09-14', [ana, 0, 30], [ben, 30, 60], ...others))
  expect(full.sessionCredit(as<SessionId>('monday'), as<StudentId>('other-0'))).toEqual({
    minutesPresent: 120,
    minutesCounted: 60,
    notCounted: [{ reason: 'ratioBreached', minutes: 60 }],
  })
})
