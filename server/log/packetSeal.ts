/** Puts an audit packet into the log: the lines up to a signed checkpoint, the salts of what it shows, and a seal over all of it. */
import type { PacketEvidence } from '../../shared/evidence/packet.ts'
import { sealText } from '../../shared/evidence/packet.ts'
import { lineHash, recordText } from '../../shared/evidence/line.ts'
import type { Packet } from '../../shared/report/packet.ts'
import type { Checkpoints } from './checkpoints.ts'
import { openErased } from './erased.ts'
import type { Log } from './log.ts'
import type { ReceiptKey } from './receipts.ts'
import { openSalts, sha256 } from './serverChain.ts'

export type SealPacket = (packet: Packet) => Packet

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

/** Seals packets of an open log. The packet's field `checkpoint` is what a verifier goes by. */
export function openPacketSeal(log: Log, checkpoints: Checkpoints, key: ReceiptKey): SealPacket {
  const { db } = log
  const rows = db.prepare<[], Row>(
    `SELECT seq, NULL AS kind, id, 0 AS ended, hash, receipt, received_at AS at, '' AS body FROM event
     UNION ALL SELECT seq, kind, id, ended, '' AS hash, '' AS receipt, at, body FROM record_version ORDER BY seq`,
  )
  const salt = openSalts(db)

  function lineOf({ seq, kind, id, ended, hash, receipt, at, body }: Row, erased: (seq: number) => string | undefined): string {
    if (kind === null) return lineHash(sha256, { seq, kind: 'event', hash, at, receipt })
    const hashOfText = erased(seq) ?? sha256(recordText({ kind, id, ended: ended === 1, body }, salt(seq)))
    return lineHash(sha256, { seq, kind: 'record', hash: hashOfText, at, receipt: '' })
  }

  return (packet) =>
    log.read(() => {
      const erased = openErased(db)
      const lines: string[] = []
      for (const row of rows.iterate()) lines.push(lineOf(row, erased))
      const shown = packet.records.filter(({ withheld }) => !withheld)
      const evidence: Omit<PacketEvidence, 'seal'> = {
        checkpoint: checkpoints.now(),
        lines: lines.join(''),
        salts: Object.fromEntries(shown.map(({ seq }) => [String(seq), salt(seq)])),
      }
      return { ...packet, checkpoint: { ...evidence, seal: key.signText(sealText(packet, evidence, { sha256 })) } }
    })
}
