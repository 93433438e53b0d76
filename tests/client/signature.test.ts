// A receipt is worth the signature on it, also on a browser that cannot verify one by itself.
import { afterEach, expect, test, vi } from 'vitest'
import { isSignedBy } from '../../client/sync/signature.ts'

const text = new TextEncoder().encode('{"results":[]}')
const pair = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])) as CryptoKeyPair
const key = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
const signature = new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, pair.privateKey, text))
const changed = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => bytes.map((byte, i) => (i === 3 ? byte ^ 1 : byte))

afterEach(() => vi.restoreAllMocks())

for (const browser of ['a browser that knows Ed25519', 'a browser that does not']) {
  const open = () => {
    if (browser.endsWith('not')) vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('unknown', 'NotSupportedError'))
  }
  test(`[S4] In ${browser}, only the district's signature of exactly this text counts`, async () => {
    open()
    expect(await isSignedBy(key, signature, text)).toBe(true)
    expect(await isSignedBy(key, changed(signature), text)).toBe(false)
    expect(await isSignedBy(key, signature, changed(text))).toBe(false)
    expect(await isSignedBy(changed(key), signature, text)).toBe(false)
    expect(await isSignedBy(key.slice(1), signature, text)).toBe(false)
    expect(await isSignedBy(key, new Uint8Array(0), text)).toBe(false)
  })
}
