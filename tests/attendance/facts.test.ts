/** What the rules are told, piece by piece: presence from marks, a session from its events, a person from records. */
import { describe, expect, test } from 'vitest'
import { foldSession } from '../../shared/attendance/fold.ts'
import { openLedger } from '../../shared/attendance/ledger.ts'
import { isClockSuspect, isEnteredLater, spansOf, type Stretch, stretches } from '../../shared/attendance/presence.ts'
import { openRecords, sameStudent } from '../../shared/attendance/records.ts'
import { sessionFacts } from '../../shared/attendance/sessionFacts.ts'
import { type Person, personOf, schoolFacts } from '../../shared/attendance/studentFacts.ts'
import { placeIn } from '../../shared/attendance/visits.ts'
import { type Mark, StudentInSession } from '../../shared/attendance/studentInSession.ts'
import { as, type EventId, type SessionId, type SiteId, type StaffId, type StudentId } from '../../shared/ids.ts'
import type { RegistryRecord } from '../../shared/registry.ts'
import { HOUR, instant, localInstant, type LocalTime, MINUTE, type SchoolDate } from '../../shared/time.ts'
import { AIDE, AS_OF, event, ledgerOf, records, SITE, STUDENTS, TEACHER, type Told } from './days.ts'

const [ana, ben, kim] = STUDENTS as [StudentId, StudentId, StudentId]
const session = as<SessionId>('saturday')
const ON = '2026-09-12' as SchoolDate
const ZONE = 'America/Los_Angeles'
const FROM = localInstant(ON, '09:00' as LocalTime, ZONE)
const UNTIL = instant(FROM + 3 * HOUR)
const minute = (n: number): number => FROM + n * MINUTE
const start = (rest: Partial<Extract<Told, { type: 'SessionStarted' }>> = {}): Told => ({
  type: 'SessionStarted',
  session,
  section: null,
  on: ON,
  window: { from: FROM, until: UNTIL },
  breaks: [],
  room: '',
  title: '',
  at: FROM,
  ...rest,
})
const teaches = (at: number, staff = TEACHER): Told => ({ type: 'SupervisionStarted', session, staff, at })
const leaves = (at: number, staff = TEACHER): Told => ({ type: 'SupervisionEnded', session, staff, at })
const marks = (student: StudentId, came: number, left: number): Told[] => [
  { type: 'StudentCheckedIn', session, student, at: minute(came) },
  { type: 'StudentCheckedOut', session, student, at: minute(left) },
]
const numbered = (...told: Told[]) => told.map((each, i) => event(i + 1, each))
const mark = (at: number, isIn: boolean, rest: object = {}): Mark =>
  ({ ...event(1, { type: isIn ? 'StudentCheckedIn' : 'StudentCheckedOut', session, student: ana, at }), ...rest }) as Mark

describe('a mark', () => {
  test('made more than a minute after its moment was entered later', () => {
    const after = (ms: number): boolean => isEnteredLater(mark(FROM, true, { recordedAt: FROM + ms }))
    expect([after(0), after(MINUTE), after(MINUTE + 1), after(-HOUR)]).toEqual([false, false, true, false])
  })
  test('is in doubt when its clock was more than two minutes off, either way; not when nobody knows', () => {
    const off = (offset: number | null): boolean => isClockSuspect(mark(FROM, true, { clock: { offset, age: 0 } }))
    expect([off(null), off(2 * MINUTE), off(-2 * MINUTE), off(2 * MINUTE + 1), off(-2 * MINUTE - 1)]).toEqual([
      false,
      false,
      false,
      true,
      true,
    ])
  })
})

describe('stretches', () => {
  const stretch = (from: number, until: number | null): Stretch => ({
    in: instant(from),
    out: until === null ? null : instant(until),
    inEvent: 'a' as EventId,
    outEvent: null,
  })
  test('without an end or a length are nobody’s presence', () => {
    expect(spansOf([stretch(5, 9)])).toEqual([5, 9])
    expect(spansOf([stretch(5, 5)])).toEqual([])
    expect(spansOf([stretch(5, null)])).toEqual([])
    expect(spansOf([stretch(5, 4), stretch(5, 9), stretch(9, 9), stretch(10, 12), stretch(13, null)])).toEqual([5, 9, 10, 12])
    expect(spansOf([])).toEqual([])
  })
  test('are made of a check-in and the next check-out', () => {
    const of = (...told: [number, boolean][]) => stretches(told.map(([at, isIn]) => mark(at, isIn))).map((each) => [each.in, each.out])
    expect(of([1, true], [2, false])).toEqual([[1, 2]])
    expect(of([1, false], [2, false])).toEqual([])
    expect(of([1, true], [2, true])).toEqual([[1, null]])
    expect(of([1, false], [2, true])).toEqual([[2, null]])
    expect(of([1, true], [2, true], [3, false], [3, true], [4, false])).toEqual([
      [1, 3],
      [3, 4],
    ])
    // In and out at one moment: a stretch without length, and whoever was not in before is out.
    expect(of([1, true], [1, false], [2, false])).toEqual([[1, 1]])
    expect(of([1, false], [1, true], [2, false])).toEqual([[1, 1]])
    expect(of([1, true])).toEqual([[1, null]])
  })
})

describe('a student who', () => {
  const late = { recordedAt: UNTIL + HOUR }
  const wrong = { clock: { offset: HOUR, age: 0 } }
  const is = (...made: Mark[]): boolean => new StudentInSession(ana, made).isUsual
  const came = mark(FROM, true)
  const left = mark(UNTIL, false)
  test('came once and left once, as it was recorded then, is the usual case; anybody else is not', () => {
    expect(is(came, left)).toBe(true)
    expect(is()).toBe(false)
    expect(is(came)).toBe(false)
    expect(is(came, left, mark(UNTIL, true))).toBe(false)
    expect(is(came, mark(UNTIL, true))).toBe(false)
    expect(is(mark(FROM, false), left)).toBe(false)
    expect(is(came, mark(FROM, false))).toBe(false)
    expect(is(mark(UNTIL, true), mark(FROM, false))).toBe(false)
    expect(is(mark(FROM, true, late), left)).toBe(false)
    expect(is(came, mark(UNTIL, false, late))).toBe(false)
    expect(is(mark(FROM, true, wrong), left)).toBe(false)
    expect(is(came, mark(UNTIL, false, wrong))).toBe(false)
  })
  test('was entered later is told by the marks that were', () => {
    const later = mark(UNTIL, false, late)
    expect(new StudentInSession(ana, [came, later]).enteredLater).toEqual([later])
  })
})

describe('a place in some company', () => {
  const company = [ana, ben, kim].map((student) => ({ student }))
  test.each([
    [0, ana, 0],
    [0, kim, 2],
    [2, kim, 2],
    [2, ben, 1],
    [1, ana, 0],
  ])('looked for from %i on and round to it: %s is at %i', (from, student, place) => expect(placeIn(company, from, student)).toBe(place))
  test('of somebody who is not there is beyond its end', () => {
    expect(placeIn(company, 1, as<StudentId>('zoe'))).toBe(3)
    expect(placeIn([], 0, ana)).toBe(0)
  })
  test('is the nearest after, of two', () => expect(placeIn([...company, ...company], 3, ben)).toBe(4))
})

describe('the facts of a session', () => {
  const person = (student: StudentId, rest: Partial<Person> = {}): Person => ({
    entries: [{ student, facts: { placements: [placement('05')], setting: 'classroom', iepMinutes: null, independentStudy: [] } }],
    facts: { entries: [{ placements: [placement('05')], setting: 'classroom', iepMinutes: null, independentStudy: [] }], absences: [] },
    isYoungest: false,
    ...rest,
  })
  const placement = (grade: '05' | 'KG') => ({
    school: schoolFacts(SITE, undefined, ZONE),
    grade,
    from: '2026-08-17' as SchoolDate,
    until: null,
  })
  const factsOf = (told: readonly Told[], persons: readonly Person[] = []) =>
    sessionFacts(foldSession(session, numbered(...told)), ZONE, (id) => id === TEACHER, persons)
  test('hold the shifts of its certificated employees that have a length, one entry a person', () => {
    expect(factsOf([start(), teaches(minute(0)), leaves(minute(0))]).certificated).toEqual([])
    expect(factsOf([start(), teaches(UNTIL)]).certificated).toEqual([])
    expect(factsOf([start(), teaches(minute(0)), leaves(minute(60)), teaches(minute(90))]).certificated).toEqual([
      [minute(0), minute(60), minute(90), UNTIL],
    ])
    expect(factsOf([start(), teaches(minute(0), AIDE)]).certificated).toEqual([])
  })
  test('hold a break as no meal unless it was said to be one', () => {
    const breaks = [
      { from: instant(minute(10)), until: instant(minute(20)) },
      { from: instant(minute(30)), until: instant(minute(40)), meal: true },
    ]
    expect(factsOf([start({ breaks })]).breaks.map(({ meal }) => meal)).toEqual([false, true])
  })
  test('hold everybody who has a mark, somebody with two entries once', () => {
    const noted: Told = { type: 'StudentNoted', session, student: ben, text: 'ill', at: minute(5) }
    const told = [start(), ...marks(ana, 0, 60), noted]
    expect(factsOf(told, [person(ana), person(ben)]).crowd).toHaveLength(1)
    const one = person(ana, { isYoungest: undefined })
    const two = person(ben, { isYoungest: undefined })
    const both = { ...one, entries: [one.entries[0], two.entries[0]] as const }
    const { crowd } = factsOf([start(), ...marks(ana, 0, 60), ...marks(ben, 70, 90)], [both, both])
    expect(crowd.map(({ presence, youngest }) => [presence.spans, youngest])).toEqual([
      [[minute(0), minute(60), minute(70), minute(90)], false],
    ])
  })
  test('hold somebody as of the youngest when any entry that is there is', () => {
    const entry = (student: StudentId, grade: '05' | 'KG') => ({
      student,
      facts: { ...person(student).entries[0].facts, placements: [placement(grade)] as const },
    })
    const both = person(ana, { isYoungest: undefined, entries: [entry(ana, '05'), entry(ben, 'KG')] })
    expect(factsOf([start(), ...marks(ana, 0, 60), ...marks(ben, 70, 90)], [both, both]).crowd.map(({ youngest }) => youngest)).toEqual([
      true,
    ])
    expect(factsOf([start(), ...marks(ana, 0, 60)], [both]).crowd.map(({ youngest }) => youngest)).toEqual([false])
    const alone = person(ana, { isYoungest: undefined, entries: [entry(ana, 'KG')] })
    expect(factsOf([start(), ...marks(ana, 0, 60)], [alone]).crowd.map(({ youngest }) => youngest)).toEqual([true])
  })
})

describe('a school or student of whom there is no record', () => {
  test('holds no school day; is in a classroom, without a plan or independent study', () => {
    expect(schoolFacts(SITE, undefined, 'America/New_York')).toEqual({ key: SITE, type: 'regular', zone: 'America/New_York', years: [] })
    const nobody = personOf(ana, openRecords(), (id) => schoolFacts(id, undefined, ZONE))
    expect(nobody.facts.entries[0]).toMatchObject({ setting: 'classroom', iepMinutes: null, independentStudy: [] })
    expect(nobody.isYoungest).toBe(false)
  })
  test('is on the district’s clocks', () => {
    const east = records().filter(({ kind }) => kind !== 'site')
    const ledger = openLedger()
    for (const each of east) ledger.putRecord(each)
    ledger.putRecord({
      kind: 'district',
      id: 'd',
      seq: 99,
      ended: false,
      body: { id: 'd', name: 'D', zone: 'America/New_York' },
    } as unknown as RegistryRecord)
    // Until one in the morning there; in California still the evening before.
    const from = localInstant(ON, '22:00' as LocalTime, 'America/New_York')
    const late = start({ window: { from, until: instant(from + 3 * HOUR) }, at: from })
    const told = [late, teaches(from), { type: 'StudentCheckedIn', session, student: ana, at: from } as Told]
    ledger.putEvents(numbered(...told, { type: 'StudentCheckedOut', session, student: ana, at: from + 3 * HOUR }))
    const { notCounted } = ledger.explain(ana, '2026-09-13' as SchoolDate)
    expect(notCounted.map(({ on, minutes }) => [on, minutes])).toEqual([
      ['2026-09-12', 120],
      ['2026-09-13', 60],
    ])
  })
})

describe('the records', () => {
  const put = (kind: string, id: string, seq: number, body: object, ended = false) =>
    ({ kind, id, seq, ended, body }) as unknown as RegistryRecord
  test('of one statewide identifier are listed by id, whichever came first', () => {
    const held = openRecords()
    for (const id of ['zoe', 'ann', 'kim']) held.put(put('student', id, 1, { id, ssid: '1000000001' }))
    expect(sameStudent('kim' as StudentId, held.of('kim' as StudentId))).toEqual(['ann', 'kim', 'zoe'])
    held.put(put('student', 'ann', 2, { id: 'ann', ssid: null }))
    expect(sameStudent('ann' as StudentId, held.of('ann' as StudentId))).toEqual(['ann'])
    expect(sameStudent('kim' as StudentId, held.of('kim' as StudentId))).toEqual(['kim', 'zoe'])
  })
  test('say whether anything changed: not by one older than what is here', () => {
    const held = openRecords()
    expect(held.put(put('student', 'ann', 5, { id: 'ann', ssid: null }))).toBe(true)
    expect(held.put(put('student', 'ann', 4, { id: 'ann', ssid: '1' }))).toBe(false)
    expect(held.put(put('student', 'ann', 6, { id: 'ann', ssid: '1' }))).toBe(true)
  })
  test('of other kinds are no students, and are found by their ids', () => {
    const held = openRecords()
    const absence = { id: 'x', student: ana, on: ON }
    held.put(put('absence', 'x', 1, absence))
    expect(held.of('x' as StudentId).student).toBeUndefined()
    expect(held.absence('x')).toBe(absence)
    held.put(put('site', 's', 2, { id: 's', ssid: 'odd' }))
    expect(held.of('s' as StudentId).same.size).toBe(0)
  })
  test('of enrollments and policies are in the order of their dates, whichever came first', () => {
    const held = openRecords()
    for (const [id, from] of [
      ['b', '2026-10-01'],
      ['a', '2026-11-01'],
      ['c', '2026-08-17'],
    ] as const) {
      held.put(put('enrollment', id, 1, { id, student: ana, from }))
      held.put(put('policy', id, 1, { from }))
    }
    expect(held.of(ana).enrollments.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
    expect(held.policies().map(({ from }) => from)).toEqual(['2026-08-17', '2026-10-01', '2026-11-01'])
  })
})

describe('the ledger', () => {
  const body = (id: string, student: StudentId) => ({
    id,
    student,
    site: SITE,
    on: '2026-10-02' as SchoolDate,
    kind: 'unexcused',
    code: 'U',
  })
  test('judges both anew when an absence turns out to be another student’s, and the one whose absence is told', () => {
    const ledger = ledgerOf([])
    const absence = (seq: number, student: StudentId) =>
      ({ kind: 'absence', id: 'moved', seq, ended: false, body: body('moved', student) }) as RegistryRecord
    expect(ledger.judge(ana, AS_OF).eligibleAbsences).toBe(2)
    ledger.putRecord(absence(900, ana))
    expect([ana, ben].map((id) => ledger.judge(id, AS_OF).eligibleAbsences)).toEqual([3, 2])
    ledger.putRecord(absence(901, ben))
    expect([ana, ben].map((id) => ledger.judge(id, AS_OF).eligibleAbsences)).toEqual([2, 3])
  })
  test('judges anew when a school’s hours change', () => {
    const monday = '2026-09-14' as SchoolDate
    const from = localInstant(monday, '15:00' as LocalTime, ZONE)
    const until = instant(from + 2 * HOUR)
    const told: Told[] = [
      start({ on: monday, window: { from, until }, at: from }),
      teaches(from),
      { type: 'StudentCheckedIn', session, student: ana, at: from },
      { type: 'StudentCheckedOut', session, student: ana, at: until },
    ]
    const ledger = ledgerOf(numbered(...told), { countUncertified: true })
    expect(ledger.judge(ana, AS_OF).hours).toBe(2)
    const site = records().find((each): each is Extract<RegistryRecord, { kind: 'site' }> => each.kind === 'site')
    if (!site) throw new Error('no school')
    const years = site.body.years.map((year) => ({ ...year, day: { from: '08:15' as LocalTime, until: '16:00' as LocalTime } }))
    ledger.putRecord({ ...site, seq: 900, body: { ...site.body, years } })
    expect(ledger.judge(ana, AS_OF).hours).toBe(1)
  })
  test('gives the same answer, not another like it, until something changes', () => {
    const ledger = ledgerOf(numbered(start(), teaches(FROM), ...marks(ana, 0, 60)))
    const before = ledger.judge(ana, AS_OF)
    expect(ledger.judge(ana, AS_OF)).toBe(before)
    ledger.putEvents([event(99, { type: 'StudentCheckedIn', session, student: ana, at: minute(90) })])
    expect(ledger.judge(ana, AS_OF)).not.toBe(before)
  })
  test('warns of the ratio by how many teachers there are and by whether anybody is of the youngest', () => {
    const many = Array.from({ length: 21 }, (_, i) => as<StudentId>(`s${i}`))
    const come = many.map((student): Told => ({ type: 'StudentCheckedIn', session, student, at: minute(1) }))
    const certificated = { ...records().find(({ id }) => id === TEACHER), id: 'second', seq: 901 } as RegistryRecord
    const ledger = ledgerOf(numbered(start(), teaches(FROM), ...come))
    ledger.putRecord({ ...certificated, body: { ...certificated.body, id: 'second' } } as RegistryRecord)
    expect(ledger.sessionWarnings(session)).toEqual([{ kind: 'ratioBreached', pupils: 21, teachers: 1, most: 20 }])
    ledger.putEvents([event(98, teaches(minute(2), as<StaffId>('second')))])
    expect(ledger.sessionWarnings(session)).toEqual([])
    // Kim is in kindergarten; with one entry of that age among two somebody is of the youngest.
    for (const id of [ana, kim]) {
      const student = records().find((each) => each.kind === 'student' && each.id === id) as Extract<RegistryRecord, { kind: 'student' }>
      ledger.putRecord({ ...student, seq: 950, body: { ...student.body, ssid: '1000000001' } })
    }
    ledger.putEvents([event(99, { type: 'StudentCheckedIn', session, student: ana, at: minute(3) })])
    expect(ledger.sessionWarnings(session)).toEqual([{ kind: 'ratioBreached', pupils: 22, teachers: 2, most: 20 }])
  })
  test('tells a student’s sessions and a session’s students at once', () => {
    const ledger = ledgerOf([])
    const touched = ledger.putEvents(numbered(start(), teaches(FROM), ...marks(ana, 0, 60), ...marks(ben, 0, 60)))
    expect([...touched.students].sort()).toEqual([ana, ben])
    expect(ledger.sessionsOf(ana).map(({ id }) => id)).toEqual([session])
    ledger.putEvents([event(50, { type: 'StudentCheckedIn', session, student: kim, at: minute(70) })])
    expect(ledger.sessionsOf(kim).map(({ id }) => id)).toEqual([session])
  })
})
const SITE_ELSEWHERE = as<SiteId>('elsewhere')
test('An event of a school nobody knows is judged by no school day', () => {
  const ledger = ledgerOf(numbered(start({ site: SITE_ELSEWHERE } as object), teaches(FROM), ...marks(ana, 0, 60)), {
    countUncertified: true,
  })
  expect(ledger.judge(ana, AS_OF).hours).toBe(1)
})
