/**
 * The key by which this device signs what it sends: made here, kept by the browser, and never readable, not even by this program. A page
 * without TLS has no such keys; there the device's credential stands alone, as before.
 */
import { DeviceRecord } from '../../shared/api/trust.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { canonical } from '../../shared/sync/chain.ts'
import type { LogDb } from '../log/db.ts'
import { readFact, writeFact } from '../log/db.ts'
import type { api } from '../sync/http.ts'

const EC = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' }
export const SIGNATURE_HEADER = 'x-recoup-signature'

const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)))

/** Makes this device's key where it has none yet, and tells the server. Failing costs nothing but the signatures. */
export async function giveKey(db: LogDb, device: DeviceId, send: typeof api): Promise<void> {
  const held = await readFact(db, 'deviceKey')
  if (held?.device === device) return
  try {
    const pair = await crypto.subtle.generateKey(EC, false, ['sign'])
    const publicKey = base64(await crypto.subtle.exportKey('raw', pair.publicKey))
    const reply = await send(DeviceRecord, 'POST', '/api/device/key', { publicKey })
    if (reply.kind === 'ok') await writeFact(db, 'deviceKey', { device, key: pair.privateKey, record: reply.value })
  } catch {
    // No WebCrypto here, or a store that keeps no keys.
  }
}

/** The header that signs a request's body; none from a device without a key. */
export async function signatureOf(db: LogDb, device: DeviceId, body: unknown): Promise<Record<string, string>> {
  const held = await readFact(db, 'deviceKey')
  if (held?.device !== device) return {}
  const text = new TextEncoder().encode(canonical(body))
  return { [SIGNATURE_HEADER]: base64(await crypto.subtle.sign(SIGNING, held.key, text)) }
}
