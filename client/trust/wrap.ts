/**
 * The key of a locker, wrapped: by what the PIN gives, or by what a passkey of this device answers, each together with a secret that only this
 * browser can open. No hash of the PIN is kept; it was the right one when the wrap opens.
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

/** The same key under what a passkey of this device answers when it is asked `salt` (WebAuthn, extension `prf`). */
export interface PasskeyWrap {
  /** The passkey's id. */
  readonly credential: Bytes
  readonly salt: Bytes
  readonly secret: Closed
  readonly key: Closed
}

/** A passkey of this device, and its answer: 32 bytes that nothing else gives. */
export interface PasskeyAnswer extends Pick<PasskeyWrap, 'credential' | 'salt'> {
  readonly answer: Bytes
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

async function keyOf(given: Bytes, secret: Bytes, salt: Bytes, info: string): Promise<CryptoKey> {
  const both = new Uint8Array(given.length + secret.length)
  both.set(given)
  both.set(secret, given.length)
  const material = await crypto.subtle.importKey('raw', both, 'HKDF', false, ['deriveKey'])
  const drawn = { name: 'HKDF', hash: 'SHA-256', salt, info: new TextEncoder().encode(info) }
  return crypto.subtle.deriveKey(drawn, material, { name: AES, length: 256 }, false, ['encrypt', 'decrypt'])
}

const PIN = 'recoup locker 1'
const PASSKEY = 'recoup locker by passkey 1'

/** Wraps a locker's key for a PIN. `place` names locker, person and device. */
export async function wrapKey(key: Bytes, pin: string, kdf: KdfParams, device: CryptoKey, place: string): Promise<Wrap> {
  const [salt, secret] = [random(16), random(32)]
  const about = placeOf(place, { kdf })
  return {
    kdf,
    salt,
    secret: await close(device, secret, about),
    key: await close(await keyOf(await derive(pin, salt, kdf), secret, salt, PIN), key, about),
  }
}

/** The key of the locker; undefined when the PIN is wrong, or anything about the wrap was changed. */
export async function unwrapKey(wrap: Wrap, pin: string, device: CryptoKey, place: string): Promise<Bytes | undefined> {
  const about = placeOf(place, wrap)
  try {
    const secret = await open(device, wrap.secret, about)
    return await open(await keyOf(await derive(pin, wrap.salt, wrap.kdf), secret, wrap.salt, PIN), wrap.key, about)
  } catch {
    return undefined
  }
}

const passkeyPlace = (place: string): Bytes => new TextEncoder().encode(`${PASSKEY} ${place}`)

/** Wraps a locker's key for a passkey of this device. */
export async function wrapForPasskey(
  key: Bytes,
  { credential, salt, answer }: PasskeyAnswer,
  device: CryptoKey,
  place: string,
): Promise<PasskeyWrap> {
  const secret = random(32)
  const about = passkeyPlace(place)
  return {
    credential,
    salt,
    secret: await close(device, secret, about),
    key: await close(await keyOf(answer, secret, salt, PASSKEY), key, about),
  }
}

/** The key of the locker; undefined when another passkey answered, or anything about the wrap was changed. */
export async function unwrapByPasskey(wrap: PasskeyWrap, answer: Bytes, device: CryptoKey, place: string): Promise<Bytes | undefined> {
  const about = passkeyPlace(place)
  try {
    const secret = await open(device, wrap.secret, about)
    return await open(await keyOf(answer, secret, wrap.salt, PASSKEY), wrap.key, about)
  } catch {
    return undefined
  }
}
