/**
 * The key of a locker, wrapped: by what the PIN gives together with a secret that only this browser can open. No hash of the PIN is kept; it
 * was the right one when the wrap opens.
 */
import type { KdfParams } from './kdf.ts'
import { derive } from './kdf.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface Wrap {
  readonly kdf: KdfParams
  readonly salt: Bytes
  /** Random, under the browser's own key that cannot be read. */
  readonly secret: Closed
  /** The key of the locker, under PIN and secret. */
  readonly key: Closed
}
interface Closed {
  readonly iv: Bytes
  readonly bytes: Bytes
}

const AES = 'AES-GCM'
const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))

async function close(key: CryptoKey, plain: Bytes, additionalData: Bytes): Promise<Closed> {
  const iv = random(12)
  return { iv, bytes: new Uint8Array(await crypto.subtle.encrypt({ name: AES, iv, additionalData }, key, plain)) }
}

async function open(key: CryptoKey, { iv, bytes }: Closed, additionalData: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.decrypt({ name: AES, iv, additionalData }, key, bytes))
}

/** What the wrap belongs to: another locker, person, device or cost, and it does not open. */
const placeOf = (place: string, { kdf }: Pick<Wrap, 'kdf'>): Bytes =>
  new TextEncoder().encode(`recoup locker 1 ${place} ${kdf.memory} ${kdf.passes}`)

async function keyOf(pin: string, secret: Bytes, salt: Bytes, kdf: KdfParams): Promise<CryptoKey> {
  const slow = await derive(pin, salt, kdf)
  const both = new Uint8Array(slow.length + secret.length)
  both.set(slow)
  both.set(secret, slow.length)
  const material = await crypto.subtle.importKey('raw', both, 'HKDF', false, ['deriveKey'])
  const drawn = { name: 'HKDF', hash: 'SHA-256', salt, info: new TextEncoder().encode('recoup locker 1') }
  return crypto.subtle.deriveKey(drawn, material, { name: AES, length: 256 }, false, ['encrypt', 'decrypt'])
}

/** Wraps a locker's key for a PIN. `place` names locker, person and device. */
export async function wrapKey(key: Bytes, pin: string, kdf: KdfParams, device: CryptoKey, place: string): Promise<Wrap> {
  const [salt, secret] = [random(16), random(32)]
  const about = placeOf(place, { kdf })
  return {
    kdf,
    salt,
    secret: await close(device, secret, about),
    key: await close(await keyOf(pin, secret, salt, kdf), key, about),
  }
}

/** The key of the locker; undefined when the PIN is wrong, or anything about the wrap was changed. */
export async function unwrapKey(wrap: Wrap, pin: string, device: CryptoKey, place: string): Promise<Bytes | undefined> {
  const about = placeOf(place, wrap)
  try {
    const secret = await open(device, wrap.secret, about)
    return await open(await keyOf(pin, secret, wrap.salt, wrap.kdf), wrap.key, about)
  } catch {
    return undefined
  }
}
