/** Takes a device's events into the log: every one accepted, recognized or set aside with a reason, in one commit, then signed for. */
import type { DeviceReport, PushResult, Receipt } from '../../shared/api.ts'
import { as, type DeviceId, type EventId } from '../../shared/ids.ts'
import { openAppend } from './append.ts'
import { openFeed } from './feed.ts'
import type { Log } from './log.ts'
import type { ReceiptKey } from './receipts.ts'
import { openReview } from './review.ts'
import { type Offered, openWeigh, readOffered, type Verdict } from './weigh.ts'

export interface Push {
  readonly device: string
  readonly events: readonly unknown[]
  readonly report: DeviceReport
}
export type Receive = (push: Push) => Receipt

/**
 * Receives pushes. The receipt given is committed with the events it is for (S4). Sending the same events again changes
 * nothing and gets the same outcomes (S2); offered = accepted + duplicate + quarantined (S3).
 */
export function openReceive(log: Log, key: ReceiptKey): Receive {
  const { db, sources } = log
  const weigh = openWeigh(db)
  const append = openAppend(db, openFeed(db))
  const review = openReview(db, append)
  const setAside = db.prepare(
    `INSERT INTO quarantine (event, type, site, actor, device, claimed_device, device_seq, hash, reason, detail, received_at, receipt, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const aside = db.prepare<[string, string], { reason: PushResult['reason'] }>(
    'SELECT reason FROM quarantine WHERE device = ? AND hash = ?',
  )
  const putReceipt = db.prepare('INSERT INTO receipt (id, device, at, body, signature) VALUES (?, ?, ?, ?, ?)')
  const sawDevice = db.prepare('UPDATE device SET last_seen_at = ?, last_confirmed_at = ?, report = ? WHERE id = ?')

  function keep(offered: Offered, verdict: Verdict, push: Push, receipt: string, next: () => number): Omit<PushResult, 'index'> {
    const named = { id: offered.id === null ? null : as<EventId>(offered.id), hash: offered.hash }
    const at = sources.now()
    switch (verdict.kind) {
      case 'duplicate':
        return { ...named, outcome: 'duplicate', seq: verdict.seq, reason: null }
      case 'quarantine': {
        const before = aside.get(push.device, offered.hash)
        if (before) return { ...named, outcome: 'quarantined', seq: null, reason: before.reason }
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
        const { event } = verdict
        // Set aside once, it waits for a person, also when it would be taken today.
        const before = aside.get(push.device, offered.hash)
        if (before) return { ...named, outcome: 'quarantined', seq: null, reason: before.reason }
        const seq = next()
        append({ event, hash: offered.hash, text: offered.text, receivedAt: at, receipt }, seq)
        if (offered.read.kind === 'event' && offered.read.event.type === 'ReviewDecided') review(offered.read.event, next)
        return { ...named, outcome: 'accepted', seq, reason: null }
      }
    }
  }

  return (push) => {
    const offered = push.events.map(readOffered)
    return log.write((next) => {
      const receiptId = sources.newId()
      const results = offered.map((one, index): PushResult => ({ index, ...keep(one, weigh(one, push.device), push, receiptId, next) }))
      const at = sources.now()
      const receipt = key.sign({ epoch: log.epoch, device: as<DeviceId>(push.device), at, results })
      putReceipt.run(receiptId, push.device, at, receipt.body, receipt.signature)
      sawDevice.run(at, at, JSON.stringify(push.report), push.device)
      return receipt
    })
  }
}
