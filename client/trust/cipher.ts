/** Closes and opens texts under one key of 32 bytes, at once: XChaCha20-Poly1305, whose nonce is long enough to be drawn by chance. */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'

const NONCE = 24

export interface Cipher {
  /** `place` is where the text belongs: opened anywhere else it is broken. */
  close(text: string, place: string): Uint8Array<ArrayBuffer>
  /** Throws `SealBroken` when a byte of it, or its place, is not as it was. */
  open(closed: Uint8Array, place: string): string
}

/** Somebody, or the disk, changed what lay under the seal. */
export class SealBroken extends Error {
  constructor(place: string) {
    super(`the seal of ${place} is broken`)
    this.name = 'SealBroken'
  }
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A cipher with a key of 32 bytes. */
export function openCipher(key: Uint8Array): Cipher {
  return {
    close(text, place) {
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE))
      const closed = xchacha20poly1305(key, nonce, encoder.encode(place)).encrypt(encoder.encode(text))
      const whole = new Uint8Array(NONCE + closed.length)
      whole.set(nonce)
      whole.set(closed, NONCE)
      return whole
    },
    open(closed, place) {
      try {
        return decoder.decode(xchacha20poly1305(key, closed.subarray(0, NONCE), encoder.encode(place)).decrypt(closed.subarray(NONCE)))
      } catch {
        throw new SealBroken(place)
      }
    },
  }
}
