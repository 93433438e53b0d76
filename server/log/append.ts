/** Puts events at the end of the log and tells those whom they concern. The only statement that writes to `event`. */
import type { Envelope } from '../../shared/events.ts'
import { factsOf } from './eventFacts.ts'
import type { Feed } from './feed.ts'
import type { Db } from './openDatabase.ts'
import { openServerChain } from './serverChain.ts'

/** An event with what the server knows of its coming: the text it came as, when, and under which receipt. */
export interface Arrived {
  readonly event: Envelope
  readonly hash: string
  readonly text: string
  readonly receivedAt: number
  readonly receipt: string
}
export type Append = (arrived: Arrived, seq: number) => void

/** The end of the log during one transaction. */
export interface Appending {
  readonly put: Append
  /** After the last event, before the commit. */
  finish(): void
}

/** Begins to append, once in each transaction: what was already told in it is not told again. `students`: about whom, as far as is known. */
export function openAppend(db: Db, feed: Feed): (students?: Iterable<string>) => Appending {
  const insert = db.prepare(
    `INSERT INTO event (seq, id, site, session, device, device_seq, prev, hash, received_at, receipt, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const chain = openServerChain(db)
  const moveHead = db.prepare('UPDATE device SET head_seq = ?, head_hash = ? WHERE id = ? AND head_seq < ?')
  return (students = []) => {
    const heads = new Map<string, { readonly deviceSeq: number; readonly hash: string }>()
    const feeding = feed.begin(students)
    const link = chain.begin()
    return {
      put({ event, hash, text, receivedAt, receipt }, seq) {
        const { id, site, device, deviceSeq, prev } = event
        const facts = factsOf(event)
        insert.run(seq, id, site, facts.session ?? null, device, deviceSeq, prev, hash, receivedAt, receipt, text)
        link.add({ seq, kind: 'event', hash, at: receivedAt, receipt })
        if (deviceSeq > (heads.get(device)?.deviceSeq ?? 0)) heads.set(device, { deviceSeq, hash })
        feeding.tell(facts, seq)
      },
      finish() {
        link.finish()
        feeding.finish()
        for (const [device, { deviceSeq, hash }] of heads) moveHead.run(deviceSeq, hash, device, deviceSeq)
      },
    }
  }
}
