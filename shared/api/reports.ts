/** Request and reply of the district's reports and of what it says of itself for them. */
import * as z from 'zod/mini'
import type { SiteId, StudentId } from '../ids.ts'
import { guarded } from '../report/csv.ts'
import { SIS } from '../report/writeBack/layouts.ts'
import { GRADE_SPANS, PERIODS } from '../rules/california/periods.ts'
import { count, date, id, words } from './fields.ts'

export const PeriodName = z.enum(PERIODS)
export const GradeSpanName = z.enum(GRADE_SPANS)
/** A fiscal year by the calendar year it begins in. */
export const FiscalYear = z.int().check(z.gte(2025), z.lte(2100))

// -------------------------------------------------------------------------------------------------------------- settings

/** Dollars for one unit of average daily attendance, in cents, from a date on. */
export const Rate = z.strictObject({ span: GradeSpanName, from: date, cents: z.int().check(z.gte(0), z.lte(100_000_000)) })
export type Rate = z.infer<typeof Rate>
/** What attendance recovery cost at a school, or (null) for the district as a whole. */
export const Cost = z.strictObject({
  id: id(),
  site: z.nullable(id<SiteId>()),
  on: date,
  what: words(120),
  cents: z.int().check(z.gte(0), z.lte(100_000_000_000)),
})
export type Cost = z.infer<typeof Cost>

export const Sis = z.enum(SIS)
/** The local codes of a student information system, by the name of what they stand for. */
export const Mapping = z.strictObject({ sis: Sis, codes: z.record(z.string().check(z.maxLength(60)), z.string().check(z.maxLength(60))) })
export type Mapping = z.infer<typeof Mapping>
const NewMapping = z.strictObject({
  sis: Sis,
  codes: z.record(
    z.string().check(z.maxLength(60)),
    z.string().check(
      z.maxLength(60),
      z.refine((code) => guarded(code) === code, 'a code cannot begin with =, +, - or @, which spreadsheets take for a formula'),
    ),
  ),
})

/** The last days of the school months with which P-1 and P-2 of a fiscal year end; null for the day the law names. */
export const SchoolMonth = z.strictObject({ year: FiscalYear, 'P-1': z.nullable(date), 'P-2': z.nullable(date) })
export type SchoolMonth = z.infer<typeof SchoolMonth>

/** With which days the district ends its periods: for whoever plans sessions. */
export const PeriodEnds = z.object({ months: z.array(SchoolMonth) })
export type PeriodEnds = z.infer<typeof PeriodEnds>

export const SettingsReply = z.object({
  rates: z.array(Rate),
  costs: z.array(Cost),
  mappings: z.array(Mapping),
  months: z.array(SchoolMonth),
})
export type SettingsReply = z.infer<typeof SettingsReply>
/** One setting to keep, or (`ended`) to take back. */
export const PutSetting = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rate'), ended: z.boolean(), body: Rate }),
  z.strictObject({ kind: z.literal('cost'), ended: z.boolean(), body: Cost }),
  z.strictObject({ kind: z.literal('mapping'), ended: z.boolean(), body: NewMapping }),
  z.strictObject({ kind: z.literal('months'), ended: z.boolean(), body: SchoolMonth }),
])
export type PutSetting = z.infer<typeof PutSetting>

// ------------------------------------------------------------------------------------------------------------------ STAS

export const STAS_PROBLEMS = ['STAS0739', 'STAS0740E1', 'daysAgainstAbsences', 'STAS0651', 'noSsid', 'noSchoolCode', 'noLea'] as const
export const StasRowView = z.object({
  student: id<StudentId>(),
  localId: z.string(),
  ssid: z.nullable(z.string()),
  name: z.string(),
  site: id<SiteId>(),
  siteName: z.string(),
  school: z.nullable(z.string()),
  days: count,
  absences: count,
  recovered: z.array(z.object({ recovers: date, earnedOn: date })),
  problems: z.array(z.enum(STAS_PROBLEMS)),
})
export type StasRowView = z.infer<typeof StasRowView>
export const StasReply = z.object({
  year: FiscalYear,
  asOf: date,
  seq: count,
  rows: z.array(StasRowView),
  unfinished: z.object({ sessions: count, pendingDays: count }),
})
export type StasReply = z.infer<typeof StasReply>

/** A fault of a STAS file; `number` is CALPADS's own where it is known. */
export const StasFaultView = z.object({
  line: count,
  field: z.nullable(z.string()),
  name: z.string(),
  check: z.string(),
  number: z.nullable(z.string()),
  value: z.string(),
})
export type StasFaultView = z.infer<typeof StasFaultView>
/** A file with position 24 filled: `file` is its bytes, base64. */
export const MergeReply = z.object({
  file: z.string(),
  changed: z.array(z.object({ line: count, ssid: z.string(), from: z.string(), to: z.string() })),
  missing: z.array(StasRowView),
  faults: z.array(StasFaultView),
})
export type MergeReply = z.infer<typeof MergeReply>
