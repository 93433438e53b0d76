/** Passkeys of an account (WebAuthn): made, listed, named, removed, and answered with beside a password. Only public keys are kept. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  VerifyAuthenticationResponseOpts,
  VerifyRegistrationResponseOpts,
} from '@simplewebauthn/server'
import type { NewPasskey, PasskeyAnswer, PasskeyRow } from '../../shared/api/passkeys.ts'
import { MINUTE } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'

/** Whom a passkey is for: the host, and the address of its pages. */
export interface Party {
  readonly host: string
  readonly origin: string
}
interface Row {
  readonly id: string
  readonly account: string
  readonly public_key: Buffer
  readonly counter: number
}
type Answer = VerifyAuthenticationResponseOpts['response']
type Made = VerifyRegistrationResponseOpts['response']

const CHALLENGE_MOST = 5 * MINUTE
const NONCE = 16
/** EdDSA, ES256, RS256: what authenticators have. */
const ALGORITHMS = [-8, -7, -257]
/** No more than anybody has authenticators. */
export const MOST_PASSKEYS = 20

// Only who uses a passkey needs the library: it is no part of the server's start.
const library = () => import('@simplewebauthn/server')

export type Passkeys = ReturnType<typeof openPasskeys>

/** Passkeys of an open log. */
export function openPasskeys({ db, sources, write }: Log) {
  const ofAccount = db.prepare<[string], PasskeyRow>(
    'SELECT id, name, created_at AS createdAt, last_used_at AS lastUsedAt FROM passkey WHERE account = ? ORDER BY created_at, id',
  )
  const one = db.prepare<[string, string], Row>('SELECT id, account, public_key, counter FROM passkey WHERE id = ? AND account = ?')
  const put = db.prepare(
    'INSERT INTO passkey (id, account, public_key, counter, transports, name, created_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const used = db.prepare('UPDATE passkey SET counter = ?, last_used_at = ? WHERE id = ?')
  const rename = db.prepare('UPDATE passkey SET name = ? WHERE id = ? AND account = ?')
  const drop = db.prepare('DELETE FROM passkey WHERE id = ? AND account = ?')
  const spend = db.prepare('INSERT INTO used_challenge (challenge, until) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const forget = db.prepare('DELETE FROM used_challenge WHERE until < ?')

  // Of this run of the server: whoever was asked before a restart is asked again.
  const secret = sources.random(32)
  const sign = (text: Buffer): Buffer => createHmac('sha256', secret).update(text).digest()

  /** A challenge that needs no keeping: chance, its end, and our hand under both. */
  function challenge(): Uint8Array<ArrayBuffer> {
    const end = Buffer.alloc(8)
    end.writeBigUInt64BE(BigInt(sources.now() + CHALLENGE_MOST))
    const text = Buffer.concat([sources.random(NONCE), end])
    return new Uint8Array(Buffer.concat([text, sign(text)]))
  }
  function isOurs(given: string): boolean {
    const bytes = Buffer.from(given, 'base64url')
    if (bytes.length !== NONCE + 8 + 32) return false
    const text = bytes.subarray(0, NONCE + 8)
    return timingSafeEqual(sign(text), bytes.subarray(NONCE + 8)) && text.readBigUInt64BE(NONCE) > BigInt(sources.now())
  }
  /** Whether a challenge was not used before. Within a transaction. */
  function isSpent(given: string): boolean {
    forget.run(sources.now())
    return spend.run(given, sources.now() + CHALLENGE_MOST).changes === 0
  }

  /** What an answer is held against; `given` holds the challenge it was for, once it was looked at. */
  function expected({ host, origin }: Party) {
    const seen = { given: '' }
    const terms = {
      expectedChallenge: (challenge: string) => isOurs((seen.given = challenge)),
      expectedOrigin: origin,
      expectedRPID: host,
      requireUserVerification: false,
    }
    return { seen, terms }
  }

  return {
    of: (account: string): PasskeyRow[] => ofAccount.all(account),
    /** What a browser makes a passkey from. */
    async begin(account: string, user: { readonly username: string; readonly name: string }, district: string, { host }: Party) {
      const { generateRegistrationOptions } = await library()
      const options: PublicKeyCredentialCreationOptionsJSON = await generateRegistrationOptions({
        rpName: district,
        rpID: host,
        userID: new Uint8Array(Buffer.from(account)),
        userName: user.username,
        userDisplayName: user.name,
        challenge: challenge(),
        attestationType: 'none',
        supportedAlgorithmIDs: ALGORITHMS,
        excludeCredentials: ofAccount.all(account).map(({ id }) => ({ id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
      })
      return options
    },
    /** Keeps a passkey that was made here just now; gives what `then` gives in the same transaction. Undefined when it is none, or too many. */
    async keep<T>(account: string, { made, name }: NewPasskey, party: Party, then: () => T): Promise<T | undefined> {
      const { verifyRegistrationResponse } = await library()
      const { seen, terms } = expected(party)
      const read = await verifyRegistrationResponse({ ...terms, response: made as Made, supportedAlgorithmIDs: ALGORITHMS }).catch(
        () => undefined,
      )
      const credential = read?.verified ? read.registrationInfo?.credential : undefined
      if (!credential) return undefined
      return write(() => {
        if (isSpent(seen.given) || ofAccount.all(account).length >= MOST_PASSKEYS) return undefined
        const transports = (credential.transports ?? []).join(' ')
        const row = [credential.id, account, Buffer.from(credential.publicKey), credential.counter, transports, name, sources.now()]
        return put.run(...row).changes === 1 ? then() : undefined
      })
    },
    /** What a browser answers to. It names the passkeys of who is signed in, and none to anybody else. */
    async ask(account: string | undefined, { host }: Party) {
      const { generateAuthenticationOptions } = await library()
      const options: PublicKeyCredentialRequestOptionsJSON = await generateAuthenticationOptions({
        rpID: host,
        challenge: challenge(),
        allowCredentials: account === undefined ? [] : ofAccount.all(account).map(({ id }) => ({ id })),
        userVerification: 'preferred',
      })
      return options
    },
    /** Whether an answer is of a passkey of this account, to a challenge of ours that was not used before. */
    async check(account: string, answer: PasskeyAnswer, party: Party): Promise<boolean> {
      const held = one.get(answer.id, account)
      if (!held) return false
      const { verifyAuthenticationResponse } = await library()
      const { seen, terms } = expected(party)
      const credential = { id: held.id, publicKey: new Uint8Array(held.public_key), counter: held.counter }
      const read = await verifyAuthenticationResponse({ ...terms, response: answer as Answer, credential }).catch(() => undefined)
      if (read?.verified !== true) return false
      return write(() => !isSpent(seen.given) && used.run(read.authenticationInfo.newCounter, sources.now(), held.id).changes === 1)
    },
    rename: (account: string, id: string, name: string): boolean => write(() => rename.run(name, id, account).changes === 1),
    drop: (account: string, id: string): boolean => write(() => drop.run(id, account).changes === 1),
  }
}
