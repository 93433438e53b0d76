/** Puts one event at the end of the log and tells those whom it concerns. The only statement that writes to `event`. */
import type { Envelope } from '../../shared/events.ts'
import { type Feed, factsOf } from './feed.ts'
import type { Db } from './openDatabase.ts'

/** An event with what the server knows of its coming: the text it came as, when, and under which receipt. */
export interface Arrived {
  readonly event: Envelope
  readonly hash: string
  readonly text: string
  readonly receivedAt: number
  readonly receipt: string
}
export type Append = (arrived: Arrived, seq: number) => void

export function openAppend(db: Db, feed: Feed): Append {
  const put = db.prepare(
    `INSERT INTO event (seq, id, site, session, device, device_seq, prev, hash, received_at, receipt, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const moveHead = db.prepare('UPDATE device SET head_seq = ?, head_hash = ? WHERE id = ? AND head_seq < ?')
  return ({ event, hash, text, receivedAt, receipt }, seq) => {
    const { id, site, device, deviceSeq, prev } = event
    const facts = factsOf(event)
    put.run(seq, id, site, facts.session ?? null, device, deviceSeq, prev, hash, receivedAt, receipt, text)
    moveHead.run(deviceSeq, hash, device, deviceSeq)
    feed.eventAccepted(facts, seq)
  }
}
