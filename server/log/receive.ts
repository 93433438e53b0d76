/** Takes a device's events into the log: every one accepted, recognized or set aside with a reason, in one commit, then signed for. */
import type { DeviceReport, PushResult, Receipt } from '../../shared/api.ts'
import { as, type DeviceId, type EventId } from '../../shared/ids.ts'
import { type EventFacts, openFeed } from './feed.ts'
import type { Log } from './log.ts'
import type { ReceiptKey } from './receipts.ts'
import { type Offered, openWeigh, readOffered, type Verdict } from './weigh.ts'

export interface Push {
  readonly device: string
  readonly events: readonly unknown[]
  readonly report: DeviceReport
}
export type Receive = (push: Push) => Receipt

const strings = (...values: unknown[]): string[] => [...new Set(values.filter((value): value is string => typeof value === 'string'))]

/** Whom an event speaks of, also when its type is one this build does not know. */
export function factsOf(event: Readonly<Record<string, unknown>>): EventFacts {
  const { id, site, session, student, temporary, actor, staff } = event
  return {
    id: String(id),
    site: String(site),
    session: typeof session === 'string' ? session : undefined,
    students: strings(student, temporary),
    staff: strings(actor, staff),
  }
}

/**
 * Receives pushes. The receipt given is committed with the events it is for (S4). Sending the same events again changes
 * nothing and gets the same outcomes (S2); offered = accepted + duplicate + quarantined (S3).
 */
export function openReceive(log: Log, key: ReceiptKey): Receive {
  const { db, sources } = log
  const weigh = openWeigh(db)
  const feed = openFeed(db)
  const putEvent = db.prepare(
    `INSERT INTO event (seq, id, site, session, device, device_seq, prev, hash, received_at, receipt, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const setAside = db.prepare(
    `INSERT INTO quarantine (event, type, site, actor, device, claimed_device, device_seq, hash, reason, detail, received_at, receipt, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const aside = db.prepare<[string, string], { reason: PushResult['reason'] }>(
    'SELECT reason FROM quarantine WHERE device = ? AND hash = ?',
  )
  const putReceipt = db.prepare('INSERT INTO receipt (id, device, at, body, signature) VALUES (?, ?, ?, ?, ?)')
  const moveHead = db.prepare('UPDATE device SET head_seq = ?, head_hash = ? WHERE id = ? AND head_seq < ?')
  const sawDevice = db.prepare('UPDATE device SET last_seen_at = ?, last_confirmed_at = ?, report = ? WHERE id = ?')

  function keep(offered: Offered, verdict: Verdict, push: Push, receipt: string, next: () => number): Omit<PushResult, 'index'> {
    const named = { id: offered.id === null ? null : as<EventId>(offered.id), hash: offered.hash }
    const at = sources.now()
    switch (verdict.kind) {
      case 'duplicate':
        return { ...named, outcome: 'duplicate', seq: verdict.seq, reason: null }
      case 'quarantine': {
        const event = offered.read.kind === 'malformed' ? undefined : offered.read.event
        const { device } = push
        setAside.run(
          offered.id,
          event?.type ?? '',
          event?.site ?? null,
          event?.actor ?? null,
          device,
          event?.device ?? null,
          event?.deviceSeq ?? null,
          offered.hash,
          verdict.reason,
          verdict.detail,
          at,
          receipt,
          offered.text,
        )
        return { ...named, outcome: 'quarantined', seq: null, reason: verdict.reason }
      }
      case 'accept': {
        const { event, session } = verdict
        const seq = next()
        putEvent.run(
          seq,
          event.id,
          event.site,
          session ?? null,
          event.device,
          event.deviceSeq,
          event.prev,
          offered.hash,
          at,
          receipt,
          offered.text,
        )
        feed.eventAccepted(factsOf(event), seq)
        moveHead.run(event.deviceSeq, offered.hash, event.device, event.deviceSeq)
        return { ...named, outcome: 'accepted', seq, reason: null }
      }
    }
  }

  return (push) => {
    const offered = push.events.map(readOffered)
    return log.write((next) => {
      const receiptId = sources.newId()
      const results = offered.map((one, index): PushResult => {
        const set = aside.get(push.device, one.hash)
        if (set)
          return {
            index,
            id: one.id === null ? null : as<EventId>(one.id),
            hash: one.hash,
            outcome: 'quarantined',
            seq: null,
            reason: set.reason,
          }
        return { index, ...keep(one, weigh(one, push.device), push, receiptId, next) }
      })
      const at = sources.now()
      const receipt = key.sign({ epoch: log.epoch, device: as<DeviceId>(push.device), at, results })
      putReceipt.run(receiptId, push.device, at, receipt.body, receipt.signature)
      sawDevice.run(at, at, JSON.stringify(push.report), push.device)
      return receipt
    })
  }
}
