/** What the last import of absences brought: who has more to recover than before it. */
import type { FollowUpsReply } from '../../shared/api/followUps.ts'
import type { Absence } from '../../shared/registry.ts'
import { ABSENCE_READINGS } from '../../shared/rules/california/absences.ts'
import { MINUTE } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'

/** Records that were written within so long of each other came with one import. */
const APART = 10 * MINUTE

export type LastImport = () => FollowUpsReply['imported']

/** Recoverable absences of the newest import, by student; null before the first. What was known before it is not new. */
export function openLastImport({ db }: Log): LastImport {
  // Versions are written in the order of time: the last one is the newest, and the record's own.
  const newest = db.prepare<[], number>("SELECT at FROM record_version WHERE kind = 'absence' ORDER BY seq DESC LIMIT 1").pluck()
  const first = db.prepare<[], number>("SELECT at FROM record_version WHERE kind = 'absence' ORDER BY seq LIMIT 1").pluck()
  const since = db.prepare<[number], { student: string; body: string; before: number }>(
    `SELECT r.student, v.body, (SELECT count(*) FROM record_version o WHERE o.kind = 'absence' AND o.id = r.id AND o.seq < r.seq) AS before
     FROM record r JOIN record_version v ON v.seq = r.seq WHERE r.kind = 'absence' AND r.ended = 0 AND v.at >= ?`,
  )
  let known: { readonly at: number; readonly reply: FollowUpsReply['imported'] } | undefined
  return () => {
    const at = newest.get() ?? null
    if (at === null) return null
    if (known?.at === at) return known.reply
    const added: Record<string, number> = {}
    // With the very first import everybody would be new: nobody is, there is nothing to compare with.
    if ((first.get() ?? at) < at - APART) {
      for (const { student, body, before } of since.all(at - APART)) {
        if (before === 0 && ABSENCE_READINGS[(JSON.parse(body) as Absence).kind].eligible) added[student] = (added[student] ?? 0) + 1
      }
    }
    const reply = { at: at as NonNullable<FollowUpsReply['imported']>['at'], added }
    known = { at, reply }
    return reply
  }
}
