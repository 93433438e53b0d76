/** Opens the seal of a parcel, and believes its mark: what is in it is then what its device made. (S14) */
import { createDecipheriv, hkdfSync } from 'node:crypto'
import type { RelayRefusal } from '../../shared/api/relay.ts'
import { openFile, type ParcelContent, SEAL_INFO } from '../../shared/relay/parcel.ts'
import type { RelayKeyring } from './relayKeys.ts'
import { type Allowance, markedContent, unpacked } from './sealedText.ts'

const TAG = 16

/** What a parcel holds, or why it cannot be known. `allowance` is shared by all parcels of a request. */
export function contentOf(parcel: Uint8Array, keys: RelayKeyring, allowance: Allowance): ParcelContent | RelayRefusal {
  const file = openFile(parcel, keys.publicKey)
  if (file.kind === 'otherDistrict') return 'otherDistrict'
  if (file.kind !== 'parcel') return 'notAParcel'
  const shared = keys.shared(file.ephemeral)
  const content = shared && unsealed(shared, file)
  if (!content) return 'altered'
  const text = unpacked(content, allowance)
  return typeof text === 'string' ? text : markedContent(text, keys)
}

/** What is under the seal; undefined when a byte of it, or of what came before it, is not as it was made. */
function unsealed(shared: Uint8Array, file: { header: Uint8Array; iv: Uint8Array; sealed: Uint8Array }): Buffer | undefined {
  const key = Buffer.from(hkdfSync('sha256', shared, '', SEAL_INFO, 32))
  try {
    const open = createDecipheriv('aes-256-gcm', key, file.iv, { authTagLength: TAG })
    open.setAAD(file.header)
    open.setAuthTag(file.sealed.subarray(-TAG))
    const content = Buffer.concat([open.update(file.sealed.subarray(0, -TAG)), open.final()])
    return content.length === 0 ? undefined : content
  } catch {
    return undefined
  }
}
