/** What is asked and answered about a school's day: papers behind an entry, and what somebody decided about what stood out. */
import * as z from 'zod/mini'
import type { SectionId, SessionId, SiteId, StaffId } from '../ids.ts'
import { at, count, date, id, words } from './fields.ts'

/** Bytes of one document, and the kinds that are taken: what a phone's camera and a scanner make. */
export const DOCUMENT_MOST = 10 * 1024 * 1024
export const DOCUMENT_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const

export const DocumentView = z.object({
  id: z.string(),
  /** Of the file, in hex: whoever holds the paper's file can tell that it is this one. */
  sha256: z.string(),
  name: z.string(),
  type: z.enum(DOCUMENT_TYPES),
  bytes: count,
  site: id<SiteId>(),
  session: z.nullable(id<SessionId>()),
  section: z.nullable(id<SectionId>()),
  on: z.nullable(date),
  by: id<StaffId>(),
  byName: z.string(),
  at,
})
export type DocumentView = z.infer<typeof DocumentView>
export const DocumentPlace = z.object({
  site: id<SiteId>(),
  name: words(200),
  session: z.optional(id<SessionId>()),
  section: z.optional(id<SectionId>()),
  on: z.optional(date),
})
export type DocumentPlace = z.infer<typeof DocumentPlace>

export const PROBLEMS = ['notArrived', 'lateEntry', 'clockDoubt'] as const
export type ResolvedProblem = (typeof PROBLEMS)[number]
export const NewResolution = z.strictObject({
  site: id<SiteId>(),
  problem: z.enum(PROBLEMS),
  section: z.nullable(id<SectionId>()),
  session: z.nullable(id<SessionId>()),
  on: date,
  /** The session as it stood: a later change asks again. */
  digest: z.nullable(z.string().check(z.maxLength(64))),
  reason: words(500),
  document: z.nullable(z.string().check(z.maxLength(64))),
})
export type NewResolution = z.infer<typeof NewResolution>
export const PostResolutions = z.strictObject({ entries: z.array(NewResolution).check(z.minLength(1), z.maxLength(200)) })
export const Resolution = z.object({
  site: id<SiteId>(),
  problem: z.enum(PROBLEMS),
  section: z.nullable(id<SectionId>()),
  session: z.nullable(id<SessionId>()),
  on: date,
  digest: z.nullable(z.string()),
  reason: z.string(),
  document: z.nullable(z.string()),
  byName: z.string(),
  at,
})
export type Resolution = z.infer<typeof Resolution>
export const DayReply = z.object({ resolutions: z.array(Resolution), documents: z.array(DocumentView) })
export type DayReply = z.infer<typeof DayReply>
