/** What stands beside the chain and must agree with it: rows without a link, the head, the newest records, what was set aside. */
import type { Fault, openReceipts } from '../../shared/evidence/judge.ts'
import type { Db } from './openDatabase.ts'
import { verifySetAside } from './verifySetAside.ts'

/** Notes something that does not hold. */
export type Find = (fault: Fault, seq: number | null, what: string) => void

/** Adds what does not agree. `seq` is the chain's newest entry. */
export function verifyTables(db: Db, seq: number, receipts: ReturnType<typeof openReceipts>, find: Find): void {
  const unlinked = db.prepare<[], { seq: number; id: string }>(
    `SELECT seq, id FROM event WHERE seq NOT IN (SELECT seq FROM chain)
     UNION ALL SELECT seq, id FROM record_version WHERE seq NOT IN (SELECT seq FROM chain) LIMIT 20`,
  )
  for (const row of unlinked.iterate()) find('entryAdded', row.seq, row.id)
  const head = Number(db.prepare('SELECT max(seq) FROM head').pluck().get())
  if (head !== seq) find(head > seq ? 'logEndsEarly' : 'headDiffers', Math.min(head, seq) + 1, '')
  verifyNewest(db, find)
  verifySetAside(db, receipts, find)
}

/** `record` points at the newest version of each. What is of the server alone has no row there. */
function verifyNewest(db: Db, find: Find): void {
  const wrong = db.prepare<[], { kind: string; id: string; seq: number }>(
    `SELECT n.kind, n.id, n.seq FROM (SELECT kind, id, max(seq) AS seq, ended FROM record_version WHERE kind NOT IN ('erasure', 'closing', 'inventory') GROUP BY kind, id) n
       LEFT JOIN record r ON r.kind = n.kind AND r.id = n.id
     WHERE r.seq IS NULL OR r.seq <> n.seq OR r.ended <> n.ended
     UNION ALL
     SELECT r.kind, r.id, r.seq FROM record r LEFT JOIN record_version v ON v.seq = r.seq
     WHERE v.seq IS NULL OR v.kind <> r.kind OR v.id <> r.id LIMIT 20`,
  )
  for (const { kind, id, seq } of wrong.iterate()) find('recordDiffers', seq, `${kind} ${id}`)
}
