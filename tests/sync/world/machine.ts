/**
 * What a browser brings, as light as it can be: a history asks for it thousands of times. Imported before the store in memory, which takes
 * these from the global scope.
 */
import { createPublicKey, generateKeyPairSync, KeyObject, sign, verify } from 'node:crypto'

/** Only plain data is stored here: it is copied by hand, in a tenth of the time. */
function copy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function' || typeof value === 'symbol') throw new DOMException('cannot be stored', 'DataCloneError')
    return value
  }
  if (Array.isArray(value)) return value.map(copy) as T
  // A key is handed on as it is: nobody can change one.
  if (value instanceof KeyObject) return value
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

/**
 * Receipts are verified, and devices sign, in this very thread: a helper's turn to answer would not be the same on every run. It is the
 * machine's own Ed25519 and ECDSA either way, by the name it has outside of a browser.
 */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const keys = new Map<string, KeyObject>()
const { subtle } = globalThis.crypto
type Given = (...given: unknown[]) => Promise<unknown>
const own = Object.fromEntries(
  (['importKey', 'verify', 'generateKey', 'exportKey', 'sign'] as const).map((name) => [name, (subtle[name] as Given).bind(subtle)]),
) as Record<'importKey' | 'verify' | 'generateKey' | 'exportKey' | 'sign', Given>
const nameOf = (algorithm: unknown): unknown =>
  typeof algorithm === 'object' && algorithm !== null && 'name' in algorithm ? algorithm.name : algorithm
const bytesOf = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer

/** The point of a P-256 key, as browsers write it: the last 65 bytes of its SPKI form. */
const pointOf = (key: KeyObject): ArrayBuffer => bytesOf(key.export({ type: 'spki', format: 'der' }).subarray(-65))

const light: Record<keyof typeof own, Given> = {
  async importKey(format, raw, algorithm, ...rest) {
    if (nameOf(algorithm) !== 'Ed25519') return own.importKey(format, raw, algorithm, ...rest)
    const name = Buffer.from(raw as Uint8Array).toString('hex')
    const key = keys.get(name) ?? createPublicKey({ key: Buffer.concat([SPKI, raw as Uint8Array]), format: 'der', type: 'spki' })
    keys.set(name, key)
    return key
  },
  verify: async (algorithm, key, signature, text) =>
    key instanceof KeyObject ? verify(null, text as Uint8Array, key, signature as Uint8Array) : own.verify(algorithm, key, signature, text),
  generateKey: async (algorithm, ...rest) =>
    nameOf(algorithm) === 'ECDSA' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : own.generateKey(algorithm, ...rest),
  exportKey: async (format, key) => (key instanceof KeyObject ? pointOf(key) : own.exportKey(format, key)),
  sign: async (algorithm, key, text) =>
    key instanceof KeyObject
      ? bytesOf(sign('sha256', text as Uint8Array, { key, dsaEncoding: 'ieee-p1363' }))
      : own.sign(algorithm, key, text),
}
for (const [name, value] of Object.entries(light)) Object.defineProperty(subtle, name, { value })
