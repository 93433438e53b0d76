/** Passkeys in this browser: made for, and answering to, a challenge of the server. */
import { startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser'
import { type NewPasskey, type PasskeyAnswer, PasskeyOptions } from '../../shared/api/passkeys.ts'
import { RecoveryCodes } from '../../shared/api/trust.ts'
import { api, type Reply } from '../sync/http.ts'

type Stopped = Extract<Reply<never>, { kind: 'refused' }>

/** Why it did not come to an answer, as if the server had refused: one place says it in words. */
function stopped(error: unknown): Stopped {
  const { code } = error instanceof WebAuthnError ? error : { code: '' }
  const why =
    code === 'ERROR_INVALID_DOMAIN' || code === 'ERROR_INVALID_RP_ID'
      ? 'passkeyAddress'
      : code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
        ? 'passkeyHeld'
        : 'passkeyStopped'
  return { kind: 'refused', status: 0, code: why, message: error instanceof Error ? error.message : '' }
}

/** Asks for a passkey of this browser, or of a telephone beside it. */
export async function answerWithPasskey(): Promise<Reply<PasskeyAnswer>> {
  const asked = await api(PasskeyOptions, 'POST', '/api/passkeys/ask')
  if (asked.kind !== 'ok') return asked
  try {
    // The options are the server's own, made by the other half of the same library.
    const value = await startAuthentication({ optionsJSON: asked.value.options as never })
    return { kind: 'ok', value: value as PasskeyAnswer }
  } catch (error) {
    return stopped(error)
  }
}

/** Makes a passkey and has the server keep it. Gives the codes for paper, when it is the first factor. */
export async function makePasskey(name: string): Promise<Reply<RecoveryCodes>> {
  const begun = await api(PasskeyOptions, 'POST', '/api/passkeys/begin')
  if (begun.kind !== 'ok') return begun
  try {
    const made = await startRegistration({ optionsJSON: begun.value.options as never })
    return await api(RecoveryCodes, 'POST', '/api/passkeys', { name, made } as NewPasskey)
  } catch (error) {
    return stopped(error)
  }
}
