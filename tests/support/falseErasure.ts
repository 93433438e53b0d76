/** An erasure that nobody made, for somebody who has the database but not the key: the entries it names can then say anything. */
import type { Db } from '../../server/log/openDatabase.ts'
import { openServerChain } from '../../server/log/serverChain.ts'
import { canonical } from '../../shared/sync/chain.ts'

export interface False {
  /** The entries, with the hash that stands in the chain for each. */
  readonly entries: Readonly<Record<string, string>>
  /** What else the erasure says: an older one's words and signature, for example. */
  readonly besides?: Readonly<Record<string, unknown>>
}

/** Adds an erasure as an entry of the log, linked as the server would link it. Gives its place. */
export function putErasure(db: Db, { entries, besides }: False): number {
  const seq = Number(db.prepare('SELECT max(seq) FROM head').pluck().get()) + 1
  const [id, at] = [`made-up-${seq}`, 1_990_000_000_000]
  const body = canonical({ id, by: 'Rosa Lin', reason: 'retention', edge: '2027-07-01', students: 0, entries, ...besides })
  db.prepare("INSERT INTO record_version (seq, kind, id, ended, at, body) VALUES (?, 'erasure', ?, 0, ?, ?)").run(seq, id, at, body)
  openServerChain(db).addRecord(seq, at, { kind: 'erasure', id, ended: false, body })
  db.prepare('UPDATE head SET seq = ?').run(seq)
  for (const [entry, hash] of Object.entries(entries))
    db.prepare('INSERT INTO erased (seq, hash, erasure) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(Number(entry), hash, id)
  return seq
}

/** The places of the events of a type, with their hashes. */
export const eventsOfType = (db: Db, type: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    db
      .prepare<[string], { seq: number; hash: string }>("SELECT seq, hash FROM event WHERE json_extract(body, '$.type') = ?")
      .all(type)
      .map(({ seq, hash }) => [String(seq), hash]),
  )

/** Moves what an event says by an hour and a half. */
export const LATER = `json_set(body, '$.at', json_extract(body, '$.at') + 5400000, '$.recordedAt', json_extract(body, '$.recordedAt') + 5400000)`
