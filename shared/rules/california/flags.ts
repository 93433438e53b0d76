import type { PolicyChoices, StudentFacts } from '../facts.ts'
import { schoolDateOf } from '../../time.ts'
import { type Spans, total } from '../spans.ts'
import { type Attended, breachedTime, lostTime } from './countable.ts'
import { excludedOn } from './exclusion.ts'

/** Everything that may be flagged on a student, in the order in which it is listed. */
export const FLAGS = [
  'outsideWindow',
  'missingCheckOut',
  'uncertified',
  'noCertificatedTeacher',
  'insideSchoolDay',
  'ratioBreached',
  'nonclassroom',
  'independentStudy',
  'overlap',
  'capNear',
  'capReached',
  'absencesExhausted',
  'lateEntry',
  'clockSuspect',
] as const
export type Flag = (typeof FLAGS)[number]

/** Raises the flags of one session: each step judged on what the steps before it left. A break is nothing to flag.
 *  @cite EC 46211 ratio, EC 46211 supervision, CDE electronic attendance, CDE FAQ certified teacher */
export function flagSession(flags: Set<Flag>, student: StudentFacts, attended: Attended, overlap: Spans, policy: PolicyChoices): void {
  const { session, presence, entries } = attended
  if (presence.firstMark < session.facts.from || presence.lastMark > session.facts.until) flags.add('outsideWindow')
  if (presence.missingCheckOut) flags.add('missingCheckOut')
  if (!session.facts.certified) flags.add('uncertified')
  if (isOnLaterDay(attended)) flags.add('lateEntry')
  if (presence.clockSuspect) flags.add('clockSuspect')
  if (overlap.length > 0) flags.add('overlap')
  if (!flags.has('ratioBreached') && total(breachedTime(attended)) > 0) flags.add('ratioBreached')
  // A session that takes nothing from anybody, and a student whom nothing excludes: the usual case, and no step needs to be looked at.
  if (session.openTo(entries).isWhole && !excludedOn(student, session.facts.on)) return
  for (const { reason } of lostTime(student, attended, policy)) if (reason !== 'break') flags.add(reason)
}

/** Whether a mark was entered on a later day than it is a record of, by the clocks of the session's school. */
const isOnLaterDay = ({ session, presence }: Attended): boolean =>
  presence.enteredLater.some(({ at, recordedAt }) => schoolDateOf(recordedAt, session.facts.zone) > schoolDateOf(at, session.facts.zone))

/** Raises the flags that follow from the totals.
 *  @reading Near the most: one or two days below it (8 or 9 of 10). */
export function flagTotals(flags: Set<Flag>, claimed: number, banked: number, most: number): void {
  if (claimed > 0 && claimed >= most) flags.add('capReached')
  else if (claimed > 0 && claimed >= most - 2) flags.add('capNear')
  if (banked > 0) flags.add('absencesExhausted')
}
