/** The steps of the pack one by one, at their edges: what a whole scenario answers the same for many reasons is looked at here alone. */
import { describe, expect, test } from 'vitest'
import { byCodeUnits } from '../../shared/rules/codeUnits.ts'
import { eligibleAbsences } from '../../shared/rules/california/absences.ts'
import { type Attended, breachedTime, countableTime } from '../../shared/rules/california/countable.ts'
import { excludedOn } from '../../shared/rules/california/exclusion.ts'
import { type Flag, flagSession } from '../../shared/rules/california/flags.ts'
import { judge, weigh } from '../../shared/rules/california/judge.ts'
import { minimumDayFor } from '../../shared/rules/california/minimumDay.ts'
import { nextDay } from '../../shared/rules/california/next.ts'
import { nextSession } from '../../shared/rules/california/nextSession.ts'
import { countedOnce } from '../../shared/rules/california/overlap.ts'
import { placementOn } from '../../shared/rules/california/placement.ts'
import { DEFAULT_POLICY } from '../../shared/rules/california/policy.ts'
import { cutOff } from '../../shared/rules/california/periods.ts'
import { ratioBreach } from '../../shared/rules/california/ratio.ts'
import { isSchoolDay, regularDay } from '../../shared/rules/california/schoolDay.ts'
import { onDate, SessionTime } from '../../shared/rules/california/sessionTime.ts'
import type { AbsenceFacts, EntryFacts, Grade, Placement, PolicyChoices, PresenceFacts, SchoolFacts } from '../../shared/rules/facts.ts'
import type { SessionFacts, StudentFacts } from '../../shared/rules/facts.ts'
import { NEVER } from '../../shared/rules/spans.ts'
import { instant, MINUTE, type SchoolDate } from '../../shared/time.ts'

const ON = '2026-09-12' as SchoolDate
const MONDAY = '2026-09-14' as SchoolDate
const date = (text: string): SchoolDate => text as SchoolDate
/** A moment of a date in UTC, where every school of these tests is. */
const at = (time: string, on: string = ON): number => Date.parse(`${on}T${time}:00Z`)
const school = (key: string, from = '08:00', until = '14:00'): SchoolFacts => ({
  key,
  type: 'regular',
  zone: 'UTC',
  years: [{ first: date('2026-08-17'), last: date('2027-06-04'), day: { from, until }, noSchool: new Set() }],
})
const elm = school('elm')
const oak = school('oak', '13:00', '17:00')
const place = (grade: Grade, where = elm, from = '2026-07-01', until: string | null = null): Placement => ({
  school: where,
  grade,
  from: date(from),
  until: until === null ? null : date(until),
})
const entry = (placement: Placement, ...others: Placement[]): EntryFacts => ({
  placements: [placement, ...others],
  setting: 'classroom',
  iepMinutes: null,
  independentStudy: [],
})
const fifth = entry(place('05'))
const kinder = entry(place('KG'))
const person = (...entries: [EntryFacts, ...EntryFacts[]]): StudentFacts => ({ entries, absences: [] })
const session = (facts: Partial<SessionFacts> = {}): SessionFacts => ({
  key: 'k',
  on: ON,
  zone: 'UTC',
  from: at('09:00'),
  until: at('12:00'),
  breaks: [],
  certificated: [[at('09:00'), at('12:00')]],
  crowd: [],
  certified: true,
  ...facts,
})
const timeOf = (facts: Partial<SessionFacts> = {}, policy: Partial<PolicyChoices> = {}): SessionTime =>
  new SessionTime(session(facts), { ...DEFAULT_POLICY, ...policy })
const presence = (from: number, until: number, rest: Partial<PresenceFacts> = {}): PresenceFacts => ({
  spans: [from, until],
  firstIn: from,
  firstMark: from,
  lastMark: until,
  missingCheckOut: false,
  enteredLater: [],
  clockSuspect: false,
  ...rest,
})
const attended = (time: SessionTime, was = presence(at('09:00'), at('12:00')), entries: readonly EntryFacts[] = [fifth]): Attended => ({
  session: time,
  presence: was,
  entries,
})

test('Texts are in the order of their code units', () => {
  expect(['b', 'a', 'B', 'ab', 'a'].sort(byCodeUnits)).toEqual(['B', 'a', 'a', 'ab', 'b'])
  expect(byCodeUnits('a', 'a')).toBe(0)
  expect(byCodeUnits('a', 'b')).toBe(-1)
})

describe('the section of law for a day', () => {
  test.each<[Grade, string]>([
    ['TK', 'EC 46117'],
    ['KG', 'EC 46117'],
    ['01', 'EC 46112'],
    ['03', 'EC 46112'],
    ['04', 'EC 46113'],
    ['08', 'EC 46113'],
    ['09', 'EC 46141'],
    ['12', 'EC 46141'],
  ])('of grade %s is %s', (grade, cite) => expect(minimumDayFor(place(grade)).values[0]?.cite).toBe(cite))
})

describe('absences', () => {
  const absence = (on: string, kind: AbsenceFacts['kind'] = 'unexcused'): AbsenceFacts => ({ on: date(on), kind, site: 'elm' })
  test('are those of the fiscal year, from its first day to the date, oldest first, each date once', () => {
    const all = ['2026-10-02', '2026-07-01', '2026-06-30', '2026-09-12', '2026-09-13', '2026-09-01', '2026-09-01'].map((on) => absence(on))
    expect(eligibleAbsences(all, ON).map(({ on }) => on)).toEqual(['2026-07-01', '2026-09-01', '2026-09-12'])
  })
  test('of a date that any school reports as one that cannot be recovered are none, whoever reports first', () => {
    expect(eligibleAbsences([absence('2026-09-01'), absence('2026-09-01', 'partialDay')], ON)).toEqual([])
    expect(eligibleAbsences([absence('2026-09-01', 'partialDay'), absence('2026-09-01')], ON)).toEqual([])
  })
})

describe('a school day', () => {
  test('is also the first and the last of the year, and none beyond', () => {
    expect(['2026-08-16', '2026-08-17', '2027-06-04', '2027-06-05'].map((on) => isSchoolDay(elm, date(on)))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
  test('is worked out once', () => {
    expect(regularDay(elm, MONDAY)).toEqual([at('08:00', MONDAY), at('14:00', MONDAY)])
    expect(regularDay(elm, MONDAY)).toBe(regularDay(elm, MONDAY))
  })
})

describe('the enrollment', () => {
  const on = (text: string, ...placements: [Placement, ...Placement[]]): Grade => placementOn(entry(...placements), date(text)).grade
  test('that comes next in the year speaks where the last one ended, from its last day on', () => {
    const left = place('04', elm, '2026-08-17', '2026-12-01')
    const joins = place('05', oak, '2027-02-01')
    expect(on('2026-11-30', left, joins)).toBe('04')
    expect(on('2026-12-01', left, joins)).toBe('05')
    expect(on('2027-01-15', left, joins)).toBe('05')
  })
  test('speaks on the last day of the school year also when another begins that summer', () => {
    expect(on('2027-06-04', place('04', elm, '2026-08-17', '2027-06-05'), place('05', elm, '2027-06-10'))).toBe('04')
    expect(on('2027-06-04', place('04', elm, '2026-08-17'), place('05', elm, '2027-06-10'))).toBe('04')
  })
  test('of no day still is the last before', () => {
    expect(on('2027-01-10', place('04', elm, '2026-08-17', '2026-12-01'), place('05', elm, '2027-01-10', '2027-01-10'))).toBe('05')
  })
})

test('A period ends with the school month that was set for its own year, and never after the day the law names', () => {
  const months = [
    { year: 2025, 'P-1': date('2025-12-19'), 'P-2': null },
    { year: 2026, 'P-1': date('2026-12-18'), 'P-2': date('2027-04-20') },
  ]
  expect(cutOff('P-1', 2026, months)).toBe('2026-12-18')
  expect(cutOff('P-1', 2025, months)).toBe('2025-12-19')
  expect(cutOff('P-2', 2026, months)).toBe('2027-04-15')
  expect(cutOff('P-2', 2025, months)).toBe('2026-04-15')
  expect(cutOff('P-1', 2024, months)).toBe('2024-12-31')
  expect(cutOff('Annual', 2026, months)).toBe('2027-06-30')
  expect(cutOff('P-1', 2026, [{ year: 2026, 'P-1': date('2026-06-30'), 'P-2': null }])).toBe('2026-12-31')
})

describe('independent study', () => {
  const studying = (from: string, until: string): StudentFacts =>
    person({ ...fifth, independentStudy: [{ from: date(from), until: date(until) }] })
  test('excludes nobody before it begins or after it ends, however long it was', () => {
    expect(excludedOn(studying('2026-10-01', '2027-05-01'), date('2026-09-30'))).toBeUndefined()
    expect(excludedOn(studying('2026-08-17', '2026-09-11'), ON)).toBeUndefined()
    expect(excludedOn(studying('2026-08-17', '2026-09-12'), ON)).toBe('independentStudy')
  })
})

describe('time that sessions share', () => {
  test('is counted for the first; where none is shared the lists stay as they are', () => {
    const apart = [
      [0, 10],
      [10, 20],
    ]
    const alone = countedOnce([NEVER, ...apart])
    expect(alone.spans[1]).toBe(apart[0])
    expect(alone.overlap).toEqual([NEVER, NEVER, NEVER])
    const lists = [[0, 10], [5, 20], NEVER, [30, 40]]
    const { spans, overlap } = countedOnce(lists)
    expect(spans).toEqual([[0, 10], [10, 20], [], [30, 40]])
    expect(overlap).toEqual([[], [5, 10], [], []])
    expect(spans[3]).toBe(lists[3])
    expect(countedOnce(apart).spans).toBe(apart)
  })
})

describe('a session', () => {
  test('that ends when it begins, or before, has no window', () => {
    expect(timeOf({ until: at('09:00') }).window).toEqual([])
    expect(timeOf({ until: at('08:59') }).window).toEqual([])
    expect(timeOf().window).toEqual([at('09:00'), at('12:00')])
  })
  test('of more than a week is looked at for eight dates', () => {
    const { dates, last } = timeOf({ until: at('12:00', '2026-12-12') })
    expect(dates).toHaveLength(8)
    expect([dates[0], last]).toEqual(['2026-09-12', '2026-09-19'])
    expect(timeOf({ until: at('00:00', '2026-09-13') }).dates).toEqual([ON])
    expect(timeOf({ until: at('00:01', '2026-09-13') }).dates).toHaveLength(2)
  })
  test('with one teacher is supervised as that teacher was, with two as either', () => {
    const alone = [at('09:00'), at('10:00')]
    expect(timeOf({ certificated: [alone] }).supervised).toBe(alone)
    expect(timeOf({ certificated: [alone, [at('09:30'), at('11:00')]] }).supervised).toEqual([at('09:00'), at('11:00')])
  })
  test('without breaks has none to take away', () => {
    expect(timeOf().breaksFor(false)).toBe(NEVER)
    const recess = { from: at('10:00'), until: at('10:10'), meal: false }
    const lunch = { from: at('11:00'), until: at('11:10'), meal: true }
    expect(timeOf({ breaks: [lunch, recess] }).breaksFor(false)).toEqual([recess.from, recess.until, lunch.from, lunch.until])
    expect(timeOf({ breaks: [lunch, recess] }).breaksFor(true)).toEqual([lunch.from, lunch.until])
  })
  test('lies in the regular day of each school, on each of its dates', () => {
    const one = timeOf({ on: MONDAY, from: at('07:00', MONDAY), until: at('08:30', MONDAY) })
    expect(one.regularDays([elm])).toBe(regularDay(elm, MONDAY))
    expect(one.regularDays([elm, oak])).toEqual([at('08:00', MONDAY), at('17:00', MONDAY)])
    const night = timeOf({ on: MONDAY, from: at('20:00', MONDAY), until: at('09:00', '2026-09-15') })
    expect(night.regularDays([elm])).toEqual([...regularDay(elm, MONDAY), ...regularDay(elm, date('2026-09-15'))])
  })
  test('is open to students of one school and age alike, and that is worked out once', () => {
    const weekday = timeOf({
      on: MONDAY,
      from: at('12:00', MONDAY),
      until: at('18:00', MONDAY),
      certificated: [[at('12:00', MONDAY), at('18:00', MONDAY)]],
    })
    const there = entry(place('05', oak))
    expect(weekday.openTo([fifth]).spans).toEqual([at('14:00', MONDAY), at('18:00', MONDAY)])
    expect(weekday.openTo([there]).spans).toEqual([at('12:00', MONDAY), at('13:00', MONDAY), at('17:00', MONDAY), at('18:00', MONDAY)])
    expect(weekday.openTo([fifth])).toBe(weekday.openTo([entry(place('06'))]))
    expect(weekday.openTo([fifth, there]).spans).toEqual([at('17:00', MONDAY), at('18:00', MONDAY)])
  })
  test('of which nothing but breaks is taken is whole', () => {
    const recess = { from: at('10:00'), until: at('10:10'), meal: false }
    expect(timeOf({ breaks: [recess] }).openTo([fifth]).isWhole).toBe(true)
    expect(timeOf({ certificated: [[at('09:00'), at('11:59')]] }).openTo([fifth]).isWhole).toBe(false)
  })
  test('of one date gives that date all its time as it is', () => {
    const spans = [at('09:00'), at('10:00')]
    expect(onDate(timeOf(), spans, 0)).toBe(spans)
    const night = timeOf({ from: at('22:00'), until: at('02:00', '2026-09-13') })
    const late = [at('23:00'), at('01:00', '2026-09-13')]
    expect([onDate(night, late, 0), onDate(night, late, 1)]).toEqual([
      [at('23:00'), at('00:00', '2026-09-13')],
      [at('00:00', '2026-09-13'), at('01:00', '2026-09-13')],
    ])
  })
})

describe('the ratio', () => {
  const room = (count: number, spans: readonly number[], youngest = false): SessionFacts['crowd'] =>
    Array.from({ length: count }, () => ({ presence: { spans }, youngest }))
  const all = [at('09:00'), at('12:00')]
  test('is breached from the moment one of two teachers leaves until the room is small enough', () => {
    const crowd = [...room(20, all), ...room(10, [at('09:00'), at('11:00')])]
    const breach = ratioBreach(session({ crowd, certificated: [all, [at('09:00'), at('10:00')]] }))
    expect(breach).toEqual([at('10:00'), at('11:00')])
  })
  test('is judged when all that happens at one moment has happened', () => {
    const crowd = [...room(20, [at('09:00'), at('10:00')]), ...room(20, [at('10:00'), at('12:00')])]
    expect(ratioBreach(session({ crowd }))).toEqual([])
  })
  test('of twenty or fewer, or ten with a kindergartner, is never breached by one teacher', () => {
    expect(ratioBreach(session({ crowd: room(20, all) }))).toBe(NEVER)
    expect(ratioBreach(session({ crowd: room(21, all) }))).toEqual(all)
    expect(ratioBreach(session({ crowd: [...room(9, all), ...room(1, all, true)] }))).toBe(NEVER)
    expect(ratioBreach(session({ crowd: [...room(10, all), ...room(1, [at('09:00'), at('10:00')], true)] }))).toEqual([
      at('09:00'),
      at('10:00'),
    ])
  })
  test('says nothing of the time without any teacher', () => {
    expect(ratioBreach(session({ crowd: room(30, all), certificated: [[at('10:00'), at('11:00')]] }))).toEqual([at('10:00'), at('11:00')])
    expect(ratioBreach(session({ crowd: room(30, all), certificated: [] }))).toEqual([])
  })
  test('takes from each student the time that would otherwise have counted', () => {
    const recess = { from: at('10:30'), until: at('10:40'), meal: false }
    const time = timeOf({ crowd: room(21, [at('10:00'), at('11:00')]), breaks: [recess] })
    expect(breachedTime(attended(time))).toEqual([at('10:00'), at('10:30'), at('10:40'), at('11:00')])
    expect(breachedTime(attended(timeOf()))).toBe(NEVER)
  })
})

describe('the flags of a session', () => {
  const flagsOf = (each: Attended, student = person(fifth), policy: Partial<PolicyChoices> = {}): Flag[] => {
    const flags = new Set<Flag>()
    flagSession(flags, student, each, NEVER, { ...DEFAULT_POLICY, ...policy })
    return [...flags].sort()
  }
  test('are none where all of the time counts; a break is nothing to flag, time outside the window is told by the marks', () => {
    expect(flagsOf(attended(timeOf()))).toEqual([])
    const recess = { from: at('10:00'), until: at('10:10'), meal: false }
    expect(flagsOf(attended(timeOf({ breaks: [recess], certificated: [[at('09:00'), at('11:00')]] })))).toEqual(['noCertificatedTeacher'])
    expect(flagsOf(attended(timeOf(), presence(at('08:00'), at('12:00'))))).toEqual(['outsideWindow'])
    expect(flagsOf(attended(timeOf(), presence(at('09:00'), at('12:01'))))).toEqual(['outsideWindow'])
  })
  test('name what excludes a student from a session that takes nothing from anybody', () => {
    expect(flagsOf(attended(timeOf()), person({ ...fifth, setting: 'nonclassroom' }))).toEqual(['nonclassroom'])
  })
  test('name a mark that was entered on a later day, and no other entered later', () => {
    const mark = (recorded: string) => ({ at: instant(at('11:00')), recordedAt: instant(Date.parse(recorded)) })
    const was = (...enteredLater: PresenceFacts['enteredLater']) => presence(at('09:00'), at('12:00'), { enteredLater })
    expect(flagsOf(attended(timeOf(), was(mark('2026-09-12T23:00:00Z'))))).toEqual([])
    expect(flagsOf(attended(timeOf(), was(mark('2026-09-12T23:00:00Z'), mark('2026-09-13T00:00:00Z'))))).toEqual(['lateEntry'])
  })
})

describe('judging', () => {
  test('looks at the sessions up to a date, in the order of their first check-ins, whoever hands over more', () => {
    const morning = attended(timeOf({ key: 'b' }))
    const noon = attended(timeOf({ key: 'a' }), presence(at('10:00'), at('12:00')))
    const tomorrow = attended(timeOf({ on: date('2026-09-13'), from: at('09:00', '2026-09-13'), until: at('12:00', '2026-09-13') }))
    const lastYear = attended(timeOf({ on: date('2026-06-13'), from: at('09:00', '2026-06-13'), until: at('12:00', '2026-06-13') }))
    const weighed = weigh(person(fifth), [tomorrow, noon, lastYear, morning], ON)
    expect(weighed.map((each) => each.attended)).toEqual([morning, noon])
    expect(weighed[1]?.counted).toEqual([])
  })
  test('tells whole hours where hours accrue, also of minutes that accrued before the district chose hours', () => {
    const ninety = (on: string, key: string): Attended =>
      attended(
        timeOf({ key, on: date(on), from: at('09:00', on), until: at('12:00', on), certificated: [[at('09:00', on), at('12:00', on)]] }),
        presence(at('09:00', on), at('10:30', on)),
      )
    const policyOn = (on: SchoolDate): PolicyChoices => ({ ...DEFAULT_POLICY, accrual: on < '2026-09-20' ? 'minutes' : 'hours' })
    const both = [ninety('2026-09-12', 'a'), ninety('2026-09-26', 'b')]
    expect(judge(person(fifth), both, policyOn, date('2026-09-12'))).toMatchObject({ hours: 0, minutes: 90 })
    expect(judge(person(fifth), both, policyOn, date('2026-09-26'))).toMatchObject({ hours: 2, minutes: 120 })
  })
  test('gives nothing for nobody’s time, and nothing to whom independent study excludes', () => {
    expect(countableTime(person(fifth), attended(timeOf(), presence(0, 0, { spans: [] })))).toEqual([])
    expect(countableTime(person({ ...fifth, setting: 'nonclassroom' }), attended(timeOf()))).toBe(NEVER)
  })
  test('asks a kindergartner for other breaks than the rest', () => {
    const recess = { from: at('10:00'), until: at('10:10'), meal: false }
    const time = timeOf({ breaks: [recess] })
    expect(countableTime(person(kinder), attended(time, undefined, [kinder]))).toEqual([at('09:00'), at('12:00')])
    expect(countableTime(person(fifth), attended(time))).toEqual([at('09:00'), recess.from, recess.until, at('12:00')])
    // Of two entries both must be of the youngest.
    expect(time.openTo([kinder, fifth]).spans).toEqual([at('09:00'), recess.from, recess.until, at('12:00')])
  })
})

describe('what is missing to the next day', () => {
  test('counts whole hours only where hours accrue', () => {
    const totals = { ...judge(person(entry(place('03'))), [], () => DEFAULT_POLICY, ON), minimumDayMinutes: 230 }
    expect(nextDay(totals, 115, false, DEFAULT_POLICY).hourly).toBe(125)
    expect(nextDay(totals, 115, false, { ...DEFAULT_POLICY, accrual: 'minutes' }).hourly).toBe(115)
    expect(nextDay(totals, 0, false, DEFAULT_POLICY).hourly).toBe(240)
  })
})

describe('one more session', () => {
  const meeting = (from: string, minutes: number, facts: Partial<SessionFacts> = {}): Attended => {
    const begins = Date.parse(`${from}:00Z`)
    const ends = begins + minutes * MINUTE
    const time = timeOf({ key: from, on: date(from.slice(0, 10)), from: begins, until: ends, certificated: [[begins, ends]], ...facts })
    return attended(time, presence(begins, ends))
  }
  const next = (planned: Attended, ...before: Attended[]) => {
    const { gain, minutes, sessionsToDay } = nextSession(person(fifth), before, planned, () => DEFAULT_POLICY, planned.session.last)
    return { ...gain, minutes, sessionsToDay }
  }
  test('is weighed beside those that are not signed yet', () => {
    const unsigned = meeting('2026-09-05T09:00', 180, { certified: false })
    expect(next(meeting('2026-09-12T09:00', 60), unsigned)).toEqual({ kind: 'toBank', minutes: 60, sessionsToDay: 1 })
  })
  test('of which so and so many more are needed', () => {
    expect(next(meeting('2026-09-12T09:00', 60), meeting('2026-09-05T09:00', 120))).toMatchObject({ sessionsToDay: 2 })
    expect(next(meeting('2026-09-12T09:00', 60))).toMatchObject({ sessionsToDay: 4 })
  })
  test('gives nothing on a date that is a day already, also when it runs into the next date', () => {
    const day = meeting('2026-09-12T09:00', 240)
    const nothing = { kind: 'nothing', reason: 'overMinimumDay', sessionsToDay: null }
    expect(next(meeting('2026-09-12T15:00', 120), day)).toMatchObject(nothing)
    expect(next(meeting('2026-09-12T23:00', 90), day)).toMatchObject(nothing)
  })
  test('of less than an hour gives nothing, whatever was earned on other dates', () => {
    const nothing = { kind: 'nothing', reason: 'partOfAnHour', minutes: 30, sessionsToDay: null }
    expect(next(meeting('2026-09-12T09:00', 30), meeting('2026-09-05T09:00', 240))).toEqual(nothing)
    const supervised = { certificated: [[at('00:00', '2026-09-13'), at('00:30', '2026-09-13')]] }
    expect(next(meeting('2026-09-12T23:00', 90, supervised))).toEqual(nothing)
  })
  test('gives nothing for what took most of its time', () => {
    const recess = { from: at('10:00', MONDAY), until: at('10:10', MONDAY), meal: false }
    const lunch = { from: at('14:00', MONDAY), until: at('15:00', MONDAY), meal: true }
    const nothing = (reason: string) => ({ kind: 'nothing', reason, minutes: 0, sessionsToDay: null })
    expect(next(meeting('2026-09-14T09:00', 180, { breaks: [recess] }))).toEqual(nothing('insideSchoolDay'))
    expect(next(meeting('2026-09-14T13:50', 70, { breaks: [lunch] }))).toEqual(nothing('break'))
  })
})

test('Seconds are dropped once, at the end', () => {
  const parts = presence(at('09:00'), at('09:00') + 59 * MINUTE + 59_000)
  const totals = judge(person(fifth), [attended(timeOf(), parts)], () => ({ ...DEFAULT_POLICY, accrual: 'minutes' }), ON)
  expect(totals.minutes).toBe(59)
})
