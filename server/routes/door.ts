/** What every way of signing in ends with: what is asked beyond who one is, and the session and device of whoever enters. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SignedIn, SignIn } from '../../shared/api.ts'
import { as } from '../../shared/ids.ts'
import { instant } from '../../shared/time.ts'
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import type { Account } from '../people/accounts.ts'
import { isPrivileged } from '../people/secondFactor.ts'
import { offlineMost, SESSION_MOST } from '../people/sessions.ts'
import { cookieName, DEVICE_COOKIE, deviceToken, SESSION_COOKIE, sessionToken } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'

/** A device's cookie lasts as long as browsers let one last; each sign-in renews it. */
const DEVICE_SECONDS = 400 * 86_400

type Entering = Pick<SignIn, 'code' | 'device' | 'deviceName' | 'enrolCode'>
/** What the district's provider vouched for. */
interface ByProvider {
  readonly factor: boolean
  /** Whether it asked the person just now who it is. */
  readonly isFresh: boolean
}

/** How cookies are set here, and whether people reach the server by TLS. */
export function cookiesOf({ loopback, url }: Config) {
  const isHttps = url?.startsWith('https:') ?? false
  return { isHttps, cookie: { path: '/', httpOnly: true, sameSite: 'strict', secure: isHttps || !loopback } as const }
}

/** The two steps of entering, once it is known who somebody is. */
export function openDoor(context: Context) {
  const { accounts, attempts, config, devices, log, receiptKey, secondFactor, sessions, store, trustPolicy } = context
  const { cookie, isHttps } = cookiesOf(config)
  const SESSION = cookieName(SESSION_COOKIE, isHttps)

  /** Opens a web session on this device, which becomes one when it was none. */
  function welcome(account: Account, asked: Entering, request: FastifyRequest, reply: FastifyReply, byProvider?: ByProvider): SignedIn {
    const { device, token } = sessions.recognize(deviceToken(request), asked.device, asked.deviceName, account.staff)
    const isHeldBack =
      trustPolicy.read().secondFactor && isPrivileged(account.role) && !secondFactor.isOn(account.id) && byProvider?.factor !== true
    reply.setCookie(cookieName(DEVICE_COOKIE, isHttps), token, { ...cookie, maxAge: DEVICE_SECONDS })
    if (isHeldBack) sessions.close(undefined, device)
    const session = sessions.open(account, device, isHeldBack, byProvider?.factor)
    // Whoever gave a password or a code has just shown who it is; a provider may have known already.
    const gaveCode = secondFactor.isOn(account.id) && byProvider?.factor !== true
    if (!byProvider || byProvider.isFresh || gaveCode) sessions.stepUp(session)
    // Whoever signs in where somebody is signed in takes that session's place.
    sessions.end(sessionToken(request))
    reply.setCookie(SESSION, session, { ...cookie, maxAge: SESSION_MOST / 1000 })
    const me = accounts.me(account)
    const district = store.get('district', 'district')
    if (!me || !district) throw notFound()
    return {
      me,
      device: { id: as(device.id), name: device.name },
      receiptKey: receiptKey.publicKey,
      epoch: log.epoch,
      district: district.body.name,
      sample: district.body.sample,
      offlineUntil: instant(Math.min(log.sources.now() + offlineMost, account.until ?? Number.MAX_SAFE_INTEGER)),
      secondFactorNeeded: isHeldBack,
    }
  }

  /** What is asked beyond a right password; it is only asked of somebody who gave one. */
  function checkMore(
    account: Account,
    { code, device, enrolCode }: Entering,
    request: FastifyRequest,
    key: string,
    isProved = false,
  ): void {
    if (secondFactor.isOn(account.id) && !isProved) {
      if (code === undefined || code === '')
        throw new Refused(401, 'secondFactor', 'Give the code of your authenticator app, or one from paper.')
      if (!secondFactor.check(account.id, code)) {
        attempts.failed(key)
        throw new Refused(401, 'wrongCode', 'This code is not right, or was used before. Wait for the next one.')
      }
    }
    if (request.device?.revokedAt) throw new Refused(403, 'deviceRevoked', 'This device was revoked. Ask your coordinator for another.')
    if (request.device || !trustPolicy.read().enrolByCode || (device !== undefined && sessions.used(device, account.staff))) return
    if (enrolCode === undefined || enrolCode === '')
      throw new Refused(403, 'enrolCode', 'This browser is not a device of the district yet. Ask your coordinator for a code.')
    if (!devices.useCode(enrolCode)) {
      attempts.failed(key)
      throw new Refused(403, 'wrongEnrolCode', 'This code is not right, was used, or is older than ten minutes. Ask for another.')
    }
  }

  return { checkMore, welcome }
}
