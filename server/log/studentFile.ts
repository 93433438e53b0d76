/** All that stands behind one student's figures, and no more of anybody else than the ratio needs. */
import type { RecordKind, RegistryRecord, Student } from '../../shared/registry.ts'
import type { Scope } from './deliver.ts'
import type { Log } from './log.ts'
import { withholdWords } from './withhold.ts'
import { isInScope } from './overview.ts'
import { openSessionsOf } from './takers.ts'

export interface StudentFile {
  readonly records: RegistryRecord[]
  readonly events: unknown[]
}
export type OpenStudentFile = (student: string, scope: Scope) => StudentFile | undefined

interface Row {
  readonly kind: RecordKind
  readonly id: string
  readonly seq: number
  readonly ended: number
  readonly body: string
}

/** Gives a student's file; undefined when there is no such student at the scope's sites. */
export function openStudentFiles(log: Log): OpenStudentFile {
  const { db } = log
  const places = db.prepare<[string], string>('SELECT site FROM student_site WHERE student = ?').pluck()
  const exists = db.prepare("SELECT 1 FROM record WHERE kind = 'student' AND id = ?")
  const same = db
    .prepare<[string, string], string>(
      "SELECT ? UNION SELECT id FROM record WHERE kind = 'student' AND ssid = (SELECT ssid FROM record WHERE kind = 'student' AND id = ?)",
    )
    .pluck()
  const records = db.prepare<[string, string, string], Row>(
    `SELECT v.kind, v.id, v.seq, v.ended, v.body FROM record r JOIN record_version v ON v.seq = r.seq
     WHERE r.kind IN ('district', 'policy', 'site')
       OR r.student IN (SELECT value FROM json_each(?))
       OR (r.kind = 'staff' AND r.id IN (SELECT staff FROM session_staff WHERE session IN (SELECT value FROM json_each(?))))
       OR (r.kind IN ('student', 'enrollment') AND r.student IN
            (SELECT student FROM session_student WHERE session IN (SELECT value FROM json_each(?))))
     ORDER BY v.seq`,
  )
  const sessionsOf = openSessionsOf(db)
  const events = db
    .prepare<[string], string>('SELECT body FROM event WHERE session IN (SELECT value FROM json_each(?)) ORDER BY seq')
    .pluck()

  return (student, scope) =>
    log.read(() => {
      if (!exists.get(student)) return undefined
      if (scope !== 'all' && !places.all(student).some((site) => isInScope(scope, site))) return undefined
      const own = new Set(same.all(student, student))
      const ids = JSON.stringify([...own])
      const attended = JSON.stringify(sessionsOf([...own]))
      return {
        records: records.all(ids, attended, attended).map((row) => recordOf(row, own)),
        events: events.all(attended).map((body) =>
          withholdWords(
            JSON.parse(body),
            (site) => scope === 'all' || scope.some((own) => own === site),
            (id) => own.has(String(id)),
          ),
        ),
      }
    })
}

function recordOf(row: Row, own: ReadonlySet<string>): RegistryRecord {
  const body: unknown = JSON.parse(row.body)
  const shown = row.kind === 'student' && !own.has(row.id) ? { ...(body as Student), first: '', last: '', localId: '', ssid: null } : body
  // The registry validated the body under its kind.
  return { kind: row.kind, id: row.id, seq: row.seq, ended: row.ended === 1, body: shown } as RegistryRecord
}
