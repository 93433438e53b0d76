/** Hashes and signatures by a library: a page opened from a disk may have none of its browser's own. */
import { ed25519 } from '@noble/curves/ed25519.js'
import type { Tools } from '../../shared/evidence/judge.ts'
import { hashText } from '../../shared/sync/chain.ts'

/** Bytes of base64 that is written the one way it can be; undefined otherwise. */
function bytesOf(base64: string): Uint8Array | undefined {
  try {
    const text = atob(base64)
    return btoa(text) === base64 ? Uint8Array.from(text, (c) => c.charCodeAt(0)) : undefined
  } catch {
    return undefined
  }
}

export const tools: Tools = {
  sha256: hashText,
  isSigned(text, signature, key) {
    const [signed, by] = [bytesOf(signature), bytesOf(key)]
    if (!signed || !by) return false
    try {
      return ed25519.verify(signed, new TextEncoder().encode(text), by, { zip215: false })
    } catch {
      return false
    }
  },
}
