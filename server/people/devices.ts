/** Devices as somebody looks after them: enrolled by a code, named, revoked; the key by which each signs what it sends. */
import { createPublicKey, verify } from 'node:crypto'
import { as, type DeviceId } from '../../shared/ids.ts'
import { MINUTE } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'
import type { ReceiptKey } from '../log/receipts.ts'
import { hashToken } from './token.ts'

const CODE_MINUTES = 10
/** Letters and digits that nobody mistakes for one another. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

export type Devices = ReturnType<typeof openDevices>

/** Devices of an open log. */
export function openDevices(log: Log, key: ReceiptKey) {
  const { db, sources, write } = log
  const putCode = db.prepare('INSERT INTO enrol_code (code_hash, made_by, expires_at) VALUES (?, ?, ?)')
  const useCode = db.prepare('UPDATE enrol_code SET used_at = ? WHERE code_hash = ? AND used_at IS NULL AND expires_at > ?')
  const setKey = db.prepare('UPDATE device SET public_key = ? WHERE id = ? AND (public_key IS NULL OR ?)')
  const rename = db.prepare('UPDATE device SET name = ? WHERE id = ?')
  const revoke = db.prepare('UPDATE device SET revoked_at = ?, revoked_site = ?, staff = NULL WHERE id = ? AND revoked_at IS NULL')
  const endSessions = db.prepare('DELETE FROM web_session WHERE device = ?')
  const plain = (code: string): string => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return {
    /** A code that makes one browser a device of the district: for ten minutes, once. */
    newCode(by: string): { code: string; expires: number } {
      const code = [...sources.random(10)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
      const expires = sources.now() + CODE_MINUTES * MINUTE
      putCode.run(hashToken(code), by, expires)
      return { code: `${code.slice(0, 5)}-${code.slice(5)}`, expires }
    },
    /** Uses a code up; false when it is none, was used, or is too old. */
    useCode: (code: string): boolean => write(() => useCode.run(sources.now(), hashToken(plain(code)), sources.now()).changes === 1),
    /**
     * Takes the key of a device that has none, and says so in a signed record; another in its place only when somebody has signed in on it,
     * since a browser may lose what it keeps. Undefined otherwise, or when this is no key.
     */
    takeKey(device: string, publicKey: string, isSignedIn: boolean): { body: string; signature: string } | undefined {
      if (!readKey(publicKey)) return undefined
      if (setKey.run(publicKey, device, isSignedIn ? 1 : 0).changes !== 1) return undefined
      const body = JSON.stringify({ kind: 'recoup-device', epoch: log.epoch, device: as<DeviceId>(device), publicKey, at: sources.now() })
      return { body, signature: key.signText(body) }
    },
    rename: (device: string, name: string): boolean => write(() => rename.run(name, device).changes === 1),
    /**
     * From now on it is told to forget what can be read on it; what it still holds is taken and looked at by a person. (S9)
     * @param site the school that it was of until now, and stays with
     */
    revoke: (device: string, site: string | null = null): boolean =>
      write(() => {
        endSessions.run(device)
        return revoke.run(sources.now(), site, device).changes === 1
      }),
  }
}

/** Whether a device signed a text: ECDSA P-256 with SHA-256, key and signature raw and base64. */
export function isSignedByDevice(text: Buffer, signature: string, publicKey: string): boolean {
  const key = readKey(publicKey)
  return key !== undefined && verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64'))
}

/** An uncompressed P-256 point as a key; undefined when it is none. */
function readKey(publicKey: string) {
  const raw = Buffer.from(publicKey, 'base64')
  if (raw.length !== 65 || raw[0] !== 4) return undefined
  const [x, y] = [raw.subarray(1, 33).toString('base64url'), raw.subarray(33).toString('base64url')]
  try {
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  } catch {
    return undefined
  }
}
