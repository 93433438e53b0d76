/** Request and reply of reporting periods: what a period holds, whether it is ready, how it is signed, what came after. */
import * as z from 'zod/mini'
import { at, count, date, id, words } from './fields.ts'
import { ApprovalRow } from './trust.ts'
import { FiscalYear, GradeSpanName, PeriodName } from './reports.ts'

// ------------------------------------------------------------------------------------------------------------- checklist

export const COMPLIANCE_KEYS = [
  'uncertified',
  'missingCheckOut',
  'ratioBreached',
  'noCertificatedTeacher',
  'insideSchoolDay',
  'overlap',
  'daysAgainstAbsences',
  'noSsid',
  'sharedSsid',
  'noSchoolCode',
  'noCalendar',
  'setAside',
  'holding',
  'termWithout',
  'lateEntry',
  'clockSuspect',
  'signedByOther',
  'sameMinutes',
  'manyChanged',
  'absentThatDay',
  'outsideHours',
] as const
/** One thing to look at: a session, a student, a school, or a student in a session. `detail` is a number or a name, by the item. */
export const ComplianceRow = z.object({
  session: z.nullable(id()),
  on: z.nullable(date),
  site: z.nullable(id()),
  siteName: z.string(),
  student: z.nullable(id()),
  name: z.string(),
  detail: z.string(),
  /** Where an item is about how many: so many, of so many; minutes where there is no `of`. */
  n: z.nullable(count),
  of: z.nullable(count),
})
export type ComplianceRow = z.infer<typeof ComplianceRow>
/** `stop` changes figures or makes a file that is refused; `warn` is to be explained. Fulfilled when `count` is 0. */
export const ComplianceItem = z.object({
  key: z.enum(COMPLIANCE_KEYS),
  weight: z.enum(['stop', 'warn']),
  count,
  rows: z.array(ComplianceRow),
})
export type ComplianceItem = z.infer<typeof ComplianceItem>

// --------------------------------------------------------------------------------------------------------------- figures

const padcSite = z.object({
  site: id(),
  name: z.string(),
  span: GradeSpanName,
  days: count,
  divisor: count,
  ada: z.nullable(z.string()),
  students: count,
})
const money = z.object({ rate: z.nullable(count), cents: z.nullable(count) })
export const PadcLineView = z.object({
  reporter: z.nullable(z.string()),
  rows: z.array(z.object({ span: GradeSpanName, days: count, ada: z.string(), sites: z.array(padcSite), money })),
  total: z.object({ days: count, ada: z.string() }),
  cents: count,
  whole: z.boolean(),
})
export type PadcLineView = z.infer<typeof PadcLineView>
export const Unfinished = z.object({ sessions: count, pendingDays: count })
/** Figures of a period, from the log as it is or as they were signed. */
export const Figures = z.object({
  period: PeriodName,
  year: FiscalYear,
  cutOff: date,
  asOf: date,
  complete: z.boolean(),
  through: z.object({ epoch: z.string(), seq: count }),
  rules: z.string(),
  digest: z.string(),
  lines: z.array(PadcLineView),
  gaps: z.array(z.object({ reason: z.enum(['noCalendar', 'noGrade']), site: id(), siteName: z.string(), students: count, days: count })),
  unfinished: Unfinished,
})
export type Figures = z.infer<typeof Figures>

/** A signature under a period, or under a supplement to it (`number` from 1). */
export const Signed = z.object({
  id: id(),
  number: count,
  at,
  by: z.string(),
  name: z.string(),
  statement: z.string(),
  note: z.string(),
  open: z.array(z.object({ key: z.enum(COMPLIANCE_KEYS), count })),
  figures: Figures,
})
export type Signed = z.infer<typeof Signed>

/** A student whose recovered days are now others than those that were signed, and what came in since. */
export const Changed = z.object({
  student: id(),
  name: z.string(),
  siteName: z.string(),
  before: count,
  after: count,
  late: z.array(z.object({ seq: count, what: z.string(), isEvent: z.boolean(), session: z.nullable(id()), receivedAt: at })),
})
export type Changed = z.infer<typeof Changed>

export const PeriodReply = z.object({
  today: date,
  /** As of now. */
  figures: Figures,
  checklist: z.array(ComplianceItem),
  /** The closing and its supplements, oldest first; empty while the period is open. */
  signed: z.array(Signed),
  /** Against the newest signature; empty when nothing differs or nothing was signed. */
  changed: z.array(Changed),
  /** Who asked to open the signed period for a supplement, and what became of it; newest first. */
  reopenings: z.array(ApprovalRow),
  costCents: count,
})
export type PeriodReply = z.infer<typeof PeriodReply>

/** The checklist of some schools, without a figure of the district. */
export const SiteChecklistReply = z.object({
  period: PeriodName,
  year: FiscalYear,
  /** The period's last day that counts, and the day up to which was looked. */
  cutOff: date,
  asOf: date,
  checklist: z.array(ComplianceItem),
})
export type SiteChecklistReply = z.infer<typeof SiteChecklistReply>

/** Signs the figures with this digest; refused when they are others by now. */
export const SignPeriod = z.strictObject({
  period: PeriodName,
  year: FiscalYear,
  digest: z.string(),
  name: words(120),
  statement: words(1000),
  /** Why it is signed although something is open on the checklist. */
  note: z.string().check(z.maxLength(1000)),
})
export type SignPeriod = z.infer<typeof SignPeriod>

/** The students behind a row of a school. */
export const FigureStudents = z.object({
  students: z.array(
    z.object({
      student: id(),
      name: z.string(),
      grade: z.nullable(z.string()),
      days: z.array(z.object({ earnedOn: date, recovers: date })),
    }),
  ),
})
export type FigureStudents = z.infer<typeof FigureStudents>
