/** Passkeys: made, named, removed, and the challenges they answer to. */
import type { FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import { Done } from '../../shared/api.ts'
import { ChangePasskey, NewPasskey, PasskeyOptions } from '../../shared/api/passkeys.ts'
import { RecoveryCodes } from '../../shared/api/trust.ts'
import type { Context } from '../context.ts'
import { MOST_PASSKEYS } from '../people/passkeys.ts'
import type { App } from '../plugins/app.ts'
import { EVERYBODY, personOf, sessionToken } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'
import { partyOf } from './door.ts'

const One = z.object({ passkey: z.string().check(z.minLength(1), z.maxLength(1400)) })

export function passkeyRoutes(app: App, context: Context): void {
  const { accounts, config, passkeys, secondFactor, sessions, store } = context
  const early = { may: EVERYBODY, early: true } as const

  /** What is on is only changed by who has just shown it. */
  function fresh(request: FastifyRequest): string {
    const { account } = personOf(request)
    if (secondFactor.isOn(account) && !sessions.isSteppedUp(sessionToken(request)))
      throw new Refused(403, 'stepUp', 'Show again that it is you: give a code of your second factor, or use a passkey.')
    return account
  }

  /** For a sign-in, or to show again who one is. To strangers it names no key of anybody. */
  app.post('/api/passkeys/ask', { config: { may: 'anyone' }, schema: { response: { 200: PasskeyOptions } } }, async (request) => ({
    options: { ...(await passkeys.ask(request.me?.account, partyOf(config, request))) },
  }))

  app.post('/api/passkeys/begin', { config: early, schema: { response: { 200: PasskeyOptions } } }, async (request) => {
    const account = fresh(request)
    if (passkeys.of(account).length >= MOST_PASSKEYS)
      throw new Refused(409, 'manyPasskeys', `There are ${MOST_PASSKEYS} passkeys already. Remove one first.`)
    const user = { username: accounts.byId(account)?.username ?? '', name: personOf(request).name }
    const district = store.get('district', 'district')?.body.name ?? 'Recoup'
    return { options: { ...(await passkeys.begin(account, user, district, partyOf(config, request))) } }
  })

  /** Codes for paper come with the first one, when there are none yet. */
  app.post('/api/passkeys', { config: early, schema: { body: NewPasskey, response: { 200: RecoveryCodes } } }, async (request) => {
    const account = fresh(request)
    const wasOn = secondFactor.isOn(account)
    const codes = await passkeys.keep(account, request.body, partyOf(config, request), () => {
      // Meanwhile one may have been set up elsewhere, which ended this session.
      if (!sessions.account(sessionToken(request))) throw new Refused(401, 'signIn', 'Sign in first.')
      if (wasOn) return []
      sessions.proveHere(personOf(request), sessionToken(request), request.device)
      return secondFactor.paper(account)
    })
    if (!codes) throw new Refused(422, 'noPasskey', 'The passkey could not be kept. Try again.')
    sessions.stepUp(sessionToken(request))
    return { codes }
  })

  app.patch(
    '/api/passkeys/:passkey',
    { config: early, schema: { params: One, body: ChangePasskey, response: { 200: Done } } },
    (request) => {
      if (!passkeys.rename(fresh(request), request.params.passkey, request.body.name)) throw notFound()
      return { ok: true as const }
    },
  )

  app.post('/api/passkeys/:passkey/remove', { config: early, schema: { params: One, response: { 200: Done } } }, (request) => {
    if (!passkeys.drop(fresh(request), request.params.passkey)) throw notFound()
    return { ok: true as const }
  })
}
