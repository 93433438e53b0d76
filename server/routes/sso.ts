/** Signing in at the district's own provider: there and back again. */
import { SignedIn } from '../../shared/api/people.ts'
import { BeginSso, FinishSso, SsoBegun } from '../../shared/api/sso.ts'
import type { Context } from '../context.ts'
import type { Account } from '../people/accounts.ts'
import { openProvider, type Provider } from '../people/provider.ts'
import { type NotOurs, openSingleSignOn, type Request, type SingleSignOn } from '../people/singleSignOn.ts'
import type { App } from '../plugins/app.ts'
import { cookieName, ssoToken, SSO_COOKIE } from '../plugins/guard.ts'
import { Refused } from '../plugins/refuse.ts'
import { cookiesOf, openDoor } from './door.ts'

const MINUTES = 10
/** The page of the app that the provider sends people back to. */
export const RETURN_PATH = '/sso/return'

const NOT_OURS: Readonly<Record<NotOurs, () => Refused>> = {
  unknown: () =>
    new Refused(
      403,
      'ssoUnknown',
      'Recoup has no one person of the staff with your e-mail address. Ask your school’s office to put it in your record.',
    ),
  noRole: () =>
    new Refused(403, 'ssoNoRole', 'You are on the staff list, but nobody gave you a role in Recoup. Ask your coordinator to invite you.'),
  otherPerson: () =>
    new Refused(
      403,
      'ssoOther',
      'The account with your e-mail address belongs to somebody else of the district’s sign-in. Ask an administrator to close it and open it again.',
    ),
  closed: () => new Refused(403, 'ssoClosed', 'Your account here was closed, or its time has ended. Ask an administrator.'),
}
const again = (): Refused =>
  new Refused(401, 'ssoAgain', 'This sign-in was begun in another browser, was used before, or is older than ten minutes. Begin again.')
const down = (): Refused =>
  new Refused(503, 'ssoDown', 'The district’s sign-in does not answer. Try again, or sign in with a user name and a password.')

export function ssoRoutes(app: App, context: Context): void {
  const { accounts, attempts, config, log, store } = context
  const { cookie, isHttps } = cookiesOf(config)
  const COOKIE = cookieName(SSO_COOKIE, isHttps)
  const { checkMore, welcome } = openDoor(context)
  const { sso } = config
  const held = sso && {
    provider: openProvider(sso, new URL(RETURN_PATH, config.url).href),
    signOn: openSingleSignOn(log, store, accounts, sso.issuer, sso.roles),
  }
  const set = (): { provider: Provider; signOn: SingleSignOn } => {
    if (!held) throw new Refused(404, 'ssoOff', 'Single sign-on is not set up here. Sign in with a user name and a password.')
    return held
  }

  app.post(
    '/api/sso/begin',
    { config: { may: 'anyone' }, schema: { body: BeginSso, response: { 200: SsoBegun } } },
    async (request, reply) => {
      const { provider, signOn } = set()
      const { browser, ...asked } = signOn.begin(request.body.fresh === true)
      const url = await provider.addressOf(asked)
      if (url === undefined) throw down()
      reply.setCookie(COOKIE, browser, { ...cookie, maxAge: MINUTES * 60 })
      return { url }
    },
  )

  /** Sent once more with what was asked for besides, it goes on where it was: the provider is asked once. */
  app.post(
    '/api/sso/finish',
    { config: { may: 'anyone' }, schema: { body: FinishSso, response: { 200: SignedIn } } },
    async (request, reply) => {
      const { provider, signOn } = set()
      const { query } = request.body
      const state = new URLSearchParams(query).get('state') ?? ''
      const taken = signOn.take(state, ssoToken(request) ?? '', query)
      if (!taken) throw again()
      const { account, factor } = await who(taken, state, query, provider, signOn)
      if (request.me && request.me.account !== account.id)
        throw new Refused(409, 'somebodyElse', 'Somebody else is signed in on this device. Sign out first; nothing on it is lost.')
      const key = `sso ${account.id}`
      if (!attempts.take(key)) throw new Refused(429, 'tooManyTries', 'Too many tries. Wait a quarter of an hour.')
      await checkMore(account, request.body, request, key, factor)
      if (!signOn.use(state)) throw again()
      attempts.succeeded(key)
      context.signIns.note(account.id, request.device?.id, 'provider')
      reply.clearCookie(COOKIE, cookie)
      return welcome(account, request.body, request, reply, { factor, isFresh: taken.asked.fresh })
    },
  )

  /** The account of whoever came back, as proved now or a moment ago. */
  async function who(
    { asked, proved }: Request,
    state: string,
    query: string,
    provider: Provider,
    signOn: SingleSignOn,
  ): Promise<{ account: Account; factor: boolean }> {
    if (proved) {
      const account = accounts.byId(proved.account)
      if (account?.state !== 'active') throw NOT_OURS.closed()
      return { account, factor: proved.factor }
    }
    const named = await provider.read(query, asked)
    if (named === 'down') throw down()
    if (named === 'refused')
      throw new Refused(
        401,
        'ssoRefused',
        'The district’s sign-in did not confirm who you are. Begin again; if it stays so, tell an administrator.',
      )
    const account = signOn.enter(state, named)
    if (typeof account === 'string') {
      context.signIns.note(undefined, undefined, `sso ${account}`)
      throw NOT_OURS[account]()
    }
    return { account, factor: named.factor }
  }
}
