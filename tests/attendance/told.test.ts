/** What the ledger is told changes what it answers, at once and only then. */
import { describe, expect, test } from 'vitest'
import { openLedger } from '../../shared/attendance/ledger.ts'
import { plannedFacts, plannedOn, wholePresence } from '../../shared/attendance/planned.ts'
import type { Section } from '../../shared/registry.ts'
import { byFirstCheckIn } from '../../shared/rules/california/overlap.ts'
import type { Attended } from '../../shared/rules/california/countable.ts'
import { placementOn } from '../../shared/rules/california/placement.ts'
import type { EntryFacts, Placement, SchoolFacts } from '../../shared/rules/facts.ts'
import type { LocalTime, SchoolDate } from '../../shared/time.ts'
import { AS_OF, records, SITE, STUDENTS, TEACHER } from './days.ts'

const date = (text: string): SchoolDate => text as SchoolDate

describe('a planned session', () => {
  const section = (from: string, until: string, breaks: Section['breaks'] = []) =>
    ({
      id: 'reading',
      site: SITE,
      name: 'Reading',
      window: { from: from as LocalTime, until: until as LocalTime },
      breaks,
      staff: [TEACHER, 'aide'],
      students: STUDENTS,
      meets: { kind: 'dates', dates: [] },
    }) as unknown as Section
  const on = date('2026-09-12')

  test('that ends when it begins runs over midnight, and its breaks are on the date they say', () => {
    const night = plannedOn(
      section('22:00', '22:00', [
        { from: '22:00' as LocalTime, until: '22:10' as LocalTime, meal: true },
        { from: '23:55' as LocalTime, until: '00:10' as LocalTime },
      ]),
      on,
      'America/Los_Angeles',
    )
    expect(night.window.until - night.window.from).toBe(24 * 3_600_000)
    expect(night.breaks.map(({ from, until, meal }) => [from - night.window.from, until - from, meal])).toEqual([
      [0, 600_000, true],
      [6_900_000, 900_000, false],
    ])
  })
  test('is held by its certificated staff alone, will be signed, and everybody is there all the time', () => {
    const planned = plannedOn(section('08:00', '12:00'), on, 'America/Los_Angeles')
    const { from, until } = planned.window
    const facts = plannedFacts(planned, 'America/Los_Angeles', (id) => id === TEACHER)
    expect(facts).toMatchObject({ certificated: [[from, until]], crowd: [], certified: true })
    expect(wholePresence(planned)).toEqual({
      spans: [from, until],
      firstIn: from,
      firstMark: from,
      lastMark: until,
      missingCheckOut: false,
      enteredLater: [],
      clockSuspect: false,
    })
  })
})

describe('a record', () => {
  test('that comes late changes what was answered: an absence, a student, a policy', () => {
    const ledger = openLedger()
    for (const one of records()) if (one.kind !== 'absence' && one.kind !== 'policy') ledger.putRecord(one)
    const [ana] = STUDENTS
    if (!ana) throw new Error('nobody')
    expect(ledger.judge(ana, AS_OF).eligibleAbsences).toBe(0)
    for (const one of records()) if (one.kind === 'absence') ledger.putRecord(one)
    expect(ledger.judge(ana, AS_OF).eligibleAbsences).toBe(2)
  })
})

describe('the sessions of one moment', () => {
  const at = (key: string): Attended => ({ presence: { firstIn: 5 }, session: { facts: { key } }, entries: [] }) as unknown as Attended
  test('may claim a minute in the order of their keys', () => {
    expect([at('b'), at('a'), at('c')].sort(byFirstCheckIn).map(({ session }) => session.facts.key)).toEqual(['a', 'b', 'c'])
  })
})

describe('the enrollment that speaks for a date', () => {
  const school: SchoolFacts = {
    key: 'elm',
    type: 'regular',
    zone: 'America/Los_Angeles',
    years: [{ first: date('2026-08-17'), last: date('2027-06-04'), day: { from: '08:15', until: '14:30' }, noSchool: new Set() }],
  }
  const place = (grade: Placement['grade'], from: string, until: string | null): Placement => ({
    school,
    grade,
    from: date(from),
    until: until === null ? null : date(until),
  })
  const entry: EntryFacts = {
    placements: [place('04', '2025-08-18', '2026-08-17'), place('05', '2026-08-17', '2026-10-05'), place('06', '2026-10-05', null)],
    setting: 'classroom',
    iepMinutes: null,
    independentStudy: [],
  }
  test.each([
    ['2026-06-30', '04'],
    ['2026-07-01', '05'],
    ['2026-08-16', '05'],
    ['2026-08-17', '05'],
    ['2026-10-04', '05'],
    ['2026-10-05', '06'],
    ['2027-06-04', '06'],
    ['2027-06-05', '06'],
  ])('of %s is that of grade %s', (on, grade) => expect(placementOn(entry, date(on)).grade).toBe(grade))
})
