/** Signing in and out, and who one is. */
import { InviteView, AcceptInvite, Done, Me, SignedIn, SignIn } from '../../shared/api.ts'
import * as z from 'zod/mini'
import { as } from '../../shared/ids.ts'
import { instant } from '../../shared/time.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { type Account, isLive } from '../people/accounts.ts'
import { isPassword } from '../people/passwords.ts'
import { isPrivileged } from '../people/secondFactor.ts'
import { offlineMost, SESSION_MOST } from '../people/sessions.ts'
import type { App } from '../plugins/app.ts'
import { cookieName, DEVICE_COOKIE, deviceToken, EVERYBODY, personOf, SESSION_COOKIE, sessionToken } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'

/** A device's cookie lasts as long as browsers let one last; each sign-in renews it. */
const DEVICE_SECONDS = 400 * 86_400

export function peopleRoutes(app: App, context: Context): void {
  const { accounts, attempts, config, devices, log, receiptKey, secondFactor, sessions, store, trustPolicy } = context
  const isHttps = config.url?.startsWith('https:') ?? false
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: isHttps || !config.loopback } as const
  const SESSION = cookieName(SESSION_COOKIE, isHttps)

  /** Opens a web session on this device, which becomes one when it was none. */
  function welcome(account: Account, asked: SignIn, request: FastifyRequest, reply: FastifyReply): SignedIn {
    const { device, token } = sessions.recognize(deviceToken(request), asked.device, asked.deviceName, account.staff)
    const isHeldBack = trustPolicy.read().secondFactor && isPrivileged(account.role) && !secondFactor.isOn(account.id)
    reply.setCookie(cookieName(DEVICE_COOKIE, isHttps), token, { ...cookie, maxAge: DEVICE_SECONDS })
    if (isHeldBack) sessions.close(undefined, device)
    const session = sessions.open(account, device, isHeldBack)
    if (secondFactor.isOn(account.id)) sessions.stepUp(session)
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
  function checkMore(account: Account, { code, device, enrolCode }: SignIn, request: FastifyRequest, key: string): void {
    if (secondFactor.isOn(account.id)) {
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

  /** One answer for every wrong pair of name and password, after the same work. */
  app.post('/api/sign-in', { config: { may: 'anyone' }, schema: { body: SignIn, response: { 200: SignedIn } } }, async (request, reply) => {
    const { username, password } = request.body
    const key = `${username.trim().toLowerCase()} ${request.device?.id ?? 'new'}`
    if (attempts.wait(key) > 0)
      throw new Refused(429, 'tooManyTries', 'Too many tries. Wait a quarter of an hour, or ask for a new invitation.')
    const account = accounts.byName(username)
    const right = await isPassword(password, account?.password ?? null)
    if (!right || !account || !isLive(account, log.sources.now())) {
      attempts.failed(key)
      throw new Refused(401, 'wrongPassword', 'The name or the password is not right.')
    }
    checkMore(account, request.body, request, key)
    attempts.succeeded(key)
    return welcome(account, request.body, request, reply)
  })

  /** Ends the web session. What the device holds stays, and can still be sent. (S9) */
  app.post('/api/sign-out', { config: { may: 'anyone' }, schema: { response: { 200: Done } } }, (request, reply) => {
    sessions.close(sessionToken(request), request.device ?? undefined)
    reply.clearCookie(SESSION, cookie)
    return { ok: true as const }
  })

  app.get('/api/me', { config: { may: EVERYBODY, early: true }, schema: { response: { 200: Me } } }, (request) => personOf(request))

  const Token = z.object({ token: z.string().check(z.maxLength(100)) })

  app.get('/api/invites/:token', { config: { may: 'anyone' }, schema: { params: Token, response: { 200: InviteView } } }, (request) => {
    const account = accounts.invited(request.params.token)
    const me = account && accounts.me(account)
    if (!account || !me) throw new Refused(404, 'inviteGone', 'This link was used or is too old. Ask for a new one.')
    return { name: me.name, username: account.username, role: account.role, district: store.get('district', 'district')?.body.name ?? '' }
  })

  app.post(
    '/api/invites/:token',
    { config: { may: 'anyone' }, schema: { params: Token, body: AcceptInvite, response: { 200: Done } } },
    async (request) => {
      const { token } = request.params
      const account = accounts.invited(token)
      if (!account || !(await accounts.accept(token, account, request.body.password))) {
        throw new Refused(404, 'inviteGone', 'This link was used or is too old. Ask for a new one.')
      }
      return { ok: true as const }
    },
  )
}
