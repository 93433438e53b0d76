/** Who is simply still in the room: the session goes on, so no check-out is missing yet. The rules know no clock; whoever shows a line does. */
import type { Ledger, StudentView } from '../attendance/ledger.ts'
import type { Flag } from '../rules/california/flags.ts'
import { fiscalYear, fiscalYearOf, type Instant, type SchoolDate } from '../time.ts'

/** Until when no check-out of a student is missing although the student is in: the first end of a session that nobody ended. None where one
 *  is missing by now, or the student is in nowhere. */
export function stillInUntil(ledger: Ledger, { sameStudent }: Pick<StudentView, 'sameStudent'>, asOf: SchoolDate): Instant | null {
  const { first } = fiscalYear(fiscalYearOf(asOf))
  let until: Instant | null = null
  for (const entry of sameStudent) {
    for (const { started, on, students, endedAt, window } of ledger.sessionsOf(entry)) {
      if (!started || on < first || on > asOf || students.get(entry)?.missingCheckOut !== true) continue
      if (endedAt !== null) return null
      if (until === null || window.until < until) until = window.until
    }
  }
  return until
}

interface Line {
  readonly flags: readonly Flag[]
}

/** A line as it is to be read at a moment: while the student is still in, that is said, and no check-out is missing. */
export const readAt = <L extends Line>(line: L, until: Instant | null, now: Instant): L & { readonly stillThere?: true } =>
  until === null || until <= now ? line : { ...line, flags: line.flags.filter((flag) => flag !== 'missingCheckOut'), stillThere: true }
