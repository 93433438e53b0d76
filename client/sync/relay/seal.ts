/** Seals what this device holds so that only the district's server can read it: ECDH on P-256, HKDF, AES-256-GCM, all by the browser. (S14) */
import { packed, parcelFile, parcelHeader, SEAL_INFO } from '../../../shared/relay/parcel.ts'
import { fromBase64, toBase64 } from '../base64.ts'

type Bytes = Uint8Array<ArrayBuffer>

const CURVE = { name: 'ECDH', namedCurve: 'P-256' }

export interface SealKeys {
  /** Base64, as `RelayKeys`. */
  readonly serverKey: string
  readonly deviceKey: string
}

/** Whether this page may seal: browsers lend their cryptography only to pages that came over TLS, or from this machine. */
export const canSeal = (): boolean => typeof crypto !== 'undefined' && crypto.subtle !== undefined

/** A parcel's file over a text. The text is marked with the device's key before it is sealed: the server knows then who wrote it. */
export async function seal(body: string, keys: SealKeys): Promise<Bytes> {
  const content = await compressed(JSON.stringify({ body, mac: await markOf(body, keys.deviceKey) }))
  const { header, key: raw } = await agree(fromBase64(keys.serverKey))
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt'])
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: header, tagLength: 128 }, key, content)
  return parcelFile(header, iv, new Uint8Array(sealed))
}

/** A key that only this page, now, and the server can know, and the header by which the server finds it. */
export async function agree(serverKey: Bytes): Promise<{ readonly header: Bytes; readonly key: Bytes }> {
  const own = await crypto.subtle.generateKey(CURVE, false, ['deriveBits'])
  const ephemeral = new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey))
  const theirs = await crypto.subtle.importKey('raw', serverKey, CURVE, false, [])
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, own.privateKey, 256)
  const derive = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits'])
  const drawn = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: new TextEncoder().encode(SEAL_INFO) }
  return { header: parcelHeader(serverKey, ephemeral), key: new Uint8Array(await crypto.subtle.deriveBits(drawn, derive, 256)) }
}

async function markOf(body: string, deviceKey: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', fromBase64(deviceKey), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(body))))
}

/** A text as content: compressed where the browser can, since ids and field names come again and again. */
export async function compressed(text: string): Promise<Bytes> {
  if (typeof CompressionStream === 'undefined') return packed(false, new TextEncoder().encode(text))
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return packed(true, new Uint8Array(await new Response(stream).arrayBuffer()))
}

/** The text of content; undefined when it is none. */
export async function uncompressed(content: Uint8Array): Promise<string | undefined> {
  const bytes = new Uint8Array(content.subarray(1))
  try {
    if (content[0] !== 1) return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
  } catch {
    return undefined
  }
}
