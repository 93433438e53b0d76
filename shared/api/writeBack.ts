/** Request and reply of files for the student information system. */
import * as z from 'zod/mini'
import { at, count, date } from './fields.ts'
import { Sis } from './reports.ts'

export const WRITE_FAULTS = ['noSsid', 'noLocalId', 'noCode', 'badCode', 'noSchool', 'tooLong', 'outOfRange', 'twice'] as const
export const DIFFERENCE_REASONS = ['notSent', 'notTaken', 'changedHere', 'changedThere', 'unknownHere'] as const

/** What a system's files would hold. `text` of each is taken by its own route. */
export const WriteBackReply = z.object({
  sis: Sis,
  asOf: date,
  seq: count,
  files: z.array(z.object({ file: z.string(), rows: count, leftOut: count, lastMade: z.nullable(at) })),
  faults: z.array(z.object({ file: z.string(), column: z.string(), name: z.string(), value: z.string(), fault: z.enum(WRITE_FAULTS) })),
  /** How many faults there are; the list is cut. */
  faultCount: count,
})
export type WriteBackReply = z.infer<typeof WriteBackReply>

export const ReconcileReply = z.object({
  file: z.string(),
  same: count,
  /** Rows of other school years, which were not compared. */
  otherYears: count,
  lastMade: z.nullable(at),
  /** Columns that the file lacks: then nothing was compared. */
  missing: z.array(z.string()),
  differences: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      column: z.string(),
      here: z.nullable(z.string()),
      there: z.nullable(z.string()),
      by: z.nullable(z.number()),
      reason: z.enum(DIFFERENCE_REASONS),
    }),
  ),
})
export type ReconcileReply = z.infer<typeof ReconcileReply>
