type Bytes = Uint8Array<ArrayBuffer>

const ED25519 = { name: 'Ed25519' }

/**
 * Whether a text was signed with an Ed25519 key; false also for what is no key or no signature. The browser verifies where it can. An older
 * one, or one that reads the page without TLS, cannot: there a library does it, a file that only such a browser ever opens.
 */
export async function isSignedBy(key: Bytes, signature: Bytes, text: Bytes): Promise<boolean> {
  const own = await importOwn(key)
  if (own) return crypto.subtle.verify(ED25519, own, signature, text)
  const { ed25519 } = await import('@noble/curves/ed25519.js')
  try {
    // As the browsers do it: by the RFC, not by the wider rules of some ledgers.
    return ed25519.verify(signature, text, key, { zip215: false })
  } catch {
    return false
  }
}

async function importOwn(key: Bytes): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('raw', key, ED25519, false, ['verify'])
  } catch {
    // Not a key, or not a browser that knows such keys: the library tells which.
    return null
  }
}
