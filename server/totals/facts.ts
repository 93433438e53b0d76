/** What the totals of a district are kept as: one line a student, a day, a session, a visit. Worked out from a ledger; pure. */
import type { SessionState } from '../../shared/attendance/fold.ts'
import type { Ledger, StudentView } from '../../shared/attendance/ledger.ts'
import type { SectionId, StudentId } from '../../shared/ids.ts'
import {
  type Attention,
  type AttentionChoices,
  attentionOf,
  comingOf,
  type HeldSession,
  isListSince,
} from '../../shared/report/attention.ts'
import { type RosterRow, rosterRow } from '../../shared/report/rows.ts'
import { stillInUntil } from '../../shared/report/stillIn.ts'
import { gradeSpan } from '../../shared/rules/california/periods.ts'
import { fiscalYear, fiscalYearOf, type Instant, MINUTE, type SchoolDate } from '../../shared/time.ts'

export interface SessionFact {
  readonly id: string
  readonly site: string
  readonly section: string
  readonly title: string
  /** Who taught first; empty where nobody did. */
  readonly staff: string
  readonly on: SchoolDate
  readonly from: number
  readonly ended: boolean
  readonly certified: boolean
  readonly missing: number
  /** Whole minutes in the session's window, by student. */
  readonly minutes: ReadonlyMap<StudentId, number>
}

/** What is kept of one session; undefined while its start is not known. */
export function sessionFact(ledger: Ledger, state: SessionState): SessionFact | undefined {
  if (!state.started) return undefined
  const minutes = new Map<StudentId, number>()
  let missing = 0
  for (const student of state.students.values()) {
    if (student.marks.length === 0) continue
    if (student.missingCheckOut) missing++
    let sum = 0
    const { spans } = student
    for (let i = 0; i < spans.length; i += 2) {
      const [from, until] = [Math.max(spans[i] as number, state.window.from), Math.min(spans[i + 1] as number, state.window.until)]
      if (from < until) sum += until - from
    }
    minutes.set(student.student, Math.floor(sum / MINUTE))
  }
  const teacher = state.supervision.find(({ staff }) => ledger.staff(staff)?.certificated === true) ?? state.supervision[0]
  return {
    id: state.id,
    site: state.site,
    section: state.section ?? '',
    title: state.title,
    staff: teacher?.staff ?? '',
    on: state.on,
    from: state.window.from,
    ended: state.endedAt !== null,
    certified: state.certification.state === 'certified',
    missing,
    minutes,
  }
}

/** What became of a day that was earned. */
export type DayStatus = 'claimed' | 'banked' | 'lost'
export interface DayFact {
  readonly student: StudentId
  readonly n: number
  readonly earnedOn: SchoolDate
  readonly status: DayStatus
  /** Where and with whom it was completed: the last session of that date. */
  readonly site: string
  readonly section: string
  readonly staff: string
  readonly span: string
  readonly recovers: SchoolDate | null
  readonly absenceSite: string | null
}

export interface StudentFact {
  readonly row: RosterRow
  /** Until when the student is simply still in, and no check-out is missing yet. */
  readonly stillUntil: Instant | null
  readonly minimumDayMinutes: number
  readonly span: string
  /** The first of the entries that are one student for the law; counted with it. */
  readonly person: string
  readonly counted: boolean
  readonly sections: readonly string[]
  readonly planned: number
  readonly came: number
  readonly missedInRow: number
  readonly lastCame: SchoolDate | null
  readonly attention: readonly Attention[]
}

export interface Known {
  readonly ledger: Ledger
  readonly asOf: SchoolDate
  readonly sessions: ReadonlyMap<string, SessionFact>
  readonly choices: AttentionChoices
  /** Recoverable absences that the last import brought, by student. */
  readonly added: Readonly<Record<string, number>>
}

/** The sessions of the fiscal year that are over by the end of a date, by section, oldest first. */
export function heldBySection({ sessions, asOf }: Known): ReadonlyMap<SectionId, readonly HeldSession[]> {
  const { first } = fiscalYear(fiscalYearOf(asOf))
  const held = new Map<SectionId, HeldSession[]>()
  for (const { section, on, from, ended, minutes } of sessions.values()) {
    if (section === '' || on < first || on > asOf || (on === asOf && !ended)) continue
    const key = section as SectionId
    const list = held.get(key) ?? []
    list.push({ on, from, came: minutes as unknown as ReadonlySet<StudentId> })
    held.set(key, list)
  }
  for (const list of held.values()) list.sort((a, b) => a.from - b.from)
  return held
}

/** The sections that list a student, of those that meet in the fiscal year or were held in it. */
export function listsOf(
  { ledger, asOf }: Known,
  held: ReadonlyMap<SectionId, readonly HeldSession[]>,
): ReadonlyMap<StudentId, readonly SectionId[]> {
  const { first } = fiscalYear(fiscalYearOf(asOf))
  const lists = new Map<StudentId, SectionId[]>()
  for (const section of ledger.sections()) {
    if (!isListSince(section, first, held)) continue
    for (const student of section.students) {
      const own = lists.get(student)
      if (own) own.push(section.id)
      else lists.set(student, [section.id])
    }
  }
  return lists
}

export function studentFact(
  known: Known,
  view: StudentView,
  sections: readonly SectionId[],
  held: ReadonlyMap<SectionId, readonly HeldSession[]>,
): StudentFact {
  const { ledger, asOf, choices, added } = known
  const row = rosterRow(ledger, view, asOf)
  const totals = ledger.judge(view.student.id, asOf)
  const coming = comingOf(view.student.id, sections, held)
  return {
    row,
    stillUntil: row.flags.includes('missingCheckOut') ? stillInUntil(ledger, view, asOf) : null,
    minimumDayMinutes: totals.minimumDayMinutes,
    span: row.grade === null ? '' : gradeSpan(row.grade),
    person: view.sameStudent[0] ?? view.student.id,
    counted: view.sameStudent[0] === view.student.id,
    sections,
    planned: coming.planned,
    came: coming.came,
    missedInRow: coming.missedInRow,
    lastCame: coming.lastCame,
    attention: attentionOf(totals, coming, ledger.policyOn(asOf).yearlyMost, added[view.student.id] ?? 0, choices),
  }
}

/** The days a student earned, each with the session that completed it.
 *  @param on the sessions a student was in, by date */
export function dayFacts(
  { ledger, asOf }: Pick<Known, 'ledger' | 'asOf'>,
  { row, span, counted }: StudentFact,
  on: (student: StudentId, date: SchoolDate) => readonly SessionFact[],
): readonly DayFact[] {
  if (!counted) return []
  const totals = ledger.judge(row.student, asOf)
  const same = ledger.student(row.student)?.sameStudent ?? [row.student]
  const { first } = fiscalYear(fiscalYearOf(asOf))
  return totals.days
    .filter(({ earnedOn }) => earnedOn >= first)
    .map((day, n): DayFact => {
      const session = same
        .flatMap((student) => on(student, day.earnedOn))
        .sort((a, b) => a.from - b.from)
        .at(-1)
      const status = day.recovers !== null ? 'claimed' : n < totals.claimableDays + totals.bankedDays ? 'banked' : 'lost'
      return {
        student: row.student,
        n,
        earnedOn: day.earnedOn,
        status,
        site: session?.site ?? row.site ?? '',
        section: session?.section ?? '',
        staff: session?.staff ?? '',
        span,
        recovers: day.recovers,
        absenceSite: day.school,
      }
    })
}
