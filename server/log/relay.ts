/**
 * Takes what one device carried for another: opens the seal, believes the mark, and hands every event to the same receiving as if its own
 * device had sent it. (S14)
 */
import { createHash } from 'node:crypto'
import { DeviceReport, ReceiptBody, type Receipt } from '../../shared/api/sync.ts'
import type { RelayRefusal } from '../../shared/api/relay.ts'
import { openBundle } from '../../shared/relay/bundle.ts'
import { MOST_TEXT_BYTES } from '../../shared/relay/parcel.ts'
import type { Log } from './log.ts'
import { contentOf } from './parcelContent.ts'
import type { Receive } from './receive.ts'
import type { RelayKeyring } from './relayKeys.ts'
import { reportAfter } from './reportAfter.ts'
import { MOST_ENTRIES_BYTES, type TakeSealed } from './takeSealed.ts'

export interface Carried {
  readonly device: string
  readonly deviceName: string
  readonly receipts: readonly Receipt[]
  readonly accepted: number
  readonly duplicate: number
  readonly quarantined: number
}
/** Takes a parcel that `carrier` brought, or says why not. The same parcel twice changes nothing. */
export type Relay = (parcel: Uint8Array, carrier: string) => Carried | { readonly refused: RelayRefusal }

/** Events in one commit, as in a push. */
const AT_ONCE = 500

export function openRelay(log: Log, keys: RelayKeyring, receive: Receive, takeSealed: TakeSealed): Relay {
  const deviceOf = log.db.prepare<[string], { name: string; last_seen_at: number | null; report: string | null }>(
    'SELECT name, last_seen_at, report FROM device WHERE id = ?',
  )
  const note = log.db.prepare(
    'INSERT INTO carried (hash, device, carrier, at, events) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at',
  )

  return (parcel, carrier) => {
    const parts = openBundle(parcel)
    const taken = parts ? ofBundle(parts) : ofOne(parcel)
    if (typeof taken === 'string') return { refused: taken }
    const { device, receipts } = taken
    const known = deviceOf.get(device)
    if (!known) return { refused: 'unknownDevice' }
    const hash = createHash('sha256').update(parcel).digest('hex')
    const outcomes = receipts.flatMap(({ body }) => ReceiptBody.parse(JSON.parse(body)).results.map((result) => result.outcome))
    log.write(() => note.run(hash, device, carrier, log.sources.now(), outcomes.length))
    const count = (outcome: string): number => outcomes.filter((each) => each === outcome).length
    return {
      device,
      deviceName: known.name,
      receipts,
      accepted: count('accepted'),
      duplicate: count('duplicate'),
      quarantined: count('quarantined'),
    }
  }

  function ofOne(parcel: Uint8Array): { device: string; receipts: readonly Receipt[] } | RelayRefusal {
    const content = contentOf(parcel, keys, { left: MOST_TEXT_BYTES })
    if (typeof content === 'string') return content
    const { device, events, signIns } = content
    const known = deviceOf.get(device)
    if (!known) return 'unknownDevice'
    // What the device has said of itself since it made the parcel is newer than what the parcel says.
    const isOld = known.report !== null && (known.last_seen_at ?? 0) > content.made
    const report = isOld ? DeviceReport.parse(JSON.parse(known.report ?? '')) : content.report && reportAfter(content.report, events.length)
    const receipts: Receipt[] = []
    for (let from = 0; from === 0 || from < events.length; from += AT_ONCE)
      receipts.push(receive({ device, events: events.slice(from, from + AT_ONCE), report, signIns }))
    return { device, receipts }
  }

  /** What a locked tablet gave along. A part that cannot be opened stays where it came from; the others are taken. */
  function ofBundle(parts: readonly Uint8Array[]): { device: string; receipts: readonly Receipt[] } | RelayRefusal {
    const { receipts } = takeSealed(parts)
    const [first] = receipts
    if (first) return { device: ReceiptBody.parse(JSON.parse(first.body)).device, receipts }
    const [part] = parts
    const content = part && contentOf(part, keys, { left: MOST_ENTRIES_BYTES })
    return typeof content === 'string' ? content : 'unknownDevice'
  }
}
