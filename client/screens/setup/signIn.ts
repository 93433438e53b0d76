import { SignedIn } from '../../../shared/api.ts'
import type { Reply } from '../../sync/http.ts'
import { api } from '../../sync/http.ts'
import { deviceName } from './deviceName.ts'

/** Signs in. This browser becomes a device of the district by it, when it was none. */
export const signIn = (username: string, password: string, fallbackName: string): Promise<Reply<SignedIn>> =>
  api(SignedIn, 'POST', '/api/sign-in', { username, password, deviceName: deviceName(navigator.userAgent, fallbackName) })
