/** What a roster's row says, worked out from the ledger. Pure; asked again when the row's topic is raised. */
import type { SessionState, StudentInSession } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import { as } from '../../../shared/ids.ts'
import type { StudentId } from '../../../shared/ids.ts'
import type { Instant, SchoolDate } from '../../../shared/time.ts'

export type RowWarning = 'missingOut' | 'nonclassroom' | 'independentStudy' | 'capReached' | 'noAbsence' | 'daysLeft'

export interface RowTotals {
  /** Whole hours to the next day, and how many make one. */
  readonly pips: { readonly done: number; readonly of: number }
  readonly recovered: number
  readonly left: number
  readonly banked: number
}

export interface RowView {
  readonly student: StudentId
  readonly name: string
  readonly grade: string | null
  readonly walkIn: boolean
  readonly state: 'none' | 'in' | 'out'
  readonly since: Instant | null
  readonly outAt: Instant | null
  /** Whole minutes of the stretches that have an end, and of those what counts. */
  readonly present: number
  readonly counted: number
  /** When what a student who came early is credited begins. */
  readonly countsFrom: Instant | null
  readonly totals: RowTotals
  readonly warning: RowWarning | null
}

/** A student's name as it is read; of a walk-in, the name typed. */
export function nameOf(ledger: Ledger, session: SessionState | undefined, student: StudentId): string {
  const known = ledger.student(student)?.student
  if (known && (known.first !== '' || known.last !== '')) return `${known.first} ${known.last}`.trim()
  return session?.walkIns.find((walkIn) => walkIn.student === student)?.name ?? '–'
}

/** For sorting: family name first, without case and accents, the same on every device. */
function sortKey(ledger: Ledger, session: SessionState, student: StudentId): string {
  const known = ledger.student(student)?.student
  const text = known ? `${known.last} ${known.first}` : nameOf(ledger, session, student)
  return folded(text)
}

/** Text for finding and sorting: lower case, without accents. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Who is on a session's roster: its section's students and whoever has a mark in it, by name. */
export function rosterOf(ledger: Ledger, session: SessionState): StudentId[] {
  const invited = session.section ? (ledger.section(session.section)?.students ?? []) : []
  const ids = new Set<StudentId>(invited)
  for (const student of session.students.keys()) ids.add(student)
  for (const walkIn of session.walkIns) if (walkIn.matched) ids.delete(walkIn.student)
  return [...ids]
    .map((id) => [sortKey(ledger, session, id), id] as const)
    .sort(byKey)
    .map(([, id]) => id)
}

const byKey = (a: readonly [string, string], b: readonly [string, string]): number =>
  a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : 1

export function rowView(ledger: Ledger, session: SessionState, student: StudentId, asOf: SchoolDate): RowView {
  const marks = session.students.get(student)
  const last = marks?.intervals.at(-1)
  const known = ledger.student(student)
  const credit = marks ? ledger.sessionCredit(session.id, student) : { minutesPresent: 0, minutesCounted: 0, notCounted: [] }
  const state = !marks || marks.intervals.length === 0 ? 'none' : marks.since !== null ? 'in' : 'out'
  const totals = totalsOf(ledger, session, student, asOf, credit.minutesCounted)
  return {
    student,
    name: nameOf(ledger, session, student),
    grade: ledger.enrollmentOn(student, session.on)?.grade ?? null,
    walkIn: !known && session.walkIns.some((walkIn) => walkIn.student === student),
    state,
    since: marks?.since ?? null,
    outAt: last?.out ?? null,
    present: credit.minutesPresent,
    counted: credit.minutesCounted,
    countsFrom: marks?.since != null && marks.since < session.window.from ? session.window.from : null,
    totals,
    warning: warningOf(ledger, session, student, asOf, marks, totals),
  }
}

function totalsOf(ledger: Ledger, session: SessionState, student: StudentId, asOf: SchoolDate, counted: number): RowTotals {
  const judged = ledger.judge(student, asOf)
  const { accrual } = ledger.policyOn(asOf)
  const of = Math.ceil(judged.minimumDayMinutes / 60)
  // What this session adds shows at once; in the totals it stands when it is certified.
  const isIn = session.certification.state === 'certified' || session.on > asOf
  const more = isIn ? 0 : accrual === 'hours' ? Math.floor(counted / 60) : counted / 60
  const done = Math.min(of, Math.floor((accrual === 'hours' ? judged.hours : judged.minutes / 60) + more))
  return { pips: { done, of }, recovered: judged.claimableDays, left: judged.remainingDays, banked: judged.bankedDays }
}

/** The one thing worth knowing about a row, the gravest first. */
function warningOf(
  ledger: Ledger,
  session: SessionState,
  student: StudentId,
  asOf: SchoolDate,
  marks: StudentInSession | undefined,
  totals: RowTotals,
): RowWarning | null {
  if (session.endedAt !== null && marks?.missingCheckOut) return 'missingOut'
  const known = ledger.student(student)
  if (!known) return null
  if (known.student.setting === 'nonclassroom') return 'nonclassroom'
  const judged = ledger.judge(student, asOf)
  if (judged.flags.includes('independentStudy')) return 'independentStudy'
  if (judged.heldBy === 'yearlyMost') return 'capReached'
  if (totals.left === 0) return 'noAbsence'
  return totals.left <= 2 ? 'daysLeft' : null
}

/** Whole minutes a student who is in has been here in this stretch. */
export const minutesSince = (since: Instant, now: Instant): number => Math.max(0, Math.floor((now - since) / 60_000))

/** A walk-in's temporary id names no student of the registry. */
export const isTemporary = (ledger: Ledger, student: string): boolean => ledger.student(as<StudentId>(student)) === undefined
