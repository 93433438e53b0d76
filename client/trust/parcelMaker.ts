/**
 * Seals single events for the district, at once. The key is agreed on beforehand, anew with every unlocking; a parcel can be opened by the
 * district's server and by nobody who finds it on this device. (S14)
 */
import { gcm } from '@noble/ciphers/aes.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { KeptEvent } from '../../shared/events.ts'
import { packed, parcelFile } from '../../shared/relay/parcel.ts'
import type { Facts } from '../log/rows.ts'
import { fromBase64, toBase64 } from '../sync/base64.ts'
import { signInsOf } from '../sync/signIns.ts'
import { agree } from '../sync/relay/seal.ts'

export interface ParcelMaker {
  /**
   * A parcel of one event that was recorded in this browser, in the name of the device that it is now. What it recorded when it was another comes
   * in that name, too: the district keeps it for a coordinator.
   */
  make(event: KeptEvent): Uint8Array<ArrayBuffer>
}

/** Makes parcels with the keys this device was given while there was a network. */
export async function openParcelMaker(relay: Facts['relay'], signIns: Facts['signIns'] = []): Promise<ParcelMaker> {
  const { header, key } = await agree(fromBase64(relay.serverKey))
  const markKey = fromBase64(relay.deviceKey)
  const encoder = new TextEncoder()
  return {
    make(event) {
      const shown = signInsOf(signIns, [event])
      const body = JSON.stringify({
        device: relay.device,
        made: event.recordedAt,
        ...(shown.length > 0 && { signIns: shown }),
        events: [event],
      })
      const mac = toBase64(hmac(sha256, markKey, encoder.encode(body)))
      const iv = crypto.getRandomValues(new Uint8Array(12))
      return parcelFile(header, iv, gcm(key, iv, header).encrypt(packed(false, encoder.encode(JSON.stringify({ body, mac })))))
    },
  }
}
