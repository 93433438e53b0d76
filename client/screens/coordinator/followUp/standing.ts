/** How each student on the lists of a school stands: how they come, what they recovered, and why somebody should look. Pure. */
import type { Ledger } from '../../../../shared/attendance/ledger.ts'
import type { SectionId, SiteId, StudentId } from '../../../../shared/ids.ts'
import type { Grade, Section } from '../../../../shared/registry.ts'
import {
  type Attention,
  type AttentionChoices,
  attentionOf,
  type Coming,
  comingOf,
  type HeldSession,
  isListSince,
} from '../../../../shared/report/attention.ts'
import { nextDay } from '../../../../shared/rules/california/next.ts'
import { fiscalYear, fiscalYearOf, type Instant, type SchoolDate } from '../../../../shared/time.ts'

export interface Standing {
  readonly student: StudentId
  readonly last: string
  readonly first: string
  readonly localId: string
  readonly grade: Grade | null
  readonly sections: readonly Section[]
  readonly coming: Coming
  readonly absences: number
  readonly recovered: number
  readonly left: number
  /** Whole hours gathered towards the next day, of those it takes. */
  readonly hours: number
  readonly hoursOfDay: number
  /** Minutes more that complete the next day; null when nothing is left to recover. */
  readonly toNextDay: number | null
  readonly attention: readonly Attention[]
}

/** The sessions held at a school since a date, by section, oldest first. One that is still going on is not held yet. */
function heldAt(ledger: Ledger, site: SiteId, since: SchoolDate, now: Instant): ReadonlyMap<SectionId, readonly HeldSession[]> {
  const held = new Map<SectionId, HeldSession[]>()
  for (const session of ledger.sessions()) {
    if (session.site !== site || session.section === null || !session.started || session.on < since) continue
    if (session.endedAt === null && now < session.window.until) continue
    const came = new Set<StudentId>()
    for (const student of session.students.values()) if (student.marks.length > 0) came.add(student.student)
    const list = held.get(session.section) ?? []
    list.push({ on: session.on, from: session.window.from, came })
    held.set(session.section, list)
  }
  for (const list of held.values()) list.sort((a, b) => a.from - b.from)
  return held
}

/** Who is on the list of a section of the school that meets in this fiscal year, or has just become worth inviting, by name.
 *  @param added recoverable absences that the last import brought, by student */
export function standingsAt(
  ledger: Ledger,
  site: SiteId,
  today: SchoolDate,
  now: Instant,
  choices: AttentionChoices,
  added: Readonly<Record<string, number>>,
): readonly Standing[] {
  const { first } = fiscalYear(fiscalYearOf(today))
  const held = heldAt(ledger, site, first, now)
  const lists = new Map<StudentId, Section[]>()
  for (const section of ledger.sections()) {
    if (section.site !== site || !isListSince(section, first, held)) continue
    for (const student of section.students) lists.set(student, [...(lists.get(student) ?? []), section])
  }
  const most = ledger.policyOn(today).yearlyMost
  const rows: Standing[] = []
  for (const { student, enrollments } of ledger.students()) {
    const sections = lists.get(student.id) ?? []
    const brought = added[student.id] ?? 0
    if (sections.length === 0 && (brought === 0 || !enrollments.some((each) => each.site === site && each.until === null))) continue
    const totals = ledger.judge(student.id, today)
    const coming = comingOf(
      student.id,
      sections.map(({ id }) => id),
      held,
    )
    const attention = attentionOf(totals, coming, most, brought, choices)
    if (sections.length === 0 && attention.length === 0) continue
    const hoursOfDay = Math.ceil(totals.minimumDayMinutes / 60)
    rows.push({
      student: student.id,
      last: student.last,
      first: student.first,
      localId: student.localId,
      grade: (ledger.enrollmentOn(student.id, today) ?? enrollments.at(-1))?.grade ?? null,
      sections,
      coming,
      absences: totals.eligibleAbsences,
      recovered: totals.claimableDays,
      left: totals.remainingDays,
      hours: Math.min(hoursOfDay, Math.floor(totals.minutes / 60)),
      hoursOfDay,
      toNextDay: totals.remainingDays > 0 ? nextDay(totals, 0, false, ledger.policyOn(today)).hourly : null,
      attention,
    })
  }
  const key = ({ last, first, localId }: Standing): string => `${last} ${first} ${localId}`
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

export interface Attending {
  readonly enrolled: number
  readonly attending: number
  readonly planned: number
  readonly came: number
}

/** How the students together come. */
export function attending(rows: readonly Standing[]): Attending {
  const enrolled = rows.filter((row) => row.sections.length > 0)
  return {
    enrolled: enrolled.length,
    attending: enrolled.filter((row) => row.coming.came > 0).length,
    planned: enrolled.reduce((sum, row) => sum + row.coming.planned, 0),
    came: enrolled.reduce((sum, row) => sum + row.coming.came, 0),
  }
}
