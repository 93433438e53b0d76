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
  const late = db.prepare<[string, number, string, number, number], Omit<Late, 'isEvent'> & { isEvent: 0 | 1 }>(
    `SELECT e.seq, json_extract(e.body, '$.type') AS what, 1 AS isEvent, e.session, e.received_at AS receivedAt FROM event e
     WHERE e.session IN (SELECT session FROM session_student WHERE student = ?) AND e.seq > ?
     UNION ALL
     SELECT v.seq, v.kind AS what, 0 AS isEvent, NULL AS session, v.at AS receivedAt FROM record r JOIN record_version v ON v.seq = r.seq
     WHERE (r.student = ? OR r.kind IN ('policy', 'site', 'staff')) AND r.seq > ?
     ORDER BY 1 LIMIT ?`,
  )
  return (seq, students, most) =>
    new Map(
      students.map((student) => [
        student,
        late.all(student, seq, student, seq, most).map((row) => ({ ...row, isEvent: Boolean(row.isEvent) })),
      ]),
    )
}
