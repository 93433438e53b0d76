/** Resolving what stands out: what is chosen, what it will change, and the orders that change it. */
import type { NewResolution } from '../../../../shared/api/day.ts'
import type { SessionState } from '../../../../shared/attendance/fold.ts'
import type { StudentId } from '../../../../shared/ids.ts'
import { type Instant, instant, type LocalTime, localTimeOf } from '../../../../shared/time.ts'
import type { AttendanceStore } from '../../../log/attendanceStore.ts'
import { recordCheckOut } from '../../../log/commands.ts'
import { leavingIn } from '../../teacher/wallClock.ts'
import type { BoardRow } from './board.ts'

/** The students of a session who were never checked out. */
export const stillIn = (row: BoardRow): readonly StudentId[] =>
  row.held === null ? [] : [...row.held.students.values()].filter((student) => student.missingCheckOut).map(({ student }) => student)

export const fieldOf = (row: BoardRow, student: StudentId): string => `${row.key} ${student}`

export interface Chosen {
  /** Times on the wall by `fieldOf`; empty where somebody stays open. */
  readonly times: Readonly<Record<string, string>>
  /** Keys of rows whose late entries and clocks were looked at. */
  readonly looked: ReadonlySet<string>
  /** Keys of planned rows that were not held. */
  readonly notHeld: ReadonlySet<string>
}

/** Why a check-out cannot be: it lies before the check-in, or has not come yet. */
export type TimeFault = 'before' | 'ahead'

export interface Change {
  readonly checkOuts: readonly { readonly row: BoardRow; readonly student: StudentId; readonly at: Instant }[]
  /** What is wrong with a typed time, by `fieldOf`. */
  readonly faults: Readonly<Record<string, TimeFault>>
  readonly sessions: number
  readonly stale: number
  readonly looked: readonly BoardRow[]
  readonly notHeld: readonly BoardRow[]
}

/** What would change, before anything does. */
export function changeOf(rows: readonly BoardRow[], { times, looked, notHeld }: Chosen, zone: string, now: Instant): Change {
  const faults: Record<string, TimeFault> = {}
  const checkOuts = rows.flatMap((row) =>
    stillIn(row).flatMap((student) => {
      const field = fieldOf(row, student)
      const at = leftAt(row, student, times[field], zone)
      const fault = at === null ? undefined : faultOf(row, student, at, now)
      if (fault) faults[field] = fault
      return at === null || fault ? [] : [{ row, student, at }]
    }),
  )
  const touched = new Set(checkOuts.map(({ row }) => row))
  return {
    checkOuts,
    faults,
    sessions: touched.size,
    stale: [...touched].filter((row) => row.held?.certification.state === 'certified').length,
    looked: rows.filter((row) => looked.has(row.key)),
    notHeld: rows.filter((row) => notHeld.has(row.key)),
  }
}

export const isEmpty = ({ checkOuts, looked, notHeld }: Change): boolean => checkOuts.length + looked.length + notHeld.length === 0

/** A reason with the fingerprint of the paper behind it, so that the log itself says which file it is. */
export const withPaper = (reason: string, sha256: string | null): string => (sha256 === null ? reason : `${reason} [SHA-256 ${sha256}]`)

/** Records the check-outs, each at its time and with the reason. */
export function recordCheckOuts(store: AttendanceStore, { checkOuts }: Change, reason: string): void {
  for (const { row, student, at } of checkOuts) {
    if (row.held) recordCheckOut(store, row.held, [student], { at, reason })
  }
}

/** What is to be kept beside the log: what was looked at, and what was not held. Of sessions that the change itself touches, see `lookedAfter`. */
export function resolutionsOf({ looked, notHeld, checkOuts }: Change, reason: string, document: string | null): readonly NewResolution[] {
  const touched = new Set(checkOuts.map(({ row }) => row))
  return [
    ...looked.flatMap((row) => (row.held === null || touched.has(row) ? [] : lookedAt(row, row.held, reason, document))),
    ...notHeld.flatMap((row): NewResolution[] =>
      row.plannedIn === null
        ? []
        : [
            {
              ...{ site: row.plannedIn.site, problem: 'notArrived', section: row.section, session: null },
              on: row.on,
              digest: null,
              reason,
              document,
            },
          ],
    ),
  ]
}

/** The sessions whose check-outs were just entered, as they stand now: who entered a time has looked at it. Nothing else that stood out in them
 *  is taken for looked at. */
export function lookedAfter(
  store: AttendanceStore,
  { looked, checkOuts }: Change,
  reason: string,
  document: string | null,
): readonly NewResolution[] {
  return [...new Set(checkOuts.map(({ row }) => row))].flatMap((row): readonly NewResolution[] => {
    const now = row.session === null ? undefined : store.ledger.session(row.session)
    const stoodOut = row.problems.some(({ kind }) => kind === 'late' || kind === 'clock')
    return now && (!stoodOut || looked.includes(row)) ? lookedAt(row, now, reason, document) : []
  })
}

function lookedAt(
  row: Pick<BoardRow, 'section' | 'session' | 'on'>,
  held: SessionState,
  reason: string,
  document: string | null,
): NewResolution[] {
  const { site, digest } = held
  return (['lateEntry', 'clockDoubt'] as const).map((problem) => ({
    site,
    problem,
    section: row.section,
    session: held.id,
    on: row.on,
    digest,
    reason,
    document,
  }))
}

/** A session that was keyed in from paper, as it now stands: all of it was entered later, and looked at by whoever did. */
export const keyedIn = (held: SessionState, reason: string, document: string | null): readonly NewResolution[] =>
  lookedAt({ section: held.section, session: held.id, on: held.on }, held, reason, document)

/** The time on the wall at which a session was to end. */
export const endOf = (row: BoardRow, zone: string): LocalTime => localTimeOf(instant(row.window.until), zone)

const sinceOf = (row: BoardRow, student: StudentId): Instant | null => row.held?.students.get(student)?.since ?? null

function leftAt(row: BoardRow, student: StudentId, text: string | undefined, zone: string): Instant | null {
  const since = sinceOf(row, student)
  return since === null || row.held === null ? null : leavingIn(row.held, text, zone, since)
}

function faultOf(row: BoardRow, student: StudentId, at: Instant, now: Instant): TimeFault | undefined {
  if (at < (sinceOf(row, student) ?? at)) return 'before'
  return at > now ? 'ahead' : undefined
}

/** Whether a moment lies after a check-in that it is to close. */
export function closes(row: BoardRow, student: StudentId, text: string, zone: string): boolean {
  const at = leftAt(row, student, text, zone)
  return at !== null && at > (sinceOf(row, student) ?? at)
}
