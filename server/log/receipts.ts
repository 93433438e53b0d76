/** Receipts: what the server signs once events are durable. A reply that is not a well-formed signed receipt acknowledges nothing. (S4) */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Receipt, ReceiptBody } from '../../shared/api/sync.ts'
import type { IsSigned } from '../../shared/evidence/checkpoint.ts'

export interface ReceiptKey {
  /** Ed25519 public key, raw, base64: what devices pin. */
  readonly publicKey: string
  /** Signs the exact text of the body. */
  sign(body: ReceiptBody): Receipt
  /** Signs another text, one that no receipt could be. */
  signText(text: string): string
}

/** The receipt key of a data folder, made the first time. Only the owner of the folder can read it. */
export function openReceiptKey(folder: string): ReceiptKey {
  const keys = join(folder, 'keys')
  const path = join(keys, 'receipts.pem')
  if (!existsSync(path)) {
    mkdirSync(keys, { recursive: true, mode: 0o700 })
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
    // Another process may make one in the same moment: whole or not at all, and the first one stays.
    const own = `${path}.${process.pid}`
    writeFileSync(own, pem, { mode: 0o600, flag: 'wx' })
    try {
      linkSync(own, path)
    } catch (error) {
      if (!existsSync(path)) throw error
    } finally {
      rmSync(own)
    }
  }
  const key = createPrivateKey(readFileSync(path))
  const signText = (text: string): string => sign(null, Buffer.from(text, 'utf8'), key).toString('base64')
  return {
    publicKey: rawPublicKey(key),
    signText,
    sign(body) {
      const text = JSON.stringify(body)
      return { body: text, signature: signText(text) }
    },
  }
}

/** Whether a text was signed with the key (raw, base64). The signature must be written the one way base64 is written. */
export const isSigned: IsSigned = (text, signature, key) => {
  const bytes = Buffer.from(signature, 'base64')
  if (bytes.length !== 64 || bytes.toString('base64') !== signature) return false
  const raw = Buffer.from(key, 'base64')
  if (raw.length !== 32) return false
  return verify(null, Buffer.from(text, 'utf8'), publicKeyOf(raw), bytes)
}

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex')
const known = new Map<string, KeyObject>()
function publicKeyOf(raw: Buffer): KeyObject {
  const name = raw.toString('hex')
  const held = known.get(name)
  if (held) return held
  const key = createPublicKey({ key: Buffer.concat([SPKI_ED25519, raw]), format: 'der', type: 'spki' })
  known.set(name, key)
  if (known.size > 100) known.delete(known.keys().next().value ?? '')
  return key
}

/** The last 32 bytes of an Ed25519 key's SPKI form are the key itself (RFC 8410 §4). */
const rawPublicKey = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')
