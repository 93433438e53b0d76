/** What came into the log after a place in it, about some students: why figures that were signed are no longer those of today. */
import type { Log } from './log.ts'

export interface Late {
  readonly seq: number
  /** The type of an event, or the kind of a record. */
  readonly what: string
  readonly isEvent: boolean
  readonly session: string | null
  /** When the server got it. */
  readonly receivedAt: number
}

/** @param most how many are given of a student */
export type Since = (seq: number, students: readonly string[], most: number) => ReadonlyMap<string, readonly Late[]>

export function openSince({ db }: Log): Since {
  const late = db.prepare<{ student: string; seq: number; most: number }, Omit<Late, 'isEvent'> & { isEvent: 0 | 1 }>(
    `SELECT e.seq, json_extract(e.body, '$.type') AS what, 1 AS isEvent, e.session, e.received_at AS receivedAt FROM event e
     WHERE e.session IN (SELECT session FROM student_session WHERE student = @student
         UNION ALL SELECT session FROM student_session_new WHERE student = @student) AND e.seq > @seq
     UNION ALL
     SELECT v.seq, v.kind AS what, 0 AS isEvent, NULL AS session, v.at AS receivedAt FROM record r JOIN record_version v ON v.seq = r.seq
     WHERE (r.student = @student OR r.kind IN ('policy', 'site', 'staff')) AND r.seq > @seq
     ORDER BY 1 LIMIT @most`,
  )
  return (seq, students, most) =>
    new Map(
      students.map((student) => [student, late.all({ student, seq, most }).map((row) => ({ ...row, isEvent: Boolean(row.isEvent) }))]),
    )
}
