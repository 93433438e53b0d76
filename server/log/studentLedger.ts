/** A ledger of some students and sessions, made of the log itself: what their figures rest on, and nothing else. */
import { type Ledger, openLedger } from '../../shared/attendance/ledger.ts'
import { type KeptEvent, readEvent } from '../../shared/events.ts'
import type { RecordKind, RegistryRecord } from '../../shared/registry.ts'
import type { Log } from './log.ts'
import { openSessionsOf } from './takers.ts'

/** An event of the log as the fold takes it: what this build cannot read is kept as unknown, never dropped. */
export function keptEvent(raw: unknown): KeptEvent | undefined {
  const read = readEvent(raw)
  if (read.kind === 'event') return read.event
  return read.kind === 'unknown' ? { ...read.event, unknown: true } : undefined
}

interface Row {
  readonly kind: string
  readonly id: string
  readonly seq: number
  readonly ended: number
  readonly body: string
}
export interface Wanted {
  readonly students: readonly string[]
  readonly sessions?: readonly string[]
  /** Puts the events in from the newest to the oldest: the order of arrival must not matter. */
  readonly backwards?: boolean
}

/** Everybody who is one student with one of these by the number of the state, themselves among them. */
function openTwins({ db }: Pick<Log, 'db'>): (students: readonly string[]) => readonly string[] {
  const twins = db
    .prepare<[string], string>(
      `SELECT o.id FROM record r JOIN record o ON o.ssid = r.ssid WHERE r.kind = 'student' AND o.kind = 'student' AND r.ssid IS NOT NULL
         AND r.id IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
  return (students) => [...new Set([...students, ...twins.all(JSON.stringify(students))])]
}

/** The sessions in which students, under any of their numbers, have (or had) a mark. */
export function openStudentSessions({ db }: Pick<Log, 'db'>): (students: readonly string[]) => readonly string[] {
  const withTwins = openTwins({ db })
  const sessionsOf = openSessionsOf(db)
  return (students) => sessionsOf(withTwins(students))
}

/** Makes ledgers of students with every session they were in, and everybody in those sessions. Call within a read transaction. */
export function openStudentLedger({ db }: Pick<Log, 'db'>): (wanted: Wanted) => Ledger {
  const withTwins = openTwins({ db })
  const sessionsOf = openStudentSessions({ db })
  const studentsIn = db
    .prepare<[string], string>('SELECT DISTINCT student FROM session_student WHERE session IN (SELECT value FROM json_each(?))')
    .pluck()
  const records = db.prepare<[string], Row>(
    `SELECT r.kind, r.id, r.seq, r.ended, v.body FROM record r JOIN record_version v ON v.seq = r.seq
     WHERE r.kind IN ('district', 'policy', 'site', 'staff')
     UNION ALL
     SELECT r.kind, r.id, r.seq, r.ended, v.body FROM json_each(?) j JOIN record r ON r.student = j.value JOIN record_version v ON v.seq = r.seq`,
  )
  const events = db
    .prepare<[string], string>('SELECT body FROM event WHERE session IN (SELECT value FROM json_each(?)) ORDER BY seq')
    .pluck()

  return ({ students, sessions = [], backwards = false }) => {
    const inThem = JSON.stringify([...new Set([...sessions, ...sessionsOf(students)])])
    const people = withTwins([...new Set([...students, ...studentsIn.all(inThem)])])
    const ledger = openLedger()
    for (const row of records.all(JSON.stringify(people))) ledger.putRecord(recordOf(row))
    const told = events.all(inThem).flatMap((text) => keptEvent(JSON.parse(text)) ?? [])
    ledger.putEvents(backwards ? told.reverse() : told)
    return ledger
  }
}

// The body was validated when the registry took it; `kind` and `body` were written together.
const recordOf = ({ kind, id, seq, ended, body }: Row): RegistryRecord =>
  ({ kind: kind as RecordKind, id, seq, ended: ended === 1, body: JSON.parse(body) as unknown }) as RegistryRecord
