/** Where one is signed in oneself, and ending it there. */
import type { FastifyRequest } from 'fastify'
import { Done } from '../../shared/api.ts'
import { EndSignIn, OwnSignIns } from '../../shared/api/passkeys.ts'
import type { Context } from '../context.ts'
import type { Account } from '../people/accounts.ts'
import type { App } from '../plugins/app.ts'
import { EVERYBODY, personOf, sessionToken } from '../plugins/guard.ts'
import { notFound } from '../plugins/refuse.ts'

export function ownSignInRoutes(app: App, { accounts, endElsewhere, sessions }: Context): void {
  const early = { may: EVERYBODY, early: true } as const
  function mine(request: FastifyRequest): Account {
    const account = accounts.byId(personOf(request).account)
    if (!account) throw notFound()
    return account
  }

  app.get('/api/signed-in', { config: early, schema: { response: { 200: OwnSignIns } } }, (request) => ({
    signIns: sessions.own(mine(request), sessionToken(request)),
  }))

  /** What the tablet there holds stays, and is sent. (S9) */
  app.post('/api/signed-in/end', { config: early, schema: { body: EndSignIn, response: { 200: Done } } }, (request) => {
    const { which } = request.body
    if (which === 'others') endElsewhere(mine(request), { session: sessionToken(request), device: request.device?.id })
    else if (!sessions.endOwn(mine(request), sessionToken(request), which)) throw notFound()
    return { ok: true as const }
  })
}
