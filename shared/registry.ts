/**
 * What the district knows: sites, staff, students, enrollments, absences, calendars, sections, policy.
 * It is imported or edited on the server, carries the log's sequence, and reaches devices by the same pull.
 * A record is replaced whole; nothing is deleted: a record that no longer holds is `ended`.
 */
import * as z from 'zod/mini'
import type { SectionId, SiteId, StaffId, StudentId } from './ids.ts'
import type { LocalTime, SchoolDate } from './time.ts'
import { fiscalYear, parseLocalTime, parseSchoolDate } from './time.ts'
import { isZone } from './zones.ts'

const id = <T extends string>() => z.string().check(z.minLength(1), z.maxLength(64)) as unknown as z.ZodMiniType<T, T>
const date = z
  .string()
  .check(z.refine((text) => parseSchoolDate(text) !== undefined, 'a date that exists, YYYY-MM-DD')) as unknown as z.ZodMiniType<
  SchoolDate,
  SchoolDate
>
const time = z.string().check(z.refine((text) => parseLocalTime(text) !== undefined, 'a time, HH:MM')) as unknown as z.ZodMiniType<
  LocalTime,
  LocalTime
>
const zone = z.string().check(z.refine(isZone, 'a time zone of the United States, such as America/Los_Angeles'))
const text = z.string().check(z.maxLength(200))

export const GRADES = ['TK', 'KG', '01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'] as const
export const Grade = z.enum(GRADES)
export type Grade = z.infer<typeof Grade>

export const SCHOOL_TYPES = [
  'regular',
  'continuation',
  'opportunity',
  'countyCommunity',
  'juvenileCourt',
  'communityDay',
  'charter',
] as const
export const SchoolType = z.enum(SCHOOL_TYPES)
export type SchoolType = z.infer<typeof SchoolType>

export const ABSENCE_KINDS = [
  'excused',
  'unexcused',
  'suspension',
  'immunization',
  'partialDay',
  'closure',
  'independentStudyNoWork',
  'homeHospital',
  'otherLea',
  'madeUp',
] as const
export const AbsenceKind = z.enum(ABSENCE_KINDS)
export type AbsenceKind = z.infer<typeof AbsenceKind>

/** The district as a whole: one record, id `district`. */
export const District = z.strictObject({
  name: text,
  zone,
  /** The reporting LEA's county-district code, 7 digits, when known. */
  lea: z.nullable(text),
  sample: z.boolean(),
})
export type District = z.infer<typeof District>

/** One school year of a site's calendar. */
export const SchoolYear = z.strictObject({
  first: date,
  last: date,
  /** The regular school day: Attendance Recovery never runs inside it. */
  day: z.strictObject({ from: time, until: time }),
  /** Weekdays in the year on which no school is held. */
  noSchool: z.array(date),
})
export type SchoolYear = z.infer<typeof SchoolYear>

export const Site = z.strictObject({
  id: id<SiteId>(),
  name: text,
  /** The SIS's code for the school: how files refer to it. */
  code: text,
  cds: z.nullable(z.strictObject({ district: text, school: text })),
  type: SchoolType,
  zone,
  years: z.array(SchoolYear),
})
export type Site = z.infer<typeof Site>
/** Whether any day of a fiscal year lies in a school year that is known of a school. */
export function isYearKnown({ years }: Site, year: number): boolean {
  const { first, last } = fiscalYear(year)
  return years.some((known) => known.first <= last && known.last >= first)
}

export const Staff = z.strictObject({
  id: id<StaffId>(),
  name: text,
  email: text,
  sites: z.array(id<SiteId>()),
  title: text,
  /** Holds a valid certification document, and is an employee of the LEA: only time under such a person counts. */
  certificated: z.boolean(),
  employee: z.boolean(),
})
export type Staff = z.infer<typeof Staff>

export const Student = z.strictObject({
  id: id<StudentId>(),
  /** The SIS's own number for the student. */
  localId: text,
  /** Statewide identifier, 10 digits, when known. Entries that share one are one student for the law. */
  ssid: z.nullable(text),
  first: text,
  last: text,
  /** Minutes a day in the IEP of a student in a special day class. */
  iepMinutes: z.nullable(z.int().check(z.gte(1), z.lte(600))),
  setting: z.enum(['classroom', 'nonclassroom']),
  /** School dates, inclusive. */
  independentStudy: z.array(z.strictObject({ from: date, until: date })),
})
export type Student = z.infer<typeof Student>

/** A student at a site, from a date until the day before `until`. */
export const Enrollment = z.strictObject({
  id: text,
  student: id<StudentId>(),
  site: id<SiteId>(),
  grade: Grade,
  from: date,
  until: z.nullable(date),
})
export type Enrollment = z.infer<typeof Enrollment>

export const Absence = z.strictObject({ id: text, student: id<StudentId>(), site: id<SiteId>(), on: date, kind: AbsenceKind, code: text })
export type Absence = z.infer<typeof Absence>

/** The group that meets for Attendance Recovery. Its sessions come from the pattern, or are started on the spot. */
export const Section = z.strictObject({
  id: id<SectionId>(),
  site: id<SiteId>(),
  name: text,
  room: text,
  staff: z.array(id<StaffId>()),
  /** Weekly from a date until the day before another, or single dates. Weekdays are 0 Sunday to 6 Saturday. */
  meets: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('weekly'), weekdays: z.array(z.int().check(z.gte(0), z.lte(6))), from: date, until: date }),
    z.strictObject({ kind: z.literal('dates'), dates: z.array(date) }),
  ]),
  window: z.strictObject({ from: time, until: time }),
  breaks: z.array(z.strictObject({ from: time, until: time, meal: z.optional(z.boolean()) })),
  students: z.array(id<StudentId>()),
})
export type Section = z.infer<typeof Section>

/** A district's choices where the law leaves one, from a date on. */
export const Policy = z.strictObject({
  from: date,
  accrual: z.enum(['hours', 'minutes']),
  dailyPath: z.enum(['minutes', 'wholeHours']),
  remainder: z.enum(['discard', 'carry']),
  ratioBreach: z.enum(['noCredit', 'flagOnly']),
  countUncertified: z.boolean(),
  yearlyMost: z.int().check(z.gte(0), z.lte(10)),
  decidedBy: text,
  why: z.string().check(z.maxLength(1000)),
})
export type Policy = z.infer<typeof Policy>

/** Every record that reaches devices, by kind. */
export interface RecordOf {
  district: District
  site: Site
  staff: Staff
  student: Student
  enrollment: Enrollment
  absence: Absence
  section: Section
  policy: Policy
}
export type RecordKind = keyof RecordOf
export const RECORD_SCHEMAS = {
  district: District,
  site: Site,
  staff: Staff,
  student: Student,
  enrollment: Enrollment,
  absence: Absence,
  section: Section,
  policy: Policy,
} as const

/** A record as the log's sequence delivers it. */
export type RegistryRecord = {
  [K in RecordKind]: { readonly kind: K; readonly id: string; readonly seq: number; readonly ended: boolean; readonly body: RecordOf[K] }
}[RecordKind]
