import type { EntryFacts, PolicyChoices, PresenceFacts, StudentFacts } from '../facts.ts'
import { intersect, NEVER, type Spans, subtract, total } from '../spans.ts'
import { excludedOn } from './exclusion.ts'
import { areYoungest, schoolsOf, type SessionTime } from './sessionTime.ts'

/** One student in one session, and the entries under which the marks were made. */
export interface Attended {
  readonly session: SessionTime
  readonly presence: PresenceFacts
  readonly entries: readonly EntryFacts[]
}

/** Why time in a room does not count. In the order in which it is judged. */
export type TimeReason =
  | 'outsideWindow'
  | 'break'
  | 'noCertificatedTeacher'
  | 'insideSchoolDay'
  | 'ratioBreached'
  | 'nonclassroom'
  | 'independentStudy'
  | 'overlap'

export interface Lost {
  readonly reason: TimeReason
  readonly spans: Spans
}

/** What counts of a student's time in one session, before time in other sessions is looked at.
 *  @cite Reading: window, EC 46115, Infinite Campus supervised, EC 46211(b)(1), Reading: ratio, EC 46211(g)(1), EC 46211(g)(2) */
export function countableTime(student: StudentFacts, attended: Attended): Spans {
  const { session, presence } = attended
  if (excludedOn(student, session.facts.on)) return NEVER
  return intersect(presence.spans, session.openTo(attended.entries).spans)
}

/** Where the rest of it went: each step is judged on what the steps before it left. */
export function lostTime(student: StudentFacts, attended: Attended, policy: PolicyChoices): readonly Lost[] {
  const { session, presence, entries } = attended
  const { on } = session.facts
  const lost: Lost[] = []
  let left = presence.spans
  const keep = (reason: TimeReason, kept: Spans): void => {
    if (total(kept) < total(left)) lost.push({ reason, spans: subtract(left, kept) })
    left = kept
  }
  keep('outsideWindow', intersect(left, session.window))
  keep('break', subtract(left, session.breaksFor(areYoungest(entries, on))))
  keep('noCertificatedTeacher', intersect(left, session.supervised))
  keep('insideSchoolDay', subtract(left, session.regularDays(schoolsOf(entries, on))))
  if (policy.ratioBreach === 'noCredit') keep('ratioBreached', subtract(left, session.breach))
  const excluded = excludedOn(student, on)
  if (excluded) keep(excluded, NEVER)
  return lost
}

/** The time under a breached ratio that a student would otherwise have earned with: also where a district only flags it. */
export function breachedTime(attended: Attended): Spans {
  const { session, presence, entries } = attended
  if (session.breach.length === 0) return NEVER
  const { on } = session.facts
  const instruction = intersect(subtract(presence.spans, session.breaksFor(areYoungest(entries, on))), session.window)
  return intersect(subtract(intersect(instruction, session.supervised), session.regularDays(schoolsOf(entries, on))), session.breach)
}
