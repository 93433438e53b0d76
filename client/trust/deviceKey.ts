/**
 * The key by which this device signs what it sends: made here, kept by the browser, and never readable, not even by this program. A page
 * without TLS has no such keys; there the device's credential stands alone, as before.
 */
import { DeviceRecord } from '../../shared/api/trust.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { canonical } from '../../shared/sync/chain.ts'
import type { LogDb } from '../log/db.ts'
import { readFact, writeFact } from '../log/db.ts'
import type { DeviceKey } from '../log/rows.ts'
import type { api } from '../sync/http.ts'

const EC = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' }

const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)))

/**
 * Makes this device's key where it has none, and tells the server once it is kept: at every sign-in, since a server that was restored may know
 * another. Failing costs nothing but the signatures.
 */
export async function giveKey(db: LogDb, device: DeviceId, send: typeof api): Promise<void> {
  try {
    const held = await readFact(db, 'deviceKey')
    const own = held?.device === device ? held : await makeKey(db, device)
    const reply = await send(DeviceRecord, 'POST', '/api/device/key', { publicKey: own.publicKey })
    if (reply.kind === 'ok') await writeFact(db, 'deviceKey', { ...own, record: reply.value })
  } catch {
    // No WebCrypto here, or a store that keeps no keys.
  }
}

/** Kept before anybody is told: a server that waits for signatures nobody can make would take nothing more. */
async function makeKey(db: LogDb, device: DeviceId): Promise<DeviceKey> {
  const pair = await crypto.subtle.generateKey(EC, false, ['sign'])
  const publicKey = base64(await crypto.subtle.exportKey('raw', pair.publicKey))
  const own: DeviceKey = { device, key: pair.privateKey, publicKey, record: null }
  await writeFact(db, 'deviceKey', own)
  return own
}

/** A request's body with the device's signature over it; as it is from a device without a key. */
export async function signedBody<T extends object>(db: LogDb, device: DeviceId, body: T): Promise<T | (T & { signature: string })> {
  const held = await readFact(db, 'deviceKey')
  if (held?.device !== device) return body
  const text = new TextEncoder().encode(canonical(body))
  return { ...body, signature: base64(await crypto.subtle.sign(SIGNING, held.key, text)) }
}
