/** What is asked and answered about following students up: notes, assignments, outcomes, letters. */
import * as z from 'zod/mini'
import type { SiteId, StaffId, StudentId } from '../ids.ts'
import { at, count, date, id, words } from './fields.ts'

/** What became of following somebody up; any of them closes it until something new is written. */
export const OUTCOMES = ['comesAgain', 'willCome', 'declined', 'moved', 'notReached', 'notNeeded'] as const
export type Outcome = (typeof OUTCOMES)[number]

const said = { student: id<StudentId>(), site: id<SiteId>() }
/** One thing to write down. Nothing written is changed or taken away. */
export const NewFollowUp = z.discriminatedUnion('kind', [
  z.strictObject({ ...said, kind: z.literal('note'), text: words(2000) }),
  z.strictObject({
    ...said,
    kind: z.literal('assigned'),
    to: id<StaffId>(),
    due: z.nullable(date),
    text: z.string().check(z.maxLength(2000)),
  }),
  z.strictObject({ ...said, kind: z.literal('outcome'), outcome: z.enum(OUTCOMES), text: z.string().check(z.maxLength(2000)) }),
  z.strictObject({ ...said, kind: z.literal('letter'), text: words(2000) }),
])
export type NewFollowUp = z.infer<typeof NewFollowUp>
export const PostFollowUps = z.strictObject({ entries: z.array(NewFollowUp).check(z.minLength(1), z.maxLength(500)) })
export type PostFollowUps = z.infer<typeof PostFollowUps>

/** Something written, with who wrote it and when by the server's clock. */
export const FollowUpEntry = z.object({
  id: z.string(),
  student: id<StudentId>(),
  site: id<SiteId>(),
  kind: z.enum(['note', 'assigned', 'outcome', 'letter']),
  text: z.string(),
  to: z.nullable(id<StaffId>()),
  toName: z.string(),
  due: z.nullable(date),
  outcome: z.nullable(z.enum(OUTCOMES)),
  by: id<StaffId>(),
  byName: z.string(),
  at,
})
export type FollowUpEntry = z.infer<typeof FollowUpEntry>

/** What the district considers worth a look, and what the last import of absences brought. */
export const FollowUpsReply = z.object({
  /** Oldest first. */
  entries: z.array(FollowUpEntry),
  /** Whom something can be assigned to. */
  staff: z.array(z.object({ id: id<StaffId>(), name: z.string() })),
  choices: z.object({ eligibleFrom: count, missedInRow: count }),
  /** When absences were last imported, and how many recoverable ones that brought, by student. */
  imported: z.nullable(z.object({ at, added: z.record(z.string(), count) })),
})
export type FollowUpsReply = z.infer<typeof FollowUpsReply>

export const PutChoices = z.strictObject({
  eligibleFrom: z.int().check(z.gte(1), z.lte(60)),
  missedInRow: z.int().check(z.gte(1), z.lte(10)),
})

export const LETTERS = ['invite', 'missed', 'nearCap', 'progress'] as const
export type LetterKind = (typeof LETTERS)[number]
/** A letter as the district wrote it; null where the one that Recoup brings holds. */
export const LetterTemplate = z.object({
  kind: z.enum(LETTERS),
  language: z.enum(['en', 'es']),
  title: z.string(),
  body: z.string(),
  byName: z.string(),
  at,
})
export const LettersReply = z.object({ templates: z.array(LetterTemplate) })
export type LettersReply = z.infer<typeof LettersReply>
/** An empty body goes back to the letter that Recoup brings. */
export const PutLetter = z.strictObject({
  kind: z.enum(LETTERS),
  language: z.enum(['en', 'es']),
  title: z.string().check(z.maxLength(200)),
  body: z.string().check(z.maxLength(6000)),
})
export type PutLetter = z.infer<typeof PutLetter>
