/** The server's chain over its own log, a link added in the commit that adds the entry. See `shared/evidence/line.ts`. */
import { hash as digest } from 'node:crypto'
import { type Entry, lineHash, nextLink, type RecordEntry, recordText } from '../../shared/evidence/line.ts'
import type { Log } from './log.ts'
import type { Db } from './openDatabase.ts'

export const sha256 = (text: string): string => digest('sha256', text)

export interface ServerChain {
  /** Adds the link of an entry. Within the transaction that adds the entry, in the order of the sequence. */
  add(entry: Entry): void
  /** The same for many entries of one transaction, one sequence after the other: the link before is read once, and all are written by `finish`. */
  begin(): { add(entry: Entry): void; finish(): void }
  /** The same for a version of a record. */
  addRecord(seq: number, at: number, record: RecordEntry): void
  /** The link of an entry; undefined where there is none. Empty for 0. */
  linkAt(seq: number): string | undefined
}

/** The chain of an open database. Nothing is remembered: another process may have added the link before. */
export function openServerChain(db: Db): ServerChain {
  const linkOf = db.prepare<[number], Buffer>('SELECT link FROM chain WHERE seq = ?').pluck()
  const put = db.prepare('INSERT INTO chain (seq, link) SELECT ? + key, unhex(value) FROM json_each(?)')
  const salt = openSalts(db)
  const linkAt = (seq: number): string | undefined => (seq === 0 ? '' : linkOf.get(seq)?.toString('hex'))

  function begin(): { add(entry: Entry): void; finish(): void } {
    let first = 0
    const links: string[] = []
    return {
      add(entry) {
        if (links.length === 0) first = entry.seq
        else if (entry.seq !== first + links.length)
          throw new Error(`The chain of the log goes on with ${entry.seq} after ${first + links.length - 1}`)
        const before = links.at(-1) ?? linkAt(entry.seq - 1)
        if (before === undefined) throw new Error(`The chain of the log has no link ${entry.seq - 1}: ask "recoup verify"`)
        links.push(nextLink(sha256, before, lineHash(sha256, entry)))
      },
      finish() {
        if (links.length > 0) put.run(first, JSON.stringify(links))
        links.length = 0
      },
    }
  }
  function add(entry: Entry): void {
    const one = begin()
    one.add(entry)
    one.finish()
  }
  return {
    add,
    begin,
    addRecord: (seq, at, record) => add({ seq, kind: 'record', hash: sha256(recordText(record, salt(seq))), at, receipt: '' }),
    linkAt,
  }
}

/** The salt of a record's hash, by its sequence: told to whoever may see the record. */
export function openSalts(db: Db): (seq: number) => string {
  const read = db.prepare<[], string>('SELECT secret FROM chain_secret').pluck()
  let secret: string | undefined
  return (seq) => {
    secret ??= read.get()
    if (secret === undefined) throw new Error('The chain of the log was not begun')
    return sha256(`${secret} ${seq}`).slice(0, 32)
  }
}

/** Begins the chain of a new log; of one that is older than chains, over all it holds. */
export function beginChain({ db, sources, write }: Log): void {
  if (db.prepare('SELECT 1 FROM chain_secret').get() !== undefined) return
  write(() => {
    const secret = sources.random(32).toString('hex')
    if (db.prepare('INSERT INTO chain_secret (only, secret) VALUES (1, ?) ON CONFLICT DO NOTHING').run(secret).changes === 0) return
    const chain = openServerChain(db)
    const entries = db.prepare<[], Row>(
      `SELECT seq, NULL AS kind, id, 0 AS ended, hash, receipt, received_at AS at, NULL AS body FROM event
       UNION ALL SELECT seq, kind, id, ended, '' AS hash, '' AS receipt, at, body FROM record_version ORDER BY seq`,
    )
    for (const { seq, kind, id, ended, hash, receipt, at, body } of entries.all()) {
      if (kind === null) chain.add({ seq, kind: 'event', hash, at, receipt })
      else chain.addRecord(seq, at, { kind, id, ended: ended === 1, body })
    }
  })
}

interface Row {
  readonly seq: number
  /** Null for an event. */
  readonly kind: string | null
  readonly id: string
  readonly ended: number
  readonly hash: string
  readonly receipt: string
  readonly at: number
  readonly body: string
}
