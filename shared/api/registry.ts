/** Request and reply of the registry: imports, sections, how much there is, policy. */
import * as z from 'zod/mini'
import type { SectionId, SiteId, StaffId, StudentId } from '../ids.ts'
import { GRADES, Policy, Section } from '../registry.ts'
import { at, count, date, id } from './fields.ts'

export const IMPORT_SOURCES = ['oneroster', 'clever', 'schools', 'students', 'codes', 'calendar', 'absences'] as const
export const ImportSource = z.enum(IMPORT_SOURCES)
export type ImportSource = z.infer<typeof ImportSource>
const counts = z.record(z.string(), count)
/**
 * A fault in a file: where it is, what stood there, what was expected. `line` counts from 1 with the header; 0 is the file as a whole.
 * `code` with its `values` says in any language what `expected` says in English; a few have none.
 */
export const ImportFault = z.object({
  file: z.string(),
  line: count,
  column: z.string(),
  value: z.string(),
  expected: z.string(),
  code: z.optional(z.string()),
  values: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
})
export type ImportFault = z.infer<typeof ImportFault>
/** What an import would do, or did: counts by kind of record. */
export const ImportReport = z.object({
  rows: counts,
  added: counts,
  changed: counts,
  unchanged: counts,
  ended: counts,
  faults: z.array(ImportFault),
  /** What whoever imports should know besides, in sentences. */
  notes: z.optional(z.array(z.string())),
})
export type ImportReport = z.infer<typeof ImportReport>
export const ImportOpened = z.object({ import: z.string() })
export const ImportPreview = z.strictObject({ source: ImportSource })
export const ImportCommit = z.strictObject({ source: ImportSource, allOrNothing: z.boolean() })
export const ImportReply = z.object({ import: z.string(), committed: z.boolean(), report: ImportReport })
export type ImportReply = z.infer<typeof ImportReply>

/** A class of the student information system that a section can be made from. */
export const ClassRow = z.object({
  id: z.string(),
  site: id<SiteId>(),
  title: z.string(),
  room: z.string(),
  staff: z.array(id<StaffId>()),
  students: z.array(id<StudentId>()),
})
export type ClassRow = z.infer<typeof ClassRow>
export const ClassesReply = z.object({ classes: z.array(ClassRow) })
export type ClassesReply = z.infer<typeof ClassesReply>
/** A section as it is held: `seq` names its version, `changed` who made it last by hand and when. Nobody is named for an import or the operator. */
export const SectionRow = z.object({
  id: id<SectionId>(),
  ended: z.boolean(),
  section: Section,
  seq: count,
  changed: z.object({ name: z.nullable(z.string()), at }),
})
export type SectionRow = z.infer<typeof SectionRow>
export const SectionsReply = z.object({ sections: z.array(SectionRow) })
export type SectionsReply = z.infer<typeof SectionsReply>
/** `shown` is the version that was looked at, 0 for a new section: another meanwhile is refused as `sectionMoved`. Apps of before name none. */
export const PutSection = z.strictObject({ section: Section, ended: z.boolean(), shown: z.optional(count) })
export type PutSection = z.infer<typeof PutSection>
export const RegistrySummary = z.object({
  district: z.string(),
  /** The fiscal year that `hasCalendar` is about, by the calendar year it begins in. */
  year: count,
  sites: z.array(
    z.object({
      id: id<SiteId>(),
      name: z.string(),
      students: count,
      staff: count,
      sections: count,
      absences: count,
      /** Whether a school year of the fiscal year is known. */
      hasCalendar: z.boolean(),
    }),
  ),
  students: count,
  staff: count,
  absences: count,
})
export type RegistrySummary = z.infer<typeof RegistrySummary>

/** A district's choices, oldest first. `ended` ones were taken back and no longer hold. */
export const PolicyReply = z.object({ today: date, policies: z.array(z.object({ policy: Policy, ended: z.boolean() })) })
export type PolicyReply = z.infer<typeof PolicyReply>
/** Sets the choices that hold from a date on, or takes those of that date back. */
export const PutPolicy = z.strictObject({ policy: Policy, ended: z.boolean() })
export type PutPolicy = z.infer<typeof PutPolicy>
const standing = z.object({
  earnedDays: count,
  pendingDays: count,
  claimableDays: count,
  bankedDays: count,
  minutes: count,
})
/** What a change of policy would change in one fiscal year, at the end of a date in it. `students` are those whose figures differ. */
export const PolicyPreview = z.object({
  years: z.array(
    z.object({
      asOf: date,
      before: standing,
      after: standing,
      students: z.array(
        z.object({
          student: id<StudentId>(),
          last: z.string(),
          first: z.string(),
          localId: z.string(),
          grade: z.nullable(z.enum(GRADES)),
          site: z.nullable(id<SiteId>()),
          siteName: z.string(),
          before: standing,
          after: standing,
        }),
      ),
    }),
  ),
})
export type PolicyPreview = z.infer<typeof PolicyPreview>
