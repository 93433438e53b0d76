/**
 * What a browser brings, as light as it can be: a history asks for it thousands of times. Imported before the store in memory, which takes
 * these from the global scope.
 */
import { createPublicKey, KeyObject, verify } from 'node:crypto'

/** Only plain data is stored here: it is copied by hand, in a tenth of the time. */
function copy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function' || typeof value === 'symbol') throw new DOMException('cannot be stored', 'DataCloneError')
    return value
  }
  if (Array.isArray(value)) return value.map(copy) as T
  const proto: unknown = Object.getPrototypeOf(value)
  if (proto !== Object.prototype && proto !== null) return cloned(value)
  const made: Record<string, unknown> = {}
  for (const [name, held] of Object.entries(value)) {
    if (name === '__proto__') Object.defineProperty(made, name, { value: copy(held), enumerable: true, configurable: true, writable: true })
    else made[name] = copy(held)
  }
  return made as T
}
const cloned = globalThis.structuredClone
globalThis.structuredClone = copy

/** The store throws one, and catches it, for every index an entry has no place in; looking up where that was takes longer than all the rest. */
function LightException(this: { message: string; name: string }, message = '', name = 'Error'): void {
  this.message = message
  Object.defineProperty(this, 'name', { value: name, configurable: true, writable: true })
}
LightException.prototype = Object.create(Error.prototype) as object
Object.defineProperty(globalThis, 'DOMException', { value: LightException, configurable: true, writable: true })

/** Receipts are verified in this very thread: a helper's turn to answer would not be the same on every run. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const keys = new Map<string, KeyObject>()
const { subtle } = globalThis.crypto
const [importKey, verifyElsewhere] = [
  subtle.importKey.bind(subtle) as (...given: unknown[]) => Promise<CryptoKey>,
  subtle.verify.bind(subtle),
]
Object.defineProperties(subtle, {
  importKey: {
    async value(format: string, raw: Uint8Array, algorithm: { name: string } | string, ...rest: unknown[]): Promise<unknown> {
      if (typeof algorithm === 'string' || algorithm.name !== 'Ed25519') return importKey(format, raw, algorithm, ...rest)
      const name = Buffer.from(raw).toString('hex')
      const key = keys.get(name) ?? createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' })
      keys.set(name, key)
      return key
    },
  },
  verify: {
    value: async (algorithm: AlgorithmIdentifier, key: unknown, signature: Uint8Array<ArrayBuffer>, text: Uint8Array<ArrayBuffer>) =>
      key instanceof KeyObject ? verify(null, text, key, signature) : verifyElsewhere(algorithm, key as CryptoKey, signature, text),
  },
})
