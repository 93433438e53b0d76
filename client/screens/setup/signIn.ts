import { NOTHING_HELD, SignedIn } from '../../../shared/api.ts'
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

/** Signing in. This browser becomes a device of the district by it, or stays the one it was. */
export function useSignIn(): (username: string, password: string, more?: Asked) => Promise<Reply<SignedIn>> {
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
