/** The keys of parcels: one that devices seal for, and, drawn from it, one for each device to mark its parcels with. (S14) */
import { createHmac, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface RelayKeyring {
  /** P-256, raw uncompressed point. */
  readonly publicKey: Buffer
  /** The secret shared with an ephemeral key (raw point); undefined when it is no point of the curve. */
  shared(ephemeral: Uint8Array): Buffer | undefined
  /** What one device marks its parcels with, 32 bytes. */
  deviceKey(device: string): Buffer
  /** A secret of this district for something else, 32 bytes. */
  secretFor(purpose: string): Buffer
}

/** The keys of a data folder, made the first time. */
export function openRelayKeys(folder: string): RelayKeyring {
  const key = createPrivateKey(keyFile(join(folder, 'keys'), 'parcels.pem'))
  const secretFor = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', key.export({ type: 'pkcs8', format: 'der' }), '', `recoup ${purpose}`, 32))
  const secret = secretFor('parcel marks')
  return {
    publicKey: rawPoint(createPublicKey(key)),
    shared(ephemeral) {
      try {
        return diffieHellman({ privateKey: key, publicKey: keyOfPoint(ephemeral) })
      } catch {
        return undefined
      }
    },
    secretFor,
    deviceKey: (device) => createHmac('sha256', secret).update(device).digest(),
  }
}

/** A key file, made whole or not at all; of two processes that make one in the same moment, the first one's stays. */
function keyFile(keys: string, name: string): Buffer {
  const path = join(keys, name)
  if (!existsSync(path)) {
    mkdirSync(keys, { recursive: true, mode: 0o700 })
    const own = `${path}.${process.pid}`
    const pem = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
    writeFileSync(own, pem, { mode: 0o600, flag: 'wx' })
    try {
      linkSync(own, path)
    } catch (error) {
      if (!existsSync(path)) throw error
    } finally {
      rmSync(own)
    }
  }
  return readFileSync(path)
}

/** An uncompressed point is the last 65 bytes of a P-256 key's SPKI form (RFC 5480 §2). */
const SPKI_P256 = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')
const rawPoint = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' }).subarray(-65)
const keyOfPoint = (point: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_P256, point]), format: 'der', type: 'spki' })
