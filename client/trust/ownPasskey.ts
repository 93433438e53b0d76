/**
 * A passkey of this device alone. The server never hears of it: what it answers to a question of ours (WebAuthn, extension `prf`) is a secret
 * that opens a locker without a network. The device asks for finger, face or its own code first.
 */
import type { PasskeyAnswer, PasskeyWrap } from './wrap.ts'

/** `unable`: this device, browser or address cannot. `stopped`: nobody answered, or somebody changed their mind. */
export type PasskeyFault = 'unable' | 'stopped'

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length))
const bytesOf = (source: BufferSource): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    ArrayBuffer.isView(source) ? source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength) : source,
  ) as Uint8Array<ArrayBuffer>

/** Passkeys belong to a name; at a bare number there are none. */
const isNumber = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(':')

/** Whether this device can be asked at all. */
export async function canOpenByPasskey(): Promise<boolean> {
  if (!('PublicKeyCredential' in globalThis) || isNumber(location.hostname)) return false
  try {
    const can = await PublicKeyCredential.getClientCapabilities?.()
    return can?.['extension:prf'] !== false && (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable())
  } catch {
    return false
  }
}

/** Makes one, under `name` in the device's own list, and has it answer once. */
export async function makeOwnPasskey(name: string): Promise<PasskeyAnswer | PasskeyFault> {
  const salt = random(32)
  return tried(async () => {
    const made = await navigator.credentials.create({
      publicKey: {
        rp: { name: 'Recoup' },
        user: { id: random(16), name, displayName: name },
        challenge: random(32),
        pubKeyCredParams: [-7, -257].map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { authenticatorAttachment: 'platform', residentKey: 'discouraged', userVerification: 'required' },
        extensions: { prf: { eval: { first: salt } } },
      },
    })
    if (!(made instanceof PublicKeyCredential)) return 'unable'
    const { prf } = made.getClientExtensionResults()
    if (!prf?.enabled) return 'unable'
    const credential = new Uint8Array(made.rawId)
    // Not every device answers in the same breath.
    const answer = prf.results?.first ? bytesOf(prf.results.first) : await askOwnPasskey({ credential, salt })
    return typeof answer === 'string' ? answer : { credential, salt, answer }
  })
}

/** What the passkey answers: 32 bytes, the same each time. */
export async function askOwnPasskey({
  credential,
  salt,
}: Pick<PasskeyWrap, 'credential' | 'salt'>): Promise<PasskeyAnswer['answer'] | PasskeyFault> {
  return tried(async () => {
    const given = await navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: 'public-key', id: credential, transports: ['internal'] }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: salt } } },
      },
    })
    const first = given instanceof PublicKeyCredential ? given.getClientExtensionResults().prf?.results?.first : undefined
    return first ? bytesOf(first) : 'unable'
  })
}

async function tried<T>(ask: () => Promise<T>): Promise<T | PasskeyFault> {
  try {
    return await ask()
  } catch (error) {
    return error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError') ? 'stopped' : 'unable'
  }
}
