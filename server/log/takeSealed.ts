/** Takes events that a locked tablet sends: each sealed when it was recorded, so that nobody at the tablet can read it. (S9, S14) */
import type { Receipt } from '../../shared/api/sync.ts'
import type { Log } from './log.ts'
import type { Receive } from './receive.ts'
import { contentOf } from './parcelContent.ts'
import type { RelayKeyring } from './relayKeys.ts'

/** Bytes that all of a request may unpack to. No app compresses a single entry: this is more than any would need. */
export const MOST_ENTRIES_BYTES = 1_048_576

/** `refused`: the places of what could not be opened, or is of a device the district does not know. */
export type TakeSealed = (parcels: readonly Uint8Array[]) => { receipts: Receipt[]; refused: number[] }

/** The parcels of one request in the order given; what one device recorded is one commit, as in a push. */
export function openTakeSealed(log: Log, keys: RelayKeyring, receive: Receive): TakeSealed {
  const isKnown = log.db.prepare<[string], number>('SELECT 1 FROM device WHERE id = ?').pluck()
  return (parcels) => {
    const byDevice = new Map<string, { readonly events: unknown[]; readonly signIns: Receipt[] }>()
    const refused: number[] = []
    // Those of one unlocking have one key in common: the costly part is done once for all of them.
    const ring = remembering(keys)
    const allowance = { left: MOST_ENTRIES_BYTES }
    for (const [place, parcel] of parcels.entries()) {
      const content = contentOf(parcel, ring, allowance)
      if (typeof content === 'string' || isKnown.get(content.device) === undefined) {
        refused.push(place)
        continue
      }
      const of = byDevice.get(content.device) ?? { events: [], signIns: [] }
      of.events.push(...content.events)
      of.signIns.push(...(content.signIns ?? []))
      byDevice.set(content.device, of)
    }
    return { receipts: [...byDevice].map(([device, of]) => receive({ device, ...of, report: undefined })), refused }
  }
}

function remembering(keys: RelayKeyring): RelayKeyring {
  const shared = new Map<string, Buffer | undefined>()
  return {
    ...keys,
    shared(ephemeral) {
      const name = Buffer.from(ephemeral).toString('base64')
      if (!shared.has(name)) shared.set(name, keys.shared(ephemeral))
      return shared.get(name)
    },
  }
}
