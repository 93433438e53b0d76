// The calendar, the charts' scales, the roster's views and the guide, without a screen.
import { expect, test } from 'vitest'
import { daysOf, meetingsAt } from '../../client/screens/coordinator/calendar/plannedDays.ts'
import { boardOf } from '../../client/screens/coordinator/day/board.ts'
import { expectedOf } from '../../client/screens/coordinator/deviceBoard.ts'
import { valuesFor } from '../../client/screens/coordinator/letters/merge.ts'
import { closedDays, draftOf } from '../../client/screens/coordinator/sections/draft.ts'
import { siteDay } from '../../client/screens/coordinator/siteDay.ts'
import { nextMeeting } from '../../client/screens/district/planner/planView.ts'
import { addressOf, FIRST_COLUMNS, queryOf, textsOf, viewOf, viewsOf } from '../../client/screens/district/roster/views.ts'
import { ticks } from '../../client/ui/chart/ticks.ts'
import { GUIDE } from '../../client/words/guide.ts'
import { WORDS } from '../../client/words/index.ts'
import '../../client/words/late.ts'
import { openLedger } from '../../shared/attendance/ledger.ts'
import { isSchoolDay } from '../../shared/attendance/planned.ts'
import type { RegistryRecord, Section } from '../../shared/registry.ts'
import { localInstant, type LocalTime, type SchoolDate, weekday } from '../../shared/time.ts'
import type { RegistryChange } from '../../server/registry/store.ts'
import { ELM, enrolled, OAK, section as sectionOf, student, studentRecord } from '../server/smallDistrict.ts'

const date = (text: string): SchoolDate => text as SchoolDate
const time = (text: string): LocalTime => text as LocalTime
const ZONE = 'America/Los_Angeles'

test('A month is whole weeks from Sunday on, and a week is seven days', () => {
  const days = daysOf(date('2026-11-22'), 'month')
  expect([days.length % 7, days[0], days.at(-1)]).toEqual([0, '2026-11-01', '2026-12-05'])
  expect(weekday(days[0] as SchoolDate)).toBe(0)
  expect(daysOf(date('2026-11-25'), 'week')).toEqual(
    ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28'].map(date),
  )
  expect(daysOf(date('2027-02-10'), 'month')).toHaveLength(35)
})

function ledgerWith(...changes: readonly RegistryChange[]) {
  const ledger = openLedger()
  const site = {
    kind: 'site',
    id: ELM,
    ended: false,
    body: {
      ...{ id: ELM, name: 'Elm', code: 'elm', cds: null, type: 'regular', zone: ZONE },
      years: [{ first: '2026-08-17', last: '2027-06-04', day: { from: '08:15', until: '14:30' }, noSchool: ['2026-11-26'] }],
    },
  } as unknown as RegistryChange
  const staff = {
    kind: 'staff',
    id: 'rivera',
    ended: false,
    body: { id: 'rivera', name: 'Rivera', email: '', sites: [ELM], title: '', certificated: true, employee: true },
  } as unknown as RegistryChange
  for (const [i, change] of [site, staff, ...changes].entries()) ledger.putRecord({ ...change, seq: i + 1 } as RegistryRecord)
  return ledger
}

const daily = (id: string, change: Partial<Section> = {}): RegistryChange => {
  const made = sectionOf(id as never, ELM, ['ana'])
  const body = {
    ...(made.body as Section),
    meets: { kind: 'weekly' as const, weekdays: [1, 2, 3, 4, 5], from: date('2026-08-17'), until: date('2027-06-30') },
    window: { from: time('15:00'), until: time('17:00') },
    ...change,
  }
  return { ...made, body } as RegistryChange
}
const people = [studentRecord('ana'), enrolled('ana', ELM)]
const clashes = (on: string, ...sections: readonly RegistryChange[]) =>
  meetingsAt(
    ledgerWith(...people, ...sections),
    ELM,
    [date(on)],
    date('2026-11-22'),
    localInstant(date('2026-11-22'), time('10:00'), ZONE),
  ).map(({ section, clashes: found, capacity, state }) => [section.id, state, capacity, found.map(({ kind }) => kind)])

test('A session after school clashes with nothing; one that reaches into the school day does, on school days only', () => {
  expect(clashes('2026-11-23', daily('a'))).toEqual([['a', 'planned', 20, []]])
  const earlyHours = { window: { from: time('14:00'), until: time('16:00') } }
  const early = daily('a', earlyHours)
  expect(clashes('2026-11-23', early)).toEqual([['a', 'planned', 20, ['regularDay']]])
  expect(clashes('2026-11-26', daily('a', { ...earlyHours, meets: { kind: 'dates', dates: [date('2026-11-26')] } }))).toEqual([
    ['a', 'planned', 20, []],
  ])
  expect(clashes('2026-11-23', daily('a', { window: { from: time('14:30'), until: time('16:00') } }))).toEqual([['a', 'planned', 20, []]])
})

test('On a weekday that the calendar closes a weekly section does not meet: no letter, no plan, nothing expected; on a date of its own it does', () => {
  const [thanksgiving, today] = [date('2026-11-26'), date('2026-11-24')]
  const letter = (section: RegistryChange): string =>
    valuesFor(WORDS.en, ledgerWith(...people, section), student('ana'), { site: ELM, today, signed: '' }).sessions
  expect(letter(daily('a')).match(/\w+, \w+ \d+(?=, 3:00)/g)).toEqual([
    'Wednesday, November 25',
    'Friday, November 27',
    'Monday, November 30',
    'Tuesday, December 1',
  ])
  const there = daily('a', { meets: { kind: 'dates', dates: [thanksgiving] } })
  expect(letter(there)).toMatch(/^• Thursday, November 26, 3:00/)
  const seen = (section: RegistryChange) => {
    const ledger = ledgerWith(...people, section)
    const now = localInstant(thanksgiving, time('18:00'), ZONE)
    const [only] = [...ledger.sections()]
    return [
      meetingsAt(ledger, ELM, [thanksgiving], thanksgiving, now).length,
      siteDay(ledger, ELM, thanksgiving, now, new Set()).today.length,
      expectedOf(ledger, [ELM], thanksgiving, now, []).due,
      boardOf({ ledger, site: ELM, today: thanksgiving, now, unsent: new Set(), resolutions: [], days: 1 }).length,
      only && nextMeeting(only, thanksgiving, ledger.site(ELM)),
    ]
  }
  expect(seen(daily('a'))).toEqual([0, 0, 0, 0, '2026-11-27'])
  expect(seen(there)).toEqual([1, 1, 1, 1, '2026-11-26'])
})

test('Whoever plans a weekly section is told which of its days the calendar closes', () => {
  const site = ledgerWith().site(ELM)
  const draft = draftOf(daily('a').body as Section, date('2026-11-22'))
  expect(closedDays(draft, site)).toEqual(['2026-11-26'])
  expect(closedDays({ ...draft, weekdays: [6] }, site)).toEqual([])
  expect(closedDays({ ...draft, last: 'soon' }, site)).toEqual([])
  // Between two terms as a whole, it is meant so.
  expect(closedDays({ ...draft, first: '2026-11-26', last: '2026-11-26' }, site)).toEqual([])
})

test('Two sessions at the same time clash by student, teacher and room; one after the other does not', () => {
  const other = { students: [], staff: [], room: 'Gym' }
  expect(clashes('2026-11-23', daily('a'), daily('b'))[0]).toEqual(['a', 'planned', 20, ['student', 'teacher', 'room']])
  expect(clashes('2026-11-23', daily('a'), daily('b', other))[0]).toEqual(['a', 'planned', 20, []])
  expect(clashes('2026-11-23', daily('a'), daily('b', { window: { from: time('17:00'), until: time('18:00') } }))[0]).toEqual([
    'a',
    'planned',
    20,
    [],
  ])
})

test('A session of another school at the same time holds a student just as well', () => {
  expect(clashes('2026-11-23', daily('a'), daily('b', { site: OAK, room: 'Gym', staff: [] }))).toEqual([['a', 'planned', 20, ['student']]])
})

test('Without a certificated teacher nobody has a place, and a past day without a session did not arrive', () => {
  expect(clashes('2026-11-23', daily('a', { staff: [] }))).toEqual([['a', 'planned', 0, ['noTeacher']]])
  expect(clashes('2026-11-20', daily('a'))).toEqual([['a', 'notArrived', 20, []]])
})

test('A school day is a weekday of the school year that is not taken out of it', () => {
  const site = ledgerWith().site(ELM)
  expect(['2026-11-25', '2026-11-26', '2026-11-28', '2026-08-16', '2026-08-17'].map((on) => isSchoolDay(site, date(on)))).toEqual([
    true,
    false,
    false,
    false,
    true,
  ])
})

test.each([
  [1, [0, 1]],
  [4, [0, 1, 2, 3, 4]],
  [7, [0, 2, 4, 6, 8]],
  [186, [0, 50, 100, 150, 200]],
  [1000, [0, 500, 1000]],
])('A scale up to %i has round numbers and reaches it', (most, scale) => {
  expect(ticks(most)).toEqual(scale)
})

test('A view of the roster is its address, and what is as at first is not in it', () => {
  const first = viewOf(new URLSearchParams())
  expect(addressOf(first).toString()).toBe('')
  const view = {
    ...first,
    find: 'ana b',
    site: 'elm',
    show: 'nearCap' as const,
    sort: 'left' as const,
    descending: true,
    columns: FIRST_COLUMNS.slice(1),
  }
  expect(viewOf(addressOf(view))).toEqual(view)
  expect(queryOf(view, 2)).toBe('find=ana+b&site=elm&show=nearCap&sort=left&descending=1&pages=2')
  expect(viewOf(new URLSearchParams('sort=nonsense&show=nonsense&columns=nonsense'))).toMatchObject({
    sort: 'student',
    show: '',
    columns: [],
  })
})

test('A saved view says the same after it was kept', () => {
  const view = { ...viewOf(new URLSearchParams('show=atCap&columns=site,left')), name: 'At the limit' }
  expect(textsOf([view])).toEqual({ views: [{ name: 'At the limit', address: 'show=atCap&columns=site%2Cleft' }] })
  expect(viewsOf(textsOf([view]))).toEqual([view])
})

test('The guide has the same topics for the same readers in both languages, and none is a copy of the other', () => {
  const shape = (language: 'en' | 'es') => GUIDE[language].topics.map(({ id, readers, steps }) => [id, readers, steps.length])
  expect(shape('es')).toEqual(shape('en'))
  for (const [i, topic] of GUIDE.en.topics.entries()) {
    expect(GUIDE.es.topics[i]?.title).not.toBe(topic.title)
    for (const [n, step] of topic.steps.entries()) expect(GUIDE.es.topics[i]?.steps[n]).not.toBe(step)
  }
  for (const reader of ['teacher', 'coordinator', 'district'] as const) {
    expect(GUIDE.en.topics.filter(({ readers }) => readers.includes(reader)).length).toBeGreaterThan(5)
    expect(GUIDE.en.tour.steps[reader].length).toBe(GUIDE.es.tour.steps[reader].length)
  }
})
