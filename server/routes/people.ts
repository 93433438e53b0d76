/** Signing in and out, and who one is. */
import { InviteView, AcceptInvite, Done, Me, SignedIn, SignIn } from '../../shared/api.ts'
import * as z from 'zod/mini'
import { as } from '../../shared/ids.ts'
import { instant } from '../../shared/time.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Account } from '../people/accounts.ts'
import { isPassword } from '../people/passwords.ts'
import { offlineMost, SESSION_MOST } from '../people/sessions.ts'
import type { App } from '../plugins/app.ts'
import { DEVICE_COOKIE, EVERYBODY, personOf, SESSION_COOKIE } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'

/** A device's cookie lasts as long as browsers let one last; each sign-in renews it. */
const DEVICE_SECONDS = 400 * 86_400

export function peopleRoutes(app: App, context: Context): void {
  const { accounts, attempts, config, log, receiptKey, sessions, store } = context
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: !config.loopback } as const

  /** Opens a web session on this device, which becomes one when it was none. */
  function welcome(account: Account, asked: SignIn, request: FastifyRequest, reply: FastifyReply): SignedIn {
    const { device, token } = sessions.recognize(request.cookies[DEVICE_COOKIE], asked.device, asked.deviceName, account.staff)
    reply.setCookie(DEVICE_COOKIE, token, { ...cookie, maxAge: DEVICE_SECONDS })
    reply.setCookie(SESSION_COOKIE, sessions.open(account, device), { ...cookie, maxAge: SESSION_MOST / 1000 })
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
      offlineUntil: instant(log.sources.now() + offlineMost),
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
    if (!right || account?.state !== 'active') {
      attempts.failed(key)
      throw new Refused(401, 'wrongPassword', 'The name or the password is not right.')
    }
    attempts.succeeded(key)
    return welcome(account, request.body, request, reply)
  })

  /** Ends the web session. What the device holds stays, and can still be sent. (S9) */
  app.post('/api/sign-out', { config: { may: 'anyone' }, schema: { response: { 200: Done } } }, (request, reply) => {
    sessions.close(request.cookies[SESSION_COOKIE], request.device ?? undefined)
    reply.clearCookie(SESSION_COOKIE, cookie)
    return { ok: true as const }
  })

  app.get('/api/me', { config: { may: EVERYBODY }, schema: { response: { 200: Me } } }, (request) => personOf(request))

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
