/** What is asked and answered about the district's totals: figures by part, the merged roster a page at a time, and what stands behind a figure. */
import * as z from 'zod/mini'
import type { SectionId, SessionId, SiteId, StaffId, StudentId } from '../ids.ts'
import { GRADES } from '../registry.ts'
import { ATTENTION } from '../report/attention.ts'
import { HELD_BY } from '../rules/california/claim.ts'
import { FLAGS } from '../rules/california/flags.ts'
import { PERIODS } from '../rules/california/periods.ts'
import { count, date, id } from './fields.ts'

/** Sums of one part of the district. Days, sessions and students are whole; `ada` is in hundredths; money in cents. */
export const TotalsCell = z.object({
  key: z.string(),
  name: z.string(),
  enrolled: count,
  students: count,
  sessions: count,
  minutes: count,
  absences: count,
  earned: count,
  claimed: count,
  banked: count,
  lost: count,
  pending: count,
  remaining: count,
  ada: count,
  /** At the district's own rates; null where it gave none for a grade span that has days. */
  cents: z.nullable(count),
  /** What it cost in the year; null where no cost was entered. */
  cost: z.nullable(count),
})
export type TotalsCell = z.infer<typeof TotalsCell>

export const PARTS = ['month', 'site', 'span', 'section', 'teacher'] as const
export type Part = (typeof PARTS)[number]

/** What a reporting period will hold if the planned sessions go as those held so far. */
export const Forecast = z.object({
  period: z.enum(PERIODS),
  cutOff: date,
  over: z.boolean(),
  /** Recovered by now, of the period. */
  days: count,
  /** Sessions still planned before its end. */
  meetings: count,
  /** Days more to be expected, and the most there could be. */
  more: count,
  most: count,
  /** Hundredths of average daily attendance: of the days so far, and of all expected. */
  ada: count,
  adaExpected: count,
  centsExpected: z.nullable(count),
})
export type Forecast = z.infer<typeof Forecast>

const standing = { asOf: date, seq: count, behind: z.boolean() }
export const TotalsReply = z.discriminatedUnion('ready', [
  z.object({ ready: z.literal(false) }),
  z.object({
    ready: z.literal(true),
    ...standing,
    all: TotalsCell,
    parts: z.record(z.enum(PARTS), z.array(TotalsCell)),
    forecast: z.array(Forecast),
  }),
])
export type TotalsReply = z.infer<typeof TotalsReply>
export type TotalsReady = Extract<TotalsReply, { ready: true }>

export const ROSTER_SORTS = [
  'student',
  'number',
  'grade',
  'site',
  'absences',
  'hours',
  'earned',
  'pending',
  'claimable',
  'banked',
  'beyond',
  'left',
  'came',
  'lastCame',
] as const
export type RosterSort = (typeof ROSTER_SORTS)[number]
export const ROSTER_SHOWS = ['attention', 'started', ...ATTENTION] as const
export type RosterShow = (typeof ROSTER_SHOWS)[number]
export const ROSTER_PAGE = 200
export const RosterQuery = z.object({
  find: z.optional(z.string().check(z.maxLength(100))),
  site: z.optional(id()),
  grade: z.optional(z.enum(GRADES)),
  show: z.optional(z.enum(ROSTER_SHOWS)),
  sort: z.optional(z.enum(ROSTER_SORTS)),
  descending: z.optional(z.literal('1')),
  /** How many pages, from the first. */
  pages: z.optional(z.string().check(z.regex(/^[1-9]\d{0,2}$/))),
})
export type RosterQuery = z.infer<typeof RosterQuery>
export const RosterLine = z.object({
  student: id<StudentId>(),
  last: z.string(),
  first: z.string(),
  localId: z.string(),
  ssid: z.nullable(z.string()),
  grade: z.nullable(z.enum(GRADES)),
  site: z.nullable(id<SiteId>()),
  siteName: z.string(),
  eligibleAbsences: count,
  hours: count,
  minutes: count,
  minimumDayMinutes: count,
  earnedDays: count,
  pendingDays: count,
  claimableDays: count,
  bankedDays: count,
  beyondCapDays: count,
  remainingDays: count,
  heldBy: z.enum(HELD_BY),
  flags: z.array(z.enum(FLAGS)),
  attention: z.array(z.enum(ATTENTION)),
  planned: count,
  came: count,
  lastCame: z.nullable(date),
  /** In a session that goes on: no check-out is missing yet. */
  stillThere: z.optional(z.boolean()),
})
export type RosterLine = z.infer<typeof RosterLine>
const SUMS = ['absences', 'earned', 'pending', 'claimable', 'banked', 'beyond', 'left'] as const
export const RosterPageReply = z.discriminatedUnion('ready', [
  z.object({ ready: z.literal(false) }),
  z.object({
    ready: z.literal(true),
    ...standing,
    /** Students of the scope, and of those how many are shown under the filter. */
    of: count,
    shown: count,
    took: count,
    needs: count,
    sums: z.record(z.enum(SUMS), count),
    sites: z.array(z.object({ id: id<SiteId>(), name: z.string() })),
    rows: z.array(RosterLine),
  }),
])
export type RosterPageReply = z.infer<typeof RosterPageReply>

/** What stands behind one figure: which part, and which of its figures. */
export const BehindQuery = z.object({
  site: z.optional(id()),
  part: z.optional(z.enum(PARTS)),
  key: z.optional(z.string().check(z.maxLength(100))),
  figure: z.enum(['students', 'sessions', 'earned', 'claimed', 'banked', 'lost']),
})
export type BehindQuery = z.infer<typeof BehindQuery>
export const BehindReply = z.object({
  students: z.array(
    z.object({
      student: id<StudentId>(),
      name: z.string(),
      grade: z.nullable(z.enum(GRADES)),
      siteName: z.string(),
      sessions: count,
      minutes: count,
      days: count,
    }),
  ),
  sessions: z.array(
    z.object({
      session: id<SessionId>(),
      title: z.string(),
      on: date,
      site: id<SiteId>(),
      siteName: z.string(),
      section: z.nullable(id<SectionId>()),
      staff: z.nullable(id<StaffId>()),
      staffName: z.string(),
      students: count,
      minutes: count,
      certified: z.boolean(),
    }),
  ),
  /** More than these. */
  more: z.boolean(),
  /** What the school and the part that were asked for are called; empty where none was. */
  names: z.object({ site: z.string(), part: z.string() }),
})
export type BehindReply = z.infer<typeof BehindReply>
