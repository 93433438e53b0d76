/** Signing in and out, and who one is. */
import { Done } from '../../shared/api.ts'
import { InviteView, AcceptInvite, ChangePassword, Me, SignedIn, SignIn } from '../../shared/api/people.ts'
import { Return } from '../../shared/api/lockers.ts'
import * as z from 'zod/mini'
import type { Context } from '../context.ts'
import { type Account, isLive } from '../people/accounts.ts'
import { isBreached } from '../people/breached.ts'
import { isEasy } from '../people/easyPasswords.ts'
import { isPassword } from '../people/passwords.ts'
import type { App } from '../plugins/app.ts'
import { cookieName, EVERYBODY, personOf, SESSION_COOKIE, sessionToken } from '../plugins/guard.ts'
import { Refused } from '../plugins/refuse.ts'
import { cookiesOf, openDoor } from './door.ts'

export function peopleRoutes(app: App, context: Context): void {
  const { accounts, attempts, knownDevices, log, sessions, signIns, store } = context
  const { cookie, isHttps } = cookiesOf(context.config)
  const SESSION = cookieName(SESSION_COOKIE, isHttps)
  const { checkMore, comeBack, welcome } = openDoor(context)

  /** One answer for every wrong pair of name and password, after the same work. */
  app.post('/api/sign-in', { config: { may: 'anyone' }, schema: { body: SignIn, response: { 200: SignedIn } } }, async (request, reply) => {
    const { username, password } = request.body
    const account = accounts.byName(username)
    // Tries of their own on a device are for those who came in on it before: else an account of one's own would make devices, and tries, without end.
    const isKnown = account !== undefined && request.device !== null && knownDevices.has(account.id, request.device.id)
    const key = `${username.trim().toLowerCase()} ${isKnown ? request.device?.id : 'new'}`
    if (!attempts.take(key))
      throw new Refused(429, 'tooManyTries', 'Too many tries. Wait a quarter of an hour, or ask for a link to set a new password.')
    const right = await isPassword(password, account?.password ?? null)
    // Meanwhile the password may have become another, or the account been closed.
    const now = account && accounts.byId(account.id)
    if (!right || !account || now?.password !== account.password || !isLive(now, log.sources.now())) {
      signIns.note(account?.id, request.device?.id, 'wrongPassword')
      throw new Refused(401, 'wrongPassword', 'The name or the password is not right.')
    }
    try {
      await checkMore(account, request.body, request, key)
    } catch (error) {
      if (error instanceof Refused) signIns.note(account.id, request.device?.id, error.code)
      throw error
    }
    attempts.succeeded(key)
    signIns.note(account.id, request.device?.id, 'password')
    return welcome(account, request.body, request, reply)
  })

  /** Somebody came back to a shared device and showed it a PIN. */
  app.post('/api/return', { config: { may: 'device' }, schema: { body: Return, response: { 200: SignedIn } } }, (request, reply) =>
    comeBack(request.body.grant, request, reply),
  )

  /** Ends the web session. What the device holds stays, and can still be sent. (S9) */
  app.post('/api/sign-out', { config: { may: 'anyone' }, schema: { response: { 200: Done } } }, (request, reply) => {
    sessions.close(sessionToken(request), request.device ?? undefined)
    reply.clearCookie(SESSION, cookie)
    return { ok: true as const }
  })

  /** The words somebody would try first for this person. */
  const wordsOf = (account: Account): string[] => [
    account.username,
    accounts.me(account)?.name ?? '',
    store.get('district', 'district')?.body.name ?? '',
  ]
  async function refuseEasy(password: string, account: Account): Promise<void> {
    if (isEasy(password, wordsOf(account)))
      throw new Refused(
        422,
        'easyPassword',
        'Others would try this password early. Take four or five words that have nothing to do with each other.',
      )
    if (await isBreached(password))
      throw new Refused(
        422,
        'breachedPassword',
        'This password, or what it is made of, is known from thefts elsewhere. Take four or five words that have nothing to do with each other.',
      )
  }

  /** Another password, for who knows the one before; every other session of the account ends. */
  app.post(
    '/api/password',
    { config: { may: EVERYBODY, early: true }, schema: { body: ChangePassword, response: { 200: Done } } },
    async (request) => {
      const account = accounts.byId(personOf(request).account)
      if (!account) throw new Error('somebody without an account is signed in')
      const key = `password ${account.id}`
      if (!attempts.take(key)) throw new Refused(429, 'tooManyTries', 'Too many tries. Wait a quarter of an hour.')
      if (account.password === null || !(await isPassword(request.body.current, account.password))) {
        signIns.note(account.id, request.device?.id, 'wrongPassword')
        throw new Refused(422, 'wrongCurrent', 'The password you have now is not right.')
      }
      attempts.succeeded(key)
      await refuseEasy(request.body.password, account)
      await accounts.setPassword(account, request.body.password, { session: sessionToken(request), device: request.device?.id })
      signIns.note(account.id, request.device?.id, 'passwordChanged')
      return { ok: true as const }
    },
  )

  app.get('/api/me', { config: { may: EVERYBODY, early: true }, schema: { response: { 200: Me } } }, (request) => personOf(request))

  const Token = z.object({ token: z.string().check(z.maxLength(100)) })

  app.get('/api/invites/:token', { config: { may: 'anyone' }, schema: { params: Token, response: { 200: InviteView } } }, (request) => {
    const account = accounts.invited(request.params.token)
    const me = account && accounts.me(account)
    if (!account || !me) throw new Refused(404, 'inviteGone', 'This link was used or is too old. Ask for a new one.')
    const district = store.get('district', 'district')?.body.name ?? ''
    return { name: me.name, username: account.username, role: account.role, district, again: account.state === 'active' }
  })

  app.post(
    '/api/invites/:token',
    { config: { may: 'anyone' }, schema: { params: Token, body: AcceptInvite, response: { 200: Done } } },
    async (request) => {
      const { token } = request.params
      const account = accounts.invited(token)
      if (account) await refuseEasy(request.body.password, account)
      if (!account || !(await accounts.accept(token, account, request.body.password))) {
        throw new Refused(404, 'inviteGone', 'This link was used or is too old. Ask for a new one.')
      }
      if (account.state === 'active') signIns.note(account.id, request.device?.id, 'passwordChanged')
      // Whoever guessed wrong before has the right one now.
      for (const device of [request.device?.id, 'new']) attempts.succeeded(`${account.username} ${device}`)
      return { ok: true as const }
    },
  )
}
