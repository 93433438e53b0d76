/** Entries whose words were taken out: the hash each had, where an entry of the log says that it was erased. */
import type { Db } from './openDatabase.ts'

/** The kind under which an erasure is itself an entry. It is of the server alone: no device is told it. */
export const ERASURE = 'erasure'

/** Gives the hash that stands in the chain for an entry without its words; undefined for every other. */
export function openErased(db: Db): (seq: number) => string | undefined {
  const one = db.prepare<[number], string>(
    `SELECT e.hash FROM erased e JOIN record_version v ON v.kind = 'erasure' AND v.id = e.erasure
     WHERE e.seq = ? AND json_extract(v.body, '$.entries."' || e.seq || '"') = e.hash`,
  )
  const any = db.prepare('SELECT 1 FROM erased LIMIT 1').get() !== undefined
  const hash = one.pluck()
  return (seq) => (any ? hash.get(seq) : undefined)
}
