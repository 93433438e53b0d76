/** Walk-ins that wait for somebody to say who they are, and who they may be. Pure. */
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import type { SiteId, StudentId } from '../../../shared/ids.ts'
import type { Student } from '../../../shared/registry.ts'
import { entriesOf, settledIn } from './settledWalkIns.ts'
import { similarity } from './similar.ts'

export interface WaitingWalkIn {
  readonly session: SessionState
  readonly student: StudentId
  readonly name: string
}

/** Typed names of a session without a student; also of somebody settled of whom something was recorded all the same. */
export function waitingIn(session: SessionState): readonly WaitingWalkIn[] {
  const unmatched = session.walkIns.filter(({ matched }) => matched === null)
  const again = settledIn(session).filter(
    ({ student }) => entriesOf(session, student).length > 0 && unmatched.every((one) => one.student !== student),
  )
  return [...unmatched, ...again].map(({ student, name }) => ({ session, student, name }))
}

/** Typed names without a student, of one school, the newest session first. */
export function walkInsOf(ledger: Ledger, site: SiteId): readonly WaitingWalkIn[] {
  const waiting = [...ledger.sessions()].flatMap((session) => (session.site === site ? waitingIn(session) : []))
  return waiting.sort((a, b) => b.session.window.from - a.session.window.from)
}

export interface Candidate {
  readonly student: Student
  readonly likeness: number
  /** Has a mark in that session already: matching would join the two. */
  readonly already: boolean
}

/** From here on names are like each other; below, only the nearest few are shown, and none that has hardly more in common than chance. */
const LIKELY = 0.8
const FAR = 0.65
const MOST_LIKELY = 5
const MOST_FAR = 3

/** Students whose name is like what was typed, the likeliest first; when none is, the few that come nearest. */
export function candidatesFor(typed: string, students: Iterable<Student>, session: SessionState | undefined): readonly Candidate[] {
  const found: Candidate[] = []
  for (const student of students) {
    const likeness = similarity(typed, `${student.first} ${student.last}`)
    if (likeness >= FAR) found.push({ student, likeness, already: session?.students.has(student.id) ?? false })
  }
  found.sort((a, b) => b.likeness - a.likeness || (a.student.last < b.student.last ? -1 : 1))
  const likely = found.filter((candidate) => candidate.likeness >= LIKELY)
  return likely.length > 0 ? likely.slice(0, MOST_LIKELY) : found.slice(0, MOST_FAR)
}
