/** A sheet keyed in: its rows read, and recorded as what they are: a session entered later, each time with its reason. */
import type { Section } from '../../../../shared/registry.ts'
import type { SessionId, StaffId, StudentId } from '../../../../shared/ids.ts'
import { as } from '../../../../shared/ids.ts'
import { type Instant, localInstant, type LocalTime, parseLocalTime, type SchoolDate } from '../../../../shared/time.ts'
import type { AttendanceStore, Written } from '../../../log/attendanceStore.ts'
import { recordCheckIn, recordCheckOut, recordEnd, recordStart, recordSupervision, recordWalkIn } from '../../../log/commands.ts'
import { planOf } from '../../teacher/sessions.ts'

export interface Typed {
  readonly in: string
  readonly out: string
}
export type RowState = 'empty' | 'good' | 'bad'

/** Whether a row says when somebody came and left: both, in order, or neither. */
export function rowState({ in: came, out }: Typed): RowState {
  if (came === '' && out === '') return 'empty'
  const from = parseLocalTime(came)
  const until = parseLocalTime(out)
  return from !== undefined && until !== undefined && from < until ? 'good' : 'bad'
}

/** Whether a time on a date still lies ahead. */
export function isAhead(on: SchoolDate, text: string, zone: string, now: Instant): boolean {
  const time = parseLocalTime(text)
  return time !== undefined && localInstant(on, time, zone) > now
}

export const EMPTY: Typed = { in: '', out: '' }
interface WalkIn extends Typed {
  readonly name: string
}

/** What was typed of a sheet so far. */
export interface Sheet {
  readonly teacher: string
  readonly from: string
  readonly until: string
  /** Null for the usual one. */
  readonly reason: string | null
  readonly typed: Readonly<Record<string, Typed>>
  readonly walkIns: readonly WalkIn[]
}

/** A sheet of which nothing is typed yet: the section's own teacher and hours. */
export const sheetOf = ({ staff, window }: Section): Sheet => ({
  teacher: staff[0] ?? '',
  from: window.from,
  until: window.until,
  reason: null,
  typed: {},
  walkIns: [],
})

/** The rows of which something is typed. */
export const onlyFilled = (typed: Readonly<Record<string, Typed>>) =>
  Object.fromEntries(Object.entries(typed).filter(([, one]) => rowState(one) !== 'empty'))

export interface SheetKeyed {
  readonly session: SessionId
  readonly section: Section
  readonly on: SchoolDate
  readonly zone: string
  readonly from: LocalTime
  readonly until: LocalTime
  readonly teacher: StaffId | null
  /** Who keys it in. */
  readonly by: StaffId
  /** With the fingerprint of the sheet. */
  readonly reason: string
  readonly rows: readonly { readonly student: StudentId; readonly typed: Typed }[]
  readonly walkIns: readonly { readonly name: string; readonly typed: Typed }[]
}

/**
 * Records the sheet: the session, who supervised it, and each row's times. Whoever keys it in was not there, and supervised nothing. Gives what
 * became of the last of it.
 */
export function recordSheet(store: AttendanceStore, newId: () => string, sheet: SheetKeyed): Promise<Written> {
  const { session, section, on, zone, reason } = sheet
  const at = (time: string): Instant => localInstant(on, time as LocalTime, zone)
  const [from, until] = [at(sheet.from), at(sheet.until)]
  const plan = planOf(section, on, zone)
  const breaks = plan.breaks.filter((pause) => pause.from >= from && pause.until <= until)
  recordStart(store, () => session, { ...plan, window: { from, until }, breaks }, { at: from, reason })
  const where = { id: session, site: section.site }
  if (sheet.teacher !== sheet.by) recordSupervision(store, where, sheet.by, 'SupervisionEnded', { at: from, reason })
  if (sheet.teacher !== null && sheet.teacher !== sheet.by)
    recordSupervision(store, where, sheet.teacher, 'SupervisionStarted', { at: from, reason })
  for (const { student, typed } of sheet.rows) {
    recordCheckIn(store, where, [student], { at: at(typed.in), reason })
    recordCheckOut(store, where, [student], { at: at(typed.out), reason })
  }
  for (const { name, typed } of sheet.walkIns) {
    const temporary = newId()
    recordWalkIn(store, () => temporary, where, name, { at: at(typed.in), reason })
    recordCheckOut(store, where, [as<StudentId>(temporary)], { at: at(typed.out), reason })
  }
  return recordEnd(store, where, until, [], reason).done
}
