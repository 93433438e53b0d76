/** Takes a device's events into the log: every one accepted, recognized or set aside with a reason, in one commit, then signed for. */
import type { DeviceReport, PushResult, Receipt } from '../../shared/api/sync.ts'
import { as, type DeviceId, type EventId } from '../../shared/ids.ts'
import { type Appending, openAppend } from './append.ts'
import { openFeed } from './feed.ts'
import { MINUTE } from '../../shared/time.ts'
import type { Log } from './log.ts'
import type { ReceiptKey } from './receipts.ts'
import { openReview } from './review.ts'
import { openSignedIn } from './signedIn.ts'
import { type Offered, openWeigh, readOffered, type Scales } from './weigh.ts'

export interface Push {
  readonly device: string
  readonly events: readonly unknown[]
  /** Undefined when nothing new is known of the device. */
  readonly report: DeviceReport | undefined
  /** Records of sign-ins on the device, as it keeps them. */
  readonly signIns?: readonly Receipt[] | undefined
}
export type Receive = (push: Push) => Receipt

/** What the events of one push have in common while they are kept. */
interface Batch {
  readonly push: Push
  readonly scales: Scales
  readonly append: Appending
  readonly receipt: string
  readonly next: () => number
}

/**
 * Receives pushes. The receipt given is committed with the events it is for (S4). Sending the same events again changes
 * nothing and gets the same outcomes (S2); offered = accepted + duplicate + quarantined (S3).
 */
export function openReceive(log: Log, key: ReceiptKey): Receive {
  const { db, sources } = log
  const weigh = openWeigh(db)
  const beginAppend = openAppend(db, openFeed(db))
  const review = openReview(db)
  const signedIn = openSignedIn(log)
  const setAside = db.prepare(
    `INSERT INTO quarantine (event, type, site, actor, device, claimed_device, device_seq, hash, reason, detail, received_at, receipt, body)
     VALUES (@event, @type, @site, @actor, @device, @claimedDevice, @deviceSeq, @hash, @reason, @detail, @at, @receipt, @text)`,
  )
  /** A fork that was recorded again under another name waits for nobody any more. */
  const closeForks = db.prepare(
    "UPDATE quarantine SET decision = 'again' WHERE event = ? AND device = ? AND decision IS NULL AND reason IN ('fork', 'chainBroken')",
  )
  const putReceipt = db.prepare('INSERT INTO receipt (id, device, at, body, signature) VALUES (?, ?, ?, ?, ?)')
  const sawDevice = db.prepare('UPDATE device SET last_seen_at = ?, last_confirmed_at = ?, report = COALESCE(?, report) WHERE id = ?')

  const lastSaid = db.prepare<[string], { report: string | null; last_seen_at: number | null }>(
    'SELECT report, last_seen_at FROM device WHERE id = ?',
  )

  function keep(offered: Offered, index: number, { push, scales, append, receipt, next }: Batch): PushResult {
    const { hash, read, text } = offered
    const verdict = scales.weigh(offered)
    const id = offered.id === null ? null : as<EventId>(offered.id)
    if (verdict.kind === 'duplicate') return { index, id, hash, outcome: 'duplicate', seq: verdict.seq, reason: null }
    // Set aside once, it waits for a person, also when it would be taken today.
    const before = scales.aside(hash)
    if (before)
      return { index, id, hash, outcome: 'quarantined', seq: null, reason: before.reason, ...(before.isLeftOut && { leftOut: true }) }
    const at = sources.now()
    if (verdict.kind === 'quarantine') {
      const { reason, detail } = verdict
      const {
        type = '',
        site = null,
        actor = null,
        device: claimedDevice = null,
        deviceSeq = null,
      } = read.kind === 'malformed' ? {} : read.event
      setAside.run({ event: id, type, site, actor, device: push.device, claimedDevice, deviceSeq, hash, reason, detail, at, receipt, text })
      scales.setAside(offered, reason)
      return { index, id, hash, outcome: 'quarantined', seq: null, reason }
    }
    const seq = next()
    append.put({ event: verdict.event, hash, text, receivedAt: at, receipt }, seq)
    scales.took(verdict.event, hash, seq)
    if (scales.hasAside()) closeForks.run(id, push.device)
    if (read.kind === 'event' && read.event.type === 'ReviewDecided') {
      review(read.event, append.put, next)
      scales.lookAgain()
    }
    return { index, id, hash, outcome: 'accepted', seq, reason: null }
  }

  /** A device that only says how it is: written when it says something new, or a minute after the last time. */
  function hear({ device, report }: Push): Receipt {
    const at = sources.now()
    const said = report === undefined ? null : JSON.stringify(report)
    const before = lastSaid.get(device)
    if ((said !== null && before?.report !== said) || at - (before?.last_seen_at ?? 0) >= MINUTE)
      log.write(() => sawDevice.run(at, at, said, device))
    return key.sign({ epoch: log.epoch, device: as<DeviceId>(device), at, results: [] })
  }

  return (push) => {
    if (push.events.length === 0) return hear(push)
    const offered = push.events.map(readOffered)
    return log.write((next) => {
      const receiptId = sources.newId()
      const append = beginAppend(studentsOf(offered))
      const scales = weigh(offered, push.device, signedIn.of(push.device, push.signIns ?? [], key))
      const batch: Batch = { push, scales, append, receipt: receiptId, next }
      const results = offered.map((one, index) => keep(one, index, batch))
      append.finish()
      const at = sources.now()
      const receipt = key.sign({ epoch: log.epoch, device: as<DeviceId>(push.device), at, results })
      putReceipt.run(receiptId, push.device, at, receipt.body, receipt.signature)
      sawDevice.run(at, at, push.report === undefined ? null : JSON.stringify(push.report), push.device)
      return receipt
    })
  }
}

/** Whom a push speaks of: all are looked up at once. */
const studentsOf = (offered: readonly Offered[]): ReadonlySet<string> =>
  new Set(offered.flatMap(({ read }) => (read.kind === 'event' && 'student' in read.event ? [read.event.student] : [])))
