/** The scenario format: what a file may say, key by key. Whether its names and times make sense is asked in `sense.ts`. */
import { ABSENCE_KINDS, GRADES, SCHOOL_TYPES } from '../../shared/registry.ts'
import { FLAGS } from '../../shared/rules/california/flags.ts'
import { type LocalTime, parseLocalTime, parseSchoolDate, type SchoolDate } from '../../shared/time.ts'
import { isZone } from '../../shared/zones.ts'
import { either, isText, listOf, mapOf, oneOf, optional, type Read, record, required, scalar, truth, whole, words } from './reader.ts'

const date: Read<SchoolDate> = scalar('a date that exists, YYYY-MM-DD', (value) =>
  typeof value === 'string' ? parseSchoolDate(value) : undefined,
)
const time: Read<LocalTime> = scalar('a time from 00:00 to 23:59, HH:MM or HH:MM:SS', (value) =>
  typeof value === 'string' ? parseLocalTime(value) : undefined,
)
const zone: Read<string> = scalar('a time zone of the United States, such as America/Los_Angeles', (value) =>
  typeof value === 'string' && isZone(value) ? value : undefined,
)
const nothing: Read<null> = scalar('null', (value) => (value === null ? value : undefined))

/** The rule packs a scenario may name. */
export const PACKS = ['california-ar'] as const

const policy = record({
  accrual: optional(oneOf(['hours', 'minutes']), undefined),
  dailyPath: optional(oneOf(['minutes', 'wholeHours']), undefined),
  remainder: optional(oneOf(['discard', 'carry']), undefined),
  ratioBreach: optional(oneOf(['noCredit', 'flagOnly']), undefined),
  countUncertified: optional(truth, undefined),
  yearlyMost: optional(whole(0, 366), undefined),
})

const school = record({
  type: required(oneOf(SCHOOL_TYPES)),
  zone: required(zone),
  day: required(record({ from: required(time), until: required(time) })),
  year: required(record({ first: required(date), last: required(date) })),
  noSchool: optional(listOf(date), []),
})

const staff = record({ certificated: required(truth), employee: required(truth) })

const absence = either(
  isText,
  (place) => {
    const on = date(place)
    return on && { on, kind: 'unexcused' as const }
  },
  record({ on: required(date), kind: optional(oneOf(ABSENCE_KINDS), 'unexcused' as const) }),
)

const student = record({
  grade: required(oneOf(GRADES)),
  school: required(words()),
  ssid: optional(words(40), null),
  iepMinutes: optional(whole(1, 1440), null),
  setting: optional(oneOf(['classroom', 'nonclassroom']), 'classroom' as const),
  independentStudy: optional(listOf(record({ from: required(date), until: required(date) })), []),
  absences: optional(listOf(absence), []),
})

const shift = either(
  isText,
  (place) => {
    const who = words()(place)
    return who === undefined ? undefined : { who, from: null, until: null }
  },
  record({ who: required(words()), from: optional(time, null), until: optional(time, null) }),
)

const session = record({
  school: required(words()),
  on: required(date),
  from: required(time),
  until: required(time),
  staff: optional(listOf(shift), []),
  breaks: optional(listOf(record({ from: required(time), until: required(time), meal: optional(truth, false) })), []),
  certified: optional(truth, true),
})

const mark = record({ session: required(words()), student: required(words()), in: required(time), out: optional(time, null) })

const count = whole(0, 100_000)
const expected = record({
  minimumDayMinutes: optional(count, undefined),
  earnedDays: optional(count, undefined),
  pendingDays: optional(count, undefined),
  eligibleAbsences: optional(count, undefined),
  claimableDays: optional(count, undefined),
  bankedDays: optional(count, undefined),
  beyondCapDays: optional(count, undefined),
  remainingDays: optional(count, undefined),
  hours: optional(count, undefined),
  minutes: optional(count, undefined),
  heldBy: optional(oneOf(['time', 'absences', 'yearlyMost', 'none']), undefined),
  days: optional(
    listOf(
      record({
        earnedOn: required(date),
        path: required(oneOf(['daily', 'hourly'])),
        recovers: required(either((node) => isNull(node), nothing, date)),
        school: required(either((node) => isNull(node), nothing, words())),
      }),
    ),
    undefined,
  ),
  flags: optional(listOf(oneOf(FLAGS)), undefined),
})
const isNull = (node: unknown): boolean => typeof node === 'object' && node !== null && 'value' in node && node.value === null

export const scenario = record({
  name: required(words(500)),
  rules: required(oneOf(PACKS)),
  asOf: required(date),
  policy: optional(policy, {}),
  lea: optional(words(20), null),
  schools: required(mapOf(school)),
  staff: optional(mapOf(staff), new Map<string, never>()),
  students: required(mapOf(student)),
  sessions: optional(mapOf(session), new Map<string, never>()),
  marks: optional(listOf(mark), []),
  then: optional(mapOf(expected), new Map<string, never>()),
})

type Given<R> = R extends Read<infer T> ? T : never
export type Scenario = Given<typeof scenario>
export type ScenarioSession = Given<typeof session>
export type ScenarioStudent = Given<typeof student>
export type Expected = Given<typeof expected>
