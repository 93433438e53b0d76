/** How long names are kept, and whose are beyond it. What is inside the rule is never given by anything here. */
import { DAY, fiscalYearOf, type Instant, type SchoolDate, schoolDateOf } from '../../shared/time.ts'
import { ERASABLE } from './erased.ts'
import { openHolds } from './holds.ts'
import type { Log } from './log.ts'

/**
 * Whole fiscal years that names stay after the fiscal year of a student's last trace, and whose rule that is. California: 5 CCR 16025 and 16027 with
 * EC 35254, read as five years since the end of an audit is not known here. Texas: the Student Attendance Accounting Handbook, five years.
 */
export const RETENTION = { california: 5, texas: 5 } as const
/** No district keeps them shorter. */
export const LEAST_YEARS = Math.max(...Object.values(RETENTION))

/** The day before which every trace of a student must lie; undefined for a time shorter than the law's. */
export function retentionEdge(today: SchoolDate, years: number): SchoolDate | undefined {
  if (!Number.isInteger(years) || years < LEAST_YEARS) return undefined
  return `${fiscalYearOf(today) - years}-07-01` as SchoolDate
}

export interface Beyond {
  /** Students with a name, and no trace on or after the edge. */
  readonly students: readonly { readonly id: string; readonly name: string }[]
  /** Events with typed words about somebody, from before the edge. */
  readonly events: readonly number[]
  /** Papers from before the edge: taken away by hand. */
  readonly papers: number
  /** Students who would be among them, and are held. */
  readonly held: number
}

interface StudentRow {
  readonly id: string
  readonly ssid: string | null
  readonly name: string
  readonly open: 0 | 1
  readonly last_on: string | null
  readonly last_at: number | null
}

/** What lies beyond an edge. @param zone the district's */
export function openRetention(log: Log): (edge: SchoolDate, zone: string) => Beyond {
  const { db, read } = log
  const holds = openHolds(log)
  const students = db.prepare<[], StudentRow>(
    `WITH lately AS MATERIALIZED (SELECT n.student, max(e.received_at) AS at FROM student_session_new n JOIN event e ON e.session = n.session GROUP BY n.student)
     SELECT r.id, r.ssid, trim(json_extract(v.body, '$.first') || ' ' || json_extract(v.body, '$.last')) AS name,
       EXISTS (SELECT 1 FROM record n JOIN record_version nv ON nv.seq = n.seq
         WHERE n.kind = 'enrollment' AND n.student = r.id AND n.ended = 0 AND json_extract(nv.body, '$.until') IS NULL) AS open,
       (SELECT max(coalesce(json_extract(nv.body, '$.until'), json_extract(nv.body, '$.on'))) FROM record n JOIN record_version nv ON nv.seq = n.seq
         WHERE n.kind IN ('enrollment', 'absence') AND n.student = r.id) AS last_on,
       max(v.at,
         coalesce((SELECT max(e.received_at) FROM student_session s JOIN event e ON e.session = s.session WHERE s.student = r.id), 0),
         coalesce((SELECT at FROM lately WHERE student = r.id), 0),
         coalesce((SELECT max(f.at) FROM follow_up f WHERE f.student = r.id), 0)) AS last_at
     FROM record r JOIN record_version v ON v.seq = r.seq WHERE r.kind = 'student' ORDER BY r.id`,
  )
  const events = db
    .prepare<[number], number>(
      `SELECT seq FROM event WHERE received_at < ? AND json_extract(body, '$.type') IN (${ERASABLE.events.map((type) => `'${type}'`).join(', ')})
         AND seq NOT IN (SELECT seq FROM erased)
         AND NOT EXISTS (SELECT 1 FROM session_student s JOIN hold h ON h.student = s.student WHERE h.released_at IS NULL AND s.session = event.session)
         AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.released_at IS NULL AND h.student = json_extract(event.body, '$.student'))
       ORDER BY seq`,
    )
    .pluck()
  const papers = db.prepare<[number], number>('SELECT count(*) FROM document WHERE at < ?').pluck()
  return (edge, zone) =>
    read(() => {
      const rows = students.all()
      const isBeyond = ({ open, last_on, last_at }: StudentRow): boolean =>
        open === 0 && (last_on === null || last_on <= edge) && (last_at === null || schoolDateOf(last_at as Instant, zone) < edge)
      const isOnAll = holds.isOnAll()
      const named = holds.students()
      const isHeld = ({ id }: StudentRow): boolean => isOnAll || named.has(id)
      // Entries that are one child stay or go together.
      const ssids = (rows: readonly StudentRow[]): ReadonlySet<string> => new Set(rows.flatMap(({ ssid }) => ssid ?? []))
      const kept = ssids(rows.filter((row) => !isBeyond(row)))
      const keptByHold = ssids(rows.filter(isHeld))
      const edgeAt = Date.parse(`${edge}T00:00:00Z`) - DAY
      const beyond = rows.filter((row) => row.name !== '' && isBeyond(row) && !(row.ssid !== null && kept.has(row.ssid)))
      const free = beyond.filter((row) => !isHeld(row) && !(row.ssid !== null && keptByHold.has(row.ssid)))
      return {
        students: free.map(({ id, name }) => ({ id, name })),
        events: isOnAll ? [] : events.all(edgeAt),
        papers: papers.get(edgeAt) ?? 0,
        held: beyond.length - free.length,
      }
    })
}
