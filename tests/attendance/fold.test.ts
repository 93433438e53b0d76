import { describe, expect, test } from 'vitest'
import { certifiedDigest } from '../../shared/attendance/certify.ts'
import { foldSession } from '../../shared/attendance/fold.ts'
import type { AttendanceEvent, KeptEvent } from '../../shared/events.ts'
import { as, type SectionId, type SessionId, type StudentId } from '../../shared/ids.ts'
import { HOUR, instant, localInstant, type LocalTime, MINUTE, type SchoolDate } from '../../shared/time.ts'
import { AIDE, AS_OF, event, ledgerOf, STUDENTS, TEACHER, type Told } from './days.ts'

const ON = '2026-09-14' as SchoolDate
const FROM = localInstant(ON, '15:00' as LocalTime, 'America/Los_Angeles')
const UNTIL = instant(FROM + 2 * HOUR)
const session = as<SessionId>('monday')
const [ana, ben] = STUDENTS as [StudentId, StudentId]
const at = (minute: number): number => FROM + minute * MINUTE

/** Numbers the events as one device would. */
function log(...told: Told[]): AttendanceEvent[] {
  return told.map((each, i) => event(i + 1, each))
}
const start: Told = {
  type: 'SessionStarted',
  session,
  section: null,
  on: ON,
  window: { from: FROM, until: UNTIL },
  breaks: [],
  room: '4',
  title: 'Monday',
  at: FROM,
}
const teach: Told = { type: 'SupervisionStarted', session, staff: TEACHER, at: FROM }
const checkIn = (student: StudentId, minute: number): Told => ({ type: 'StudentCheckedIn', session, student, at: at(minute) })
const checkOut = (student: StudentId, minute: number): Told => ({ type: 'StudentCheckedOut', session, student, at: at(minute) })
const voids = (target: AttendanceEvent, n: number): AttendanceEvent =>
  event(n, { type: 'EventVoided', session, voids: target.id, reason: 'a slip', at: at(100) })
const sign = (events: readonly AttendanceEvent[], n: number): AttendanceEvent =>
  event(n, {
    type: 'SessionCertified',
    session,
    digest: certifiedDigest(events),
    statement: '',
    name: 'T. Eacher',
    method: 'typedName',
    at: UNTIL,
  })

describe('a session', () => {
  test('is what its start says, and its starter supervises from that moment', () => {
    const state = foldSession(session, log(start))
    expect(state).toMatchObject({ started: true, on: ON, room: '4', title: 'Monday', startedBy: AIDE, endedAt: null })
    expect(state.supervision).toEqual([{ staff: AIDE, from: FROM, until: null }])
  })
  test('whose end was taken back is open again, and whoever supervised does so still', () => {
    const events = log(start, checkIn(ana, 0), { type: 'SessionEnded', session, at: at(60) })
    const state = foldSession(session, [...events, voids(events[2] as AttendanceEvent, 9)])
    expect(state.endedAt).toBeNull()
    expect(state.supervision).toEqual([{ staff: AIDE, from: FROM, until: null }])
    expect(state.students.get(ana)?.since).toBe(at(0))
  })
  test('whose start was taken back counts for nobody, and tells who took it back; without that void all of it counts again', () => {
    const events = log(start, teach, checkIn(ana, 0), checkOut(ana, 60))
    const back = voids(events[0] as AttendanceEvent, 9)
    const ledger = ledgerOf([...events, back], { countUncertified: true })
    expect(ledger.session(session)).toMatchObject({ started: false, section: null, endedAt: null })
    expect(ledger.session(session)?.events[0]?.voidedBy?.id).toBe(back.id)
    expect(ledger.judge(ana, AS_OF)).toMatchObject({ hours: 0, flags: [] })
    ledger.putEvents([voids(back, 10)])
    expect(ledger.judge(ana, AS_OF).hours).toBe(1)
  })
  test('whose start has not arrived counts for nobody', () => {
    const events = log(teach, checkIn(ana, 0), checkOut(ana, 60))
    const ledger = ledgerOf(events, { countUncertified: true })
    expect(ledger.session(session)?.started).toBe(false)
    expect(ledger.judge(ana, AS_OF)).toMatchObject({ hours: 0, flags: [] })
    ledger.putEvents([event(99, start)])
    expect(ledger.judge(ana, AS_OF).hours).toBe(1)
  })
  test('that ends closes every supervision still open, and nobody’s attendance', () => {
    const state = foldSession(session, log(start, teach, checkIn(ana, 0), { type: 'SessionEnded', session, at: at(90) }))
    expect(state.supervision.map(({ staff, until }) => [staff, until])).toEqual([
      [AIDE, at(90)],
      [TEACHER, at(90)],
    ])
    expect(state.students.get(ana)?.since).toBe(FROM)
  })
  test('taken over at one moment is supervised without a gap', () => {
    const handOver: Told[] = [
      { type: 'SupervisionStarted', session, staff: TEACHER, at: at(60) },
      { type: 'SupervisionEnded', session, staff: TEACHER, at: at(60) },
    ]
    const [early, ...rest] = log(start, teach, ...handOver)
    const teaching = foldSession(session, [early as AttendanceEvent, ...rest]).supervision.filter(({ staff }) => staff === TEACHER)
    expect(teaching.map(({ from, until }) => [from, until])).toEqual([
      [FROM, at(60)],
      [at(60), null],
    ])
  })
  test('supervised by somebody who never left counts to the end of its window and no longer', () => {
    const ledger = ledgerOf(log(start, teach, checkIn(ana, 0), checkOut(ana, 150)), { countUncertified: true })
    expect(ledger.sessionCredit(session, ana)).toEqual({
      minutesPresent: 150,
      minutesCounted: 120,
      notCounted: [{ reason: 'outsideWindow', minutes: 30 }],
    })
  })
})

describe('what is missing', () => {
  test('a session of which nothing was recorded is empty, and says so', () => {
    expect(foldSession(session, [])).toMatchObject({ started: false, site: '', on: '1970-01-01', endedAt: null, needsUpdate: 0 })
  })
  test('a session whose start is not here is of the day and place of its first event, and knows nothing else', () => {
    const state = foldSession(session, log(checkIn(ana, 0), checkOut(ana, 60)))
    expect(state).toMatchObject({
      started: false,
      site: 'site',
      section: null,
      on: '2026-09-14',
      window: { from: FROM, until: FROM },
      breaks: [],
      room: '',
      title: '',
      startedAt: null,
      startedBy: null,
      certification: { state: 'none' },
    })
    expect(foldSession(session, log({ ...start, section: as<SectionId>('reading') } as Told))).toMatchObject({
      section: 'reading',
      startedAt: FROM,
    })
  })
  test('an event that comes twice in one breath, out of order, is one', () => {
    const events = log(start, teach, checkIn(ana, 0), checkOut(ana, 60))
    const state = foldSession(session, [...events, ...events].reverse())
    expect(state.events.map(({ event: { id } }) => id)).toEqual(events.map(({ id }) => id))
  })
  test('two stretches of one teacher are both supervised, and the time between them is not', () => {
    const away: Told = { type: 'SupervisionEnded', session, staff: TEACHER, at: at(30) }
    const back: Told = { type: 'SupervisionStarted', session, staff: TEACHER, at: at(50) }
    const ledger = ledgerOf(log(start, teach, checkIn(ana, 0), away, back, checkOut(ana, 120)), { countUncertified: true })
    expect(ledger.sessionCredit(session, ana)).toMatchObject({
      minutesCounted: 100,
      notCounted: [{ reason: 'noCertificatedTeacher', minutes: 20 }],
    })
  })
  test('a teacher who left and came at one moment after the window was not there', () => {
    const late: Told = { type: 'SupervisionStarted', session, staff: TEACHER, at: at(121) }
    const ledger = ledgerOf(log(start, checkIn(ana, 0), checkOut(ana, 120), late), { countUncertified: true })
    expect(ledger.sessionCredit(session, ana).minutesCounted).toBe(0)
  })
})

describe('notes', () => {
  const note = (student: StudentId, text: string, minute: number): Told => ({
    type: 'StudentNoted',
    session,
    student,
    text,
    at: at(minute),
  })
  test('stand beside the marks, in reading order, and make nobody present', () => {
    const state = foldSession(
      session,
      log(start, teach, checkIn(ana, 0), note(ana, 'reads aloud', 5), note(ana, 'tired', 50), note(ben, 'ill', 1)),
    )
    expect(state.students.get(ana)?.notes).toEqual([
      { text: 'reads aloud', at: at(5), by: AIDE },
      { text: 'tired', at: at(50), by: AIDE },
    ])
    expect(state.students.get(ben)).toMatchObject({ notes: [{ text: 'ill' }], marks: [], since: null, firstIn: Number.POSITIVE_INFINITY })
    expect(state.students.get(ben)?.firstMark).toBe(Number.POSITIVE_INFINITY)
    expect(state.students.get(ben)?.lastMark).toBe(Number.NEGATIVE_INFINITY)
    const ledger = ledgerOf(log(start, teach, note(ben, 'ill', 1)), { countUncertified: true })
    expect(ledger.judge(ben, AS_OF)).toMatchObject({ minutes: 0, flags: [] })
  })
})

describe('taking back', () => {
  const events = log(start, teach, checkIn(ana, 0), checkOut(ana, 60))
  const out = events[3] as AttendanceEvent
  test('a check-out makes the check-in open again, and the trail keeps both and says who and why', () => {
    const taken = voids(out, 5)
    const state = foldSession(session, [...events, taken])
    expect(state.students.get(ana)?.intervals).toEqual([{ in: FROM, out: null, inEvent: events[2]?.id, outEvent: null }])
    expect(state.events).toHaveLength(5)
    expect(state.events.find((entry) => entry.event.id === out.id)?.voidedBy).toBe(taken)
  })
  test('a void lets the event hold again', () => {
    const taken = voids(out, 5)
    const state = foldSession(session, [...events, taken, voids(taken, 6)])
    expect(state.students.get(ana)?.since).toBeNull()
  })
  test('two voids that take back each other do not hang anything', () => {
    const [one, two] = [voids(out, 5), voids(out, 6)]
    const circle = [
      { ...one, voids: two.id },
      { ...two, voids: one.id },
    ] as AttendanceEvent[]
    expect(foldSession(session, [...events, ...circle]).students.get(ana)?.since).toBeNull()
  })
  test('an event twice, and one of the voids: it stays taken back, by the void that is left', () => {
    const [one, two] = [voids(out, 5), voids(out, 6)]
    const state = foldSession(session, [...events, one, two, voids(one, 7)])
    expect(state.students.get(ana)?.since).toBe(FROM)
    expect(state.events.find((entry) => entry.event.id === out.id)?.voidedBy).toBe(two)
  })
  test('a void of a void of a void, thousands deep, comes to an answer', () => {
    const chain: AttendanceEvent[] = [...events]
    let target = out
    for (let n = 0; n < 20_000; n++) chain.push((target = voids(target, 100 + n)))
    expect(foldSession(session, chain).students.get(ana)?.since).toBeNull()
  })
  test('somebody’s only mark, and giving it back, touches the others in the room as well', () => {
    const ledger = ledgerOf(events, { countUncertified: true })
    expect(ledger.judge(ana, AS_OF).hours).toBe(1)
    const taken = voids(events[2] as AttendanceEvent, 5)
    expect([...ledger.putEvents([taken]).students]).toEqual([ana])
    expect(ledger.judge(ana, AS_OF).hours).toBe(0)
    ledger.putEvents([voids(taken, 6)])
    expect(ledger.judge(ana, AS_OF).hours).toBe(1)
  })
})

describe('a signature', () => {
  const events = log(start, teach, checkIn(ana, 0), checkOut(ana, 60))
  test('holds for exactly what was signed', () => {
    const state = foldSession(session, [...events, sign(events, 9)])
    expect(state.digest).toBe(certifiedDigest(events))
    expect(state.certification).toMatchObject({ state: 'certified', by: AIDE, name: 'T. Eacher' })
    expect(ledgerOf([...events, sign(events, 9)]).judge(ana, AS_OF)).toMatchObject({ hours: 1, flags: [] })
  })
  test('is stale after any later change, until somebody signs again', () => {
    const signed = [...events, sign(events, 9)]
    const late = event(10, checkIn(ben, 30))
    const ledger = ledgerOf(signed)
    ledger.putEvents([late])
    expect(ledger.session(session)?.certification.state).toBe('stale')
    expect(ledger.judge(ana, AS_OF)).toMatchObject({ hours: 0, flags: ['uncertified'] })
    ledger.putEvents([{ ...sign([...events, late], 11), at: instant(UNTIL + MINUTE) }])
    expect(ledger.session(session)?.certification.state).toBe('certified')
    expect(ledger.judge(ana, AS_OF).hours).toBe(1)
  })
})

describe('walk-ins', () => {
  test('are the real student once somebody says who they are', () => {
    const guest = as<StudentId>('guest')
    const events = log(
      start,
      teach,
      { type: 'WalkInAdded', session, student: guest, name: 'Ana?', at: FROM },
      checkIn(guest, 0),
      checkOut(guest, 60),
    )
    const ledger = ledgerOf(events, { countUncertified: true })
    expect(ledger.session(session)?.walkIns).toEqual([{ student: guest, name: 'Ana?', matched: null }])
    expect(ledger.judge(ana, AS_OF).hours).toBe(0)
    ledger.putEvents([event(20, { type: 'WalkInMatched', session, temporary: guest, student: ana, at: at(70) })])
    expect(ledger.session(session)?.walkIns[0]?.matched).toBe(ana)
    expect([...(ledger.session(session)?.students.keys() ?? [])]).toEqual([ana])
    expect(ledger.judge(ana, AS_OF).hours).toBe(1)
    expect(ledger.judge(guest, AS_OF).hours).toBe(0)
  })
  test('leave everybody else’s marks with them', () => {
    const guest = as<StudentId>('guest')
    const matched: Told = { type: 'WalkInMatched', session, temporary: guest, student: ana, at: at(70) }
    const state = foldSession(session, log(start, teach, checkIn(guest, 0), checkIn(ben, 5), matched))
    expect([...state.students.keys()]).toEqual([ana, ben])
  })
})

describe('what this build does not know', () => {
  test('is kept and counted as needing an update, and changes nothing', () => {
    const events = log(start, teach, checkIn(ana, 0), checkOut(ana, 60))
    const odd = { ...(events[3] as AttendanceEvent), id: 'e000050', type: 'StudentFedLunch', v: 7, unknown: true } as unknown as KeptEvent
    const state = foldSession(session, [...events, odd])
    expect(state.needsUpdate).toBe(1)
    expect(state.digest).toBe(foldSession(session, events).digest)
    expect(state.events).toHaveLength(5)
    expect(ledgerOf([...events, odd], { countUncertified: true }).judge(ana, AS_OF).hours).toBe(1)
  })
})

describe('doubt', () => {
  const events = (told: Partial<AttendanceEvent>) =>
    log(start, teach, checkIn(ana, 0), checkOut(ana, 60)).map((each) =>
      each.type === 'StudentCheckedIn' ? { ...each, ...told } : each,
    ) as AttendanceEvent[]
  const flags = (told: Partial<AttendanceEvent>) => ledgerOf(events(told), { countUncertified: true }).judge(ana, AS_OF).flags
  test('a mark entered on a later day is a late entry, one corrected on the same day is not', () => {
    expect(flags({ recordedAt: instant(at(24 * 60)) })).toEqual(['uncertified', 'lateEntry'])
    expect(flags({ recordedAt: instant(at(120)) })).toEqual(['uncertified'])
  })
  test('a clock more than two minutes off is suspect, an unknown one is not', () => {
    expect(flags({ clock: { offset: -120_001, age: 0 } })).toEqual(['uncertified', 'clockSuspect'])
    expect(flags({ clock: { offset: 120_000, age: 0 } })).toEqual(['uncertified'])
    expect(flags({ clock: { offset: null, age: null } })).toEqual(['uncertified'])
  })
})

describe('warnings', () => {
  const many = Array.from({ length: 21 }, (_, i) => checkIn(as<StudentId>(`s${i}`), 0))
  const warned = (...told: Told[]) => ledgerOf(log(...told)).sessionWarnings(session)
  test('say that nobody certificated is there', () => {
    expect(warned(start, checkIn(ana, 0))).toEqual([{ kind: 'noCertificatedTeacher', pupils: 1 }])
    expect(warned(start, teach, checkIn(ana, 0))).toEqual([])
  })
  test('say that the ratio is exceeded now, and fall silent when somebody leaves', () => {
    expect(warned(start, teach, ...many)).toEqual([{ kind: 'ratioBreached', pupils: 21, teachers: 1, most: 20 }])
    expect(warned(start, teach, ...many, checkOut(as<StudentId>('s0'), 1))).toEqual([])
    expect(warned(start, teach, ...many.slice(0, 10), checkIn(STUDENTS[2] as StudentId, 0))).toEqual([
      { kind: 'ratioBreached', pupils: 11, teachers: 1, most: 10 },
    ])
  })
  test('say nothing of a session whose start is not here, and of the room only while somebody may be in it', () => {
    expect(warned(checkIn(ana, 0))).toEqual([])
    expect(warned(start, checkIn(ana, 0), { type: 'SessionEnded', session, at: at(120) })).toEqual([])
  })
  test('say that the window reaches into the school day', () => {
    const early = { ...start, window: { from: instant(FROM - HOUR), until: UNTIL } } as Told
    expect(warned(early)).toEqual([{ kind: 'insideSchoolDay', from: FROM - HOUR, until: FROM - 30 * MINUTE }])
  })
})
