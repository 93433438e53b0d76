/** What else is kept of a student, beside records and events: versions from before, what was set aside, what was written while following up. */
import type { Log } from './log.ts'

export interface FollowUp {
  readonly student: string
  readonly site: string
  readonly kind: string
  readonly text: string
  readonly staff: string | null
  readonly due: string | null
  readonly outcome: string | null
  readonly by: string
  readonly at: number
}
export interface StudentRest {
  /** Every version of the student's own records, oldest first. */
  readonly versions: readonly {
    readonly seq: number
    readonly kind: string
    readonly id: string
    readonly at: number
    readonly body: unknown
  }[]
  readonly followUps: readonly FollowUp[]
  readonly setAside: readonly { readonly reason: string; readonly receivedAt: number; readonly event: unknown }[]
}

/** Gives the rest of what is kept of the entries that are one student. */
export function openStudentRest({ db, read }: Log): (ids: readonly string[]) => StudentRest {
  const versions = db.prepare<[string], { seq: number; kind: string; id: string; at: number; body: string }>(
    `SELECT v.seq, v.kind, v.id, v.at, v.body FROM record r JOIN record_version v ON v.kind = r.kind AND v.id = r.id
     WHERE r.student IN (SELECT value FROM json_each(?)) ORDER BY v.seq`,
  )
  const followUps = db.prepare<[string], FollowUp>(
    'SELECT student, site, kind, text, staff, due, outcome, by, at FROM follow_up WHERE student IN (SELECT value FROM json_each(?)) ORDER BY at, id',
  )
  const setAside = db.prepare<[string], { reason: string; received_at: number; body: string }>(
    `SELECT reason, received_at, body FROM quarantine
     WHERE json_valid(body) AND json_extract(body, '$.student') IN (SELECT value FROM json_each(?)) ORDER BY id`,
  )
  return (ids) =>
    read(() => {
      const own = JSON.stringify(ids)
      return {
        versions: versions.all(own).map((row) => ({ ...row, body: JSON.parse(row.body) as unknown })),
        followUps: followUps.all(own),
        setAside: setAside
          .all(own)
          .map(({ reason, received_at, body }) => ({ reason, receivedAt: received_at, event: JSON.parse(body) as unknown })),
      }
    })
}
