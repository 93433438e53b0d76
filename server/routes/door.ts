/** What every way of signing in ends with: what is asked beyond who one is, and the session and device of whoever enters. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SignedIn, SignIn } from '../../shared/api/people.ts'
import type { Receipt } from '../../shared/api/sync.ts'
import { as } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import { signInRecord } from '../log/signedIn.ts'
import type { Account } from '../people/accounts.ts'
import type { Party } from '../people/passkeys.ts'
import { isPrivileged } from '../people/secondFactor.ts'
import { type Device, SESSION_MOST } from '../people/sessions.ts'
import { cookieName, DEVICE_COOKIE, deviceOf, deviceToken, SESSION_COOKIE, sessionToken } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'
import { tryCode } from './tryCode.ts'

/** A device's cookie lasts as long as browsers let one last; each sign-in renews it. */
const DEVICE_SECONDS = 400 * 86_400

/** Refusals of something that was given and is not right. */
const WRONG: ReadonlySet<string> = new Set(['wrongCode', 'wrongPasskey', 'wrongEnrolCode'])

type Entering = Pick<SignIn, 'code' | 'device' | 'deviceName' | 'enrolCode' | 'passkey'>
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

/** Whom a passkey is for: the address people use, which is the one that is set, or else the one that was asked. */
export function partyOf({ url }: Config, request: FastifyRequest): Party {
  const { hostname, origin } = new URL(url ?? `${request.protocol}://${request.host}`)
  return { host: hostname, origin }
}

/** The two steps of entering, once it is known who somebody is. */
export function openDoor(context: Context) {
  const { accounts, attempts, config, devices, grants, log, passkeys, receiptKey, secondFactor, sessions, store, trustPolicy } = context
  const { cookie, isHttps } = cookiesOf(config)
  const SESSION = cookieName(SESSION_COOKIE, isHttps)

  /** Opens a web session on this device, which becomes one when it was none. */
  function welcome(account: Account, asked: Entering, request: FastifyRequest, reply: FastifyReply, byProvider?: ByProvider): SignedIn {
    const { device, token } = sessions.recognize(deviceToken(request), asked.device, asked.deviceName, account.staff)
    const isHeldBack = lacksFactor(account, byProvider?.factor)
    reply.setCookie(cookieName(DEVICE_COOKIE, isHttps), token, { ...cookie, maxAge: DEVICE_SECONDS })
    if (isHeldBack) sessions.close(undefined, device)
    // Whoever gave a password or a code has just shown who it is; a provider may have known already.
    const gaveCode = secondFactor.isOn(account.id) && byProvider?.factor !== true
    const session = sessions.open(account, device, { isHeldBack, providerFactor: byProvider?.factor, isProved: gaveCode })
    if (!byProvider || byProvider.isFresh || gaveCode) sessions.stepUp(session)
    // Whoever signs in where somebody is signed in takes that session's place.
    sessions.end(sessionToken(request))
    reply.setCookie(SESSION, session, { ...cookie, maxAge: SESSION_MOST / 1000 })
    return told(account, device, isHeldBack, { factor: byProvider?.factor, proved: gaveCode })
  }

  const lacksFactor = (account: Account, byProvider: boolean | undefined): boolean =>
    trustPolicy.read().secondFactor && isPrivileged(account.role) && !secondFactor.isOn(account.id) && byProvider !== true

  /**
   * Somebody came back to a shared device and showed it a PIN: the grant says who. The device is theirs again. A web session goes with it for
   * those who see only their own class; for others only within twelve hours of their password.
   */
  function comeBack(grant: Receipt, request: FastifyRequest, reply: FastifyReply): SignedIn {
    const device = deviceOf(request)
    const held = device.revokedAt === null ? grants.accountOf(grant, device.id) : undefined
    if (!held)
      throw new Refused(401, 'signIn', 'This sign-in has ended. Sign in with your password. What is recorded here is sent all the same.')
    const { account, since, factor } = held
    const isHere = request.me?.account === account.id
    // A session that is still theirs says it for a grant from before the second factor was set up in it.
    const proved = held.proved || (isHere && sessions.hasProved(sessionToken(request)))
    if (secondFactor.isOn(account.id) && !factor && !proved)
      throw new Refused(401, 'signIn', 'Sign in with your password and your second factor. What is recorded here is sent all the same.')
    const isHeldBack = lacksFactor(account, factor)
    if (!isHere) {
      sessions.close(sessionToken(request), device)
      if (!isPrivileged(account.role) || log.sources.now() - since < SESSION_MOST)
        reply.setCookie(SESSION, sessions.open(account, device, { isHeldBack, providerFactor: factor, isProved: proved }), {
          ...cookie,
          maxAge: SESSION_MOST / 1000,
        })
      else reply.clearCookie(SESSION, cookie)
    }
    if (!isHeldBack) sessions.bind(account.staff, device)
    return told(account, device, isHeldBack, { since, factor, proved })
  }

  /** What a device keeps of its person. */
  function told(
    account: Account,
    device: Device,
    isHeldBack: boolean,
    given: { readonly since?: Instant | undefined; readonly factor: boolean | undefined; readonly proved: boolean },
  ): SignedIn {
    const me = accounts.me(account)
    const district = store.get('district', 'district')
    if (!me || !district) throw notFound()
    const { grant, until } = grants.give(account, device.id, given)
    return {
      me,
      device: { id: as(device.id), name: device.name },
      receiptKey: receiptKey.publicKey,
      epoch: log.epoch,
      district: district.body.name,
      sample: district.body.sample,
      offlineUntil: until,
      ...(!isHeldBack && { signInRecord: signInRecord(receiptKey, device.id, account.staff, log.sources.now()) }),
      grant,
      username: account.username,
      pinNeeded: trustPolicy.read().pinNeeded,
      secondFactorNeeded: isHeldBack,
    }
  }

  /** What is asked beyond a right password; it is only asked of somebody who gave one. What was only asked for is no try of `key`. */
  async function checkMore(account: Account, asked: Entering, request: FastifyRequest, key: string, isProved = false): Promise<void> {
    try {
      if (secondFactor.isOn(account.id) && !isProved) await checkFactor(account, asked, request)
      checkDevice(account, asked, request)
    } catch (error) {
      if (!(error instanceof Refused && WRONG.has(error.code))) attempts.giveBack(key)
      throw error
    }
  }

  async function checkFactor(account: Account, { code, passkey }: Entering, request: FastifyRequest): Promise<void> {
    if (passkey === undefined && (code === undefined || code === ''))
      throw new Refused(401, 'secondFactor', 'Give the code of your authenticator app, or one from paper, or use a passkey.')
    const right = passkey
      ? await passkeys.check(account.id, passkey, partyOf(config, request))
      : code !== undefined && tryCode(context, account.id, code)
    if (right) return
    if (passkey) throw new Refused(401, 'wrongPasskey', 'This passkey is not one of this account. Use another, or a code.')
    throw new Refused(401, 'wrongCode', 'This code is not right, or was used before. Wait for the next one.')
  }

  function checkDevice(account: Account, { device, enrolCode }: Entering, request: FastifyRequest): void {
    if (request.device?.revokedAt) throw new Refused(403, 'deviceRevoked', 'This device was revoked. Ask your coordinator for another.')
    if (request.device || !trustPolicy.read().enrolByCode || (device !== undefined && sessions.used(device, account.staff))) return
    if (enrolCode === undefined || enrolCode === '')
      throw new Refused(403, 'enrolCode', 'This browser is not a device of the district yet. Ask your coordinator for a code.')
    if (!devices.useCode(enrolCode))
      throw new Refused(403, 'wrongEnrolCode', 'This code is not right, was used, or is older than ten minutes. Ask for another.')
  }

  return { checkMore, comeBack, welcome }
}
