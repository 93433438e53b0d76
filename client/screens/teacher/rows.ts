/** What a roster's row says, worked out from the ledger. Pure; asked again when one of the row's topics is raised. */
import { folded } from '../../../shared/finding.ts'
import type { SessionState, StudentInSession } from '../../../shared/attendance/fold.ts'
import type { Judgement, Ledger } from '../../../shared/attendance/ledger.ts'
import { as } from '../../../shared/ids.ts'
import type { StudentId } from '../../../shared/ids.ts'
import type { Student } from '../../../shared/registry.ts'
import type { Instant, SchoolDate } from '../../../shared/time.ts'

export type RowWarning = 'missingOut' | 'nonclassroom' | 'independentStudy' | 'capReached' | 'noAbsence' | 'daysLeft'

/** What a tap changes on a row: cheap to work out, drawn at once. */
export interface MarkView {
  readonly student: StudentId
  readonly name: string
  readonly grade: string | null
  readonly walkIn: boolean
  readonly state: 'none' | 'in' | 'out'
  readonly since: Instant | null
  readonly outAt: Instant | null
  /** Whole minutes of the stretches that have an end. */
  readonly present: number
  /** When what a student who came early is credited begins. */
  readonly countsFrom: Instant | null
}

/** What the law makes of it: the whole year is judged for this, after the paint. */
export interface TotalsView {
  /** Minutes of this session that count. */
  readonly counted: number
  /** Whole hours to the next day, and how many make one. */
  readonly pips: { readonly done: number; readonly of: number }
  readonly recovered: number
  readonly left: number
  readonly banked: number
  readonly warning: RowWarning | null
}

/** A student's name as it is read; of a walk-in, the name typed. */
export function nameOf(ledger: Ledger, session: SessionState | undefined, student: StudentId): string {
  const known = ledger.student(student)?.student
  if (known && (known.first !== '' || known.last !== '')) return `${known.first} ${known.last}`.trim()
  // Who was matched with somebody not told by name here is still whom somebody typed.
  return session?.walkIns.find((walkIn) => walkIn.student === student || walkIn.matched === student)?.name || '–'
}

const sortKeys = new WeakMap<Student, string>()

/** For sorting: family name first, without case and accents, the same on every device. */
function sortKey(ledger: Ledger, session: SessionState, student: StudentId): string {
  const known = ledger.student(student)?.student
  if (!known) return folded(nameOf(ledger, session, student))
  const key = sortKeys.get(known) ?? folded(`${known.last} ${known.first}`)
  sortKeys.set(known, key)
  return key
}

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

export function markView(ledger: Ledger, session: SessionState, student: StudentId): MarkView {
  const marks = session.students.get(student)
  const since = marks?.since ?? null
  return {
    student,
    name: nameOf(ledger, session, student),
    grade: ledger.enrollmentOn(student, session.on)?.grade ?? null,
    walkIn: session.walkIns.some((walkIn) => walkIn.student === student) && ledger.student(student) === undefined,
    state: !marks || marks.intervals.length === 0 ? 'none' : since !== null ? 'in' : 'out',
    since,
    outAt: marks?.intervals.at(-1)?.out ?? null,
    present: minutesOf(marks?.spans ?? []),
    countsFrom: since !== null && since < session.window.from ? session.window.from : null,
  }
}

/** Whole minutes of flat pairs of moments. */
function minutesOf(spans: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < spans.length; i += 2) sum += (spans[i + 1] ?? 0) - (spans[i] ?? 0)
  return Math.floor(sum / 60_000)
}

const views = new WeakMap<Judgement, { readonly session: SessionState; readonly student: StudentId; readonly view: TotalsView }>()

/** What the law makes of a row. Several places of the row ask; it is worked out once. */
export function totalsView(ledger: Ledger, session: SessionState, student: StudentId, asOf: SchoolDate): TotalsView {
  const judged = ledger.judge(student, asOf)
  const known = views.get(judged)
  if (known?.session === session && known.student === student) return known.view
  const view = totalsNow(ledger, session, student, asOf, judged)
  views.set(judged, { session, student, view })
  return view
}

function totalsNow(ledger: Ledger, session: SessionState, student: StudentId, asOf: SchoolDate, judged: Judgement): TotalsView {
  const marks = session.students.get(student)
  // Somebody who is in for the first time has nothing credited yet: the usual case, and nothing to weigh.
  const counted = marks && marks.spans.length > 0 ? ledger.sessionCredit(session.id, student).minutesCounted : 0
  const { accrual } = ledger.policyOn(asOf)
  const of = Math.ceil(judged.minimumDayMinutes / 60)
  // What this session adds shows at once; in the totals it stands when it is certified.
  const isIn = session.certification.state === 'certified' || session.on > asOf
  const more = isIn ? 0 : accrual === 'hours' ? Math.floor(counted / 60) : counted / 60
  const done = Math.min(of, Math.floor((accrual === 'hours' ? judged.hours : judged.minutes / 60) + more))
  return {
    counted,
    pips: { done, of },
    recovered: judged.claimableDays,
    left: judged.remainingDays,
    banked: judged.bankedDays,
    warning: warningOf(ledger, session, student, judged, marks),
  }
}

/** The one thing worth knowing about a row, the gravest first. */
function warningOf(
  ledger: Ledger,
  session: SessionState,
  student: StudentId,
  judged: Judgement,
  marks: StudentInSession | undefined,
): RowWarning | null {
  if (session.endedAt !== null && marks?.missingCheckOut) return 'missingOut'
  const known = ledger.student(student)
  if (!known) return null
  if (known.student.setting === 'nonclassroom') return 'nonclassroom'
  if (judged.flags.includes('independentStudy')) return 'independentStudy'
  if (judged.heldBy === 'yearlyMost') return 'capReached'
  if (judged.remainingDays === 0) return 'noAbsence'
  return judged.remainingDays <= 2 ? 'daysLeft' : null
}

/** Whole minutes a student who is in has been here in this stretch. */
export const minutesSince = (since: Instant, now: Instant): number => Math.max(0, Math.floor((now - since) / 60_000))

/** A walk-in's temporary id names no student of the registry. */
export const isTemporary = (ledger: Ledger, student: string): boolean => ledger.student(as<StudentId>(student)) === undefined
