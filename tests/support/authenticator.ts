/** An authenticator in software: makes one passkey (ES256, no attestation) and answers challenges with it, as a browser would hand it on. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { NewPasskey, PasskeyAnswer } from '../../shared/api/passkeys.ts'

interface Options {
  readonly options: { readonly challenge: string } & Readonly<Record<string, unknown>>
}
export interface Authenticator {
  readonly id: string
  make(begun: Options): NewPasskey['made']
  answer(asked: Options, change?: { readonly origin?: string; readonly counter?: number }): PasskeyAnswer
}

const PRESENT = 0x01
const WITH_KEY = 0x40
const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest()
const base64url = (data: Buffer | string): string => Buffer.from(data).toString('base64url')

// As much of CBOR as is needed: texts, bytes, maps, small numbers.
const head = (kind: number, n: number): Buffer =>
  n < 24 ? Buffer.from([(kind << 5) | n]) : n < 256 ? Buffer.from([(kind << 5) | 24, n]) : Buffer.from([(kind << 5) | 25, n >> 8, n & 255])
const bytes = (data: Buffer): Buffer => Buffer.concat([head(2, data.length), data])
const text = (value: string): Buffer => Buffer.concat([head(3, value.length), Buffer.from(value)])
const number = (n: number): Buffer => (n < 0 ? head(1, -1 - n) : head(0, n))
const map = (...pairs: readonly (readonly [Buffer, Buffer])[]): Buffer => Buffer.concat([head(5, pairs.length), ...pairs.flat()])

/** @param origin the address of the pages it is used on */
export function openAuthenticator(origin: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  const host = sha256(new URL(origin).hostname)
  let used = 0
  const counted = (n: number): Buffer => Buffer.from([n >> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255])
  const client = (type: string, challenge: string, at: string): string =>
    JSON.stringify({ type, challenge, origin: at, crossOrigin: false })
  const common = { id: base64url(id), rawId: base64url(id), type: 'public-key', clientExtensionResults: {} } as const
  return {
    id: common.id,
    make({ options }) {
      const coordinate = (value: string): Buffer => bytes(Buffer.from(value, 'base64url'))
      const key = map(
        [number(1), number(2)],
        [number(3), number(-7)],
        [number(-1), number(1)],
        [number(-2), coordinate(x)],
        [number(-3), coordinate(y)],
      )
      const data = Buffer.concat([
        ...[host, Buffer.from([PRESENT | WITH_KEY]), counted(0), Buffer.alloc(16)],
        ...[Buffer.from([0, id.length]), id, key],
      ])
      const attestation = map([text('fmt'), text('none')], [text('attStmt'), map()], [text('authData'), bytes(data)])
      return {
        ...common,
        response: {
          clientDataJSON: base64url(client('webauthn.create', options.challenge, origin)),
          attestationObject: base64url(attestation),
          transports: ['internal'],
        },
      }
    },
    answer({ options }, change = {}) {
      const data = Buffer.concat([host, Buffer.from([PRESENT]), counted(change.counter ?? ++used)])
      const clientData = client('webauthn.get', options.challenge, change.origin ?? origin)
      const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), privateKey)
      return {
        ...common,
        response: { clientDataJSON: base64url(clientData), authenticatorData: base64url(data), signature: base64url(signature) },
      }
    },
  }
}
