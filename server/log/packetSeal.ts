/** What puts an audit packet into the log: the lines up to a signed checkpoint, the salts of what it shows, and a signature over it all. */
import type { Checkpoint } from '../../shared/evidence/checkpoint.ts'
import { lineHash, recordText } from '../../shared/evidence/line.ts'
import type { Checkpoints } from './checkpoints.ts'
import { type Erased, openErased } from './erased.ts'
import type { Log } from './log.ts'
import type { ReceiptKey } from './receipts.ts'
import { openSalts, sha256 } from './serverChain.ts'

export interface PacketSeal {
  /** A signed checkpoint of the log as it is. */
  checkpoint(): Checkpoint
  /** The hashes of the lines from one place in the log to another, both included, one after the other. */
  lines(from: number, to: number): string
  /** What the hash of a record that is shown whole was made with. */
  salt(seq: number): string
  /** Signature over a text. */
  sign(text: string): string
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

/** The seal of packets of an open log. */
export function openPacketSeal({ db }: Pick<Log, 'db'>, checkpoints: Checkpoints, key: ReceiptKey): PacketSeal {
  const rows = db.prepare<{ from: number; to: number }, Row>(
    `SELECT seq, NULL AS kind, id, 0 AS ended, hash, receipt, received_at AS at, '' AS body FROM event WHERE seq BETWEEN @from AND @to
     UNION ALL SELECT seq, kind, id, ended, '' AS hash, '' AS receipt, at, body FROM record_version WHERE seq BETWEEN @from AND @to ORDER BY seq`,
  )
  const salt = openSalts(db)

  function lineOf({ seq, kind, id, ended, hash, receipt, at, body }: Row, erased: Erased): string {
    if (kind === null) return lineHash(sha256, { seq, kind: 'event', hash, at, receipt })
    const hashOfText = erased.of(seq)?.hash ?? sha256(recordText({ kind, id, ended: ended === 1, body }, salt(seq)))
    return lineHash(sha256, { seq, kind: 'record', hash: hashOfText, at, receipt: '' })
  }

  return {
    checkpoint: () => checkpoints.now(),
    lines(from, to) {
      const erased = openErased(db, key.publicKey)
      return rows
        .all({ from, to })
        .map((row) => lineOf(row, erased))
        .join('')
    },
    salt,
    sign: (text) => key.signText(text),
  }
}
