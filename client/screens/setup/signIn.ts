import { NOTHING_HELD, SignedIn } from '../../../shared/api/people.ts'
import type { PasskeyAnswer } from '../../../shared/api/passkeys.ts'
import { SsoBegun } from '../../../shared/api/sso.ts'
import { useDevice } from '../../log/useAttendance.ts'
import type { Reply } from '../../sync/http.ts'
import { api } from '../../sync/http.ts'
import { useWords } from '../../words/index.ts'
import { deviceName } from './deviceName.ts'

/** What the server may ask for beyond a password. */
export interface Asked {
  readonly code?: string
  readonly enrolCode?: string
}
/** With what a passkey answered, which is good once. */
type Given = Asked & { readonly passkey?: PasskeyAnswer | undefined }

/** Signing in. This browser becomes a device of the district by it, or stays the one it was. */
export function useSignIn(): (username: string, password: string, more?: Given) => Promise<Reply<SignedIn>> {
  const { session } = useDevice()
  const { setup } = useWords()
  return async (username, password, more) => {
    const device = (await session.heldDevice()) ?? NOTHING_HELD
    return api(SignedIn, 'POST', '/api/sign-in', {
      username,
      password,
      deviceName: deviceName(navigator.userAgent, setup.someDevice),
      device,
      ...more,
    })
  }
}

/** What was asked for with the refusal of a sign-in, beside what was typed for it already. */
export function askedBy(reply: Reply<unknown>, more: Asked): Asked {
  if (reply.kind !== 'refused') return more
  if (reply.code === 'secondFactor') return { ...more, code: '' }
  return reply.code === 'enrolCode' ? { ...more, enrolCode: '' } : more
}

const WHERE_FROM = 'recoup-before-sign-in'
/** The page from which somebody went to show again who it is; the first one when that is not known. */
export function takeWhereFrom(): string {
  const path = sessionStorage.getItem(WHERE_FROM) ?? '/'
  sessionStorage.removeItem(WHERE_FROM)
  return path
}

/** Goes to the district's own sign-in. `fresh` has it ask again who one is, `back` leads to this page again. */
export async function goToProvider(fresh: boolean, back: boolean): Promise<Reply<{ readonly url: string }>> {
  const reply = await api(SsoBegun, 'POST', '/api/sso/begin', { fresh })
  if (back) sessionStorage.setItem(WHERE_FROM, window.location.pathname)
  if (reply.kind === 'ok') window.location.assign(reply.value.url)
  return reply
}

/** Hands over what the provider sent back with this browser. */
export function useFinishSso(): (query: string, more: Given) => Promise<Reply<SignedIn>> {
  const { session } = useDevice()
  const { setup } = useWords()
  return async (query, more) => {
    const device = (await session.heldDevice()) ?? NOTHING_HELD
    return api(SignedIn, 'POST', '/api/sso/finish', {
      query,
      deviceName: deviceName(navigator.userAgent, setup.someDevice),
      device,
      ...more,
    })
  }
}
