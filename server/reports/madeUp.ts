/**
 * What minutes that were made up look like, session by session, for somebody to look at: no figure changes by it. The marks of a single
 * student have flags of their own (`shared/rules`); these are of a room, or of many sessions. Thresholds: decision 0071.
 */
import type { SessionState, TrailEntry } from '../../shared/attendance/fold.ts'
import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { Mark, StudentInSession } from '../../shared/attendance/studentInSession.ts'
import { isEnteredLater } from '../../shared/attendance/presence.ts'
import type { StudentId } from '../../shared/ids.ts'
import type { AbsenceKind } from '../../shared/registry.ts'
import { groupBy } from '../../shared/report/recovered.ts'
import { type LocalTime, localInstant, MINUTE } from '../../shared/time.ts'

/** Fewer in the room may well come and leave together. */
const LEAST_STUDENTS = 5
/** Of those in the room, so many at the very same two minutes. */
const ALIKE_SHARE = 0.8
/** The same two minutes of the clock in so many sessions of one person in a row. */
const LEAST_SESSIONS = 3
/** A correction within this is somebody who noticed the wrong tap. */
const NOTICED = 15 * MINUTE
/** More entries than this share changed afterwards, of at least so many, and at least so many changed: fewer say nothing. */
const CHANGED_SHARE = 0.05
const LEAST_ENTRIES = 100
const LEAST_CHANGED = 10
/** No school has students in the building before or after. */
const OPENS = '06:00' as LocalTime
const CLOSES = '21:00' as LocalTime

/** `n` of `of`: students, entries; for hours, `n` minutes and no `of`. */
export interface Suspect {
  readonly session: SessionState
  readonly n: number
  readonly of: number | null
}
export interface AbsentThere {
  readonly session: SessionState
  readonly student: StudentId
  readonly minutes: number
}

interface Visit {
  readonly minutes: string
  readonly isEntered: boolean
}

const minuteOf = (at: number): number => Math.floor(at / MINUTE)

/** Whoever came once and left, by the minutes of both; the rest is not alike. */
function visitOf({ intervals, marks }: StudentInSession): Visit | undefined {
  const [only] = intervals
  if (intervals.length !== 1 || !only || only.out === null) return undefined
  return { minutes: `${minuteOf(only.in)} ${minuteOf(only.out)}`, isEntered: marks.every(isEnteredLater) }
}

interface Alike {
  readonly n: number
  readonly of: number
  /** When they came and left, by the session's own beginning: the same at the next session at the same hour. */
  readonly again: string
  readonly isEntered: boolean
}

/** The largest number of students with the same two minutes, and whether theirs were entered afterwards. */
function alikeIn(session: SessionState): Alike | undefined {
  const present = [...session.students.values()].filter(({ marks }) => marks.length > 0)
  if (present.length < LEAST_STUDENTS) return undefined
  const groups = new Map<string, Visit[]>()
  for (const student of present) {
    const visit = visitOf(student)
    if (visit) groups.set(visit.minutes, [...(groups.get(visit.minutes) ?? []), visit])
  }
  const [minutes, most] = [...groups].reduce<[string, Visit[]]>((best, one) => (one[1].length > best[1].length ? one : best), ['', []])
  if (most.length < ALIKE_SHARE * present.length) return undefined
  const again = minutes.split(' ').map((minute) => Number(minute) - minuteOf(session.window.from))
  return { n: most.length, of: present.length, again: again.join(' '), isEntered: most.every(({ isEntered }) => isEntered) }
}

/**
 * Sessions in which nearly everybody came and left at the same two minutes, where those were not tapped but entered, or are the same two
 * minutes of the clock in one session of a teacher after the other. A room that is checked in and out with one tap is neither: its
 * minutes differ from day to day.
 */
export function sameMinutes(sessions: readonly SessionState[]): Suspect[] {
  const suspects: Suspect[] = []
  for (const own of groupBy(sessions, ({ startedBy }) => startedBy).values()) {
    const inOrder = [...own].sort((a, b) => a.window.from - b.window.from)
    const alike = inOrder.map((session) => ({ session, ...(alikeIn(session) ?? { n: 0, of: 0, again: '', isEntered: false }) }))
    // How many sessions up to and with each one were the same; then each counts as many as the last of its row.
    const row: number[] = []
    for (const [i, { again }] of alike.entries()) row.push(again === '' ? 0 : again === alike[i - 1]?.again ? (row[i - 1] ?? 0) + 1 : 1)
    for (let i = row.length - 2; i >= 0; i--) if ((row[i + 1] ?? 0) > 1) row[i] = row[i + 1] ?? 0
    for (const [i, { session, n, of, isEntered }] of alike.entries()) {
      if (isEntered || (row[i] ?? 0) >= LEAST_SESSIONS) suspects.push({ session, n, of })
    }
  }
  return suspects
}

const isMark = (event: TrailEntry['event']): event is Mark =>
  !('unknown' in event) && (event.type === 'StudentCheckedIn' || event.type === 'StudentCheckedOut')

/**
 * How many check-ins and check-outs of a session there are, and how many were entered, replaced or taken back long after. A session that was
 * written down on paper and entered as a whole was not changed: it has its own items.
 */
function changesIn({ events }: SessionState): { n: number; of: number } {
  const marks = events.flatMap(({ event, voidedBy }) => (isMark(event) ? [{ event, voidedBy }] : []))
  const holding = marks.filter(({ voidedBy }) => voidedBy === null).map(({ event }) => event)
  const late = holding.filter(({ at, recordedAt }) => recordedAt - at > NOTICED).length
  if (late > ALIKE_SHARE * holding.length) return { n: 0, of: 0 }
  const takenBackLate = new Set(
    marks.flatMap(({ event, voidedBy }) => (voidedBy && voidedBy.recordedAt - event.recordedAt > NOTICED ? [event.id] : [])),
  )
  let n = 0
  for (const { at, recordedAt, replaces } of holding) {
    const isReplacement = replaces !== undefined && takenBackLate.delete(replaces)
    if (isReplacement || recordedAt - at > NOTICED) n++
  }
  return { n: n + takenBackLate.size, of: holding.length + takenBackLate.size }
}

/** The sessions of whoever has more than a twentieth of the entries changed afterwards, by whomever; else those of a school that has. */
export function manyChanged(sessions: readonly SessionState[]): Suspect[] {
  const all = sessions.map((session) => ({ session, ...changesIn(session) }))
  const isMuch = (some: readonly (typeof all)[number][]): boolean => {
    const n = some.reduce((sum, one) => sum + one.n, 0)
    const of = some.reduce((sum, one) => sum + one.of, 0)
    return n >= LEAST_CHANGED && of >= LEAST_ENTRIES && n > CHANGED_SHARE * of
  }
  const people = [...groupBy(all, ({ session }) => session.startedBy).values()].filter(isMuch).flat()
  const found = people.length > 0 ? people : isMuch(all) ? all : []
  return found.filter(({ n }) => n > 0)
}

/** Sessions with somebody present before a school opens or after it closes, and for how many minutes. */
export function outsideHours(ledger: Ledger, sessions: readonly SessionState[]): Suspect[] {
  return sessions.flatMap((session) => {
    const zone = ledger.site(session.site)?.zone ?? 'UTC'
    const ends = [...session.students.values()].flatMap(({ spans }) => spans)
    if (ends.length === 0) return []
    const early = localInstant(session.on, OPENS, zone) - Math.min(...ends)
    const late = Math.max(...ends) - localInstant(session.on, CLOSES, zone)
    const n = Math.ceil((Math.max(early, 0) + Math.max(late, 0)) / MINUTE)
    return n > 0 ? [{ session, n, of: null }] : []
  })
}

/** Absences that are of the whole day, and of somebody who was to be at school. */
const ALL_DAY: ReadonlySet<AbsenceKind> = new Set(['excused', 'unexcused', 'suspension', 'immunization'])

/** Who was in a session on a day on which the school has the student absent all day. */
export function absentThatDay(ledger: Ledger, sessions: readonly SessionState[]): AbsentThere[] {
  return sessions.flatMap((session) =>
    [...session.students.values()].flatMap(({ student, spans }) => {
      const time = spans.reduce((sum, at, i) => (i % 2 === 0 ? sum - at : sum + at), 0)
      const same = ledger.student(student)?.sameStudent ?? []
      const isAbsent = same.some((one) => ledger.student(one)?.absences.some(({ on, kind }) => on === session.on && ALL_DAY.has(kind)))
      return time > 0 && isAbsent ? [{ session, student, minutes: Math.floor(time / MINUTE) }] : []
    }),
  )
}
