/** Second factors, and what the district asks for beyond passwords. */
import type { FastifyRequest } from 'fastify'
import { Done } from '../../shared/api.ts'
import {
  Code,
  RecoveryCodes,
  SecondFactorBegun,
  SecondFactorState,
  StepUp,
  StepUpState,
  ChangeTrust,
  TrustPolicy,
} from '../../shared/api/trust.ts'
import type { Context } from '../context.ts'
import { isPassword } from '../people/passwords.ts'
import { isPrivileged } from '../people/secondFactor.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, EVERYBODY, personOf, sessionToken } from '../plugins/guard.ts'
import { Refused } from '../plugins/refuse.ts'
import { partyOf } from './door.ts'
import { tryCode } from './tryCode.ts'

export function trustRoutes(app: App, context: Context): void {
  const { accounts, attempts, config, disclosures, passkeys, secondFactor, sessions, store, trustPolicy } = context
  const state = (account: string, isAsked: boolean) => {
    const on = secondFactor.isOn(account)
    return {
      ...{ on, needed: isAsked && !on, recoveryLeft: secondFactor.recoveryLeft(account) },
      ...{ app: secondFactor.hasApp(account), passkeys: passkeys.of(account) },
    }
  }
  const early = { may: EVERYBODY, early: true } as const

  app.get('/api/second-factor', { config: early, schema: { response: { 200: SecondFactorState } } }, (request) => {
    const { account, role } = personOf(request)
    return state(account, trustPolicy.read().secondFactor && isPrivileged(role))
  })

  /** One that is on must be proved before another takes its place. */
  app.post('/api/second-factor/begin', { config: early, schema: { response: { 200: SecondFactorBegun } } }, (request) => {
    const { account } = personOf(request)
    if (secondFactor.isOn(account) && !sessions.isSteppedUp(sessionToken(request)))
      throw new Refused(403, 'stepUp', 'Show again that it is you: give a code of your second factor.')
    const secret = secondFactor.begin(account)
    const issuer = encodeURIComponent(store.get('district', 'district')?.body.name ?? 'Recoup')
    const name = encodeURIComponent(accounts.byId(account)?.username ?? '')
    return { secret, uri: `otpauth://totp/${issuer}:${name}?secret=${secret}&issuer=${issuer}` }
  })

  app.post('/api/second-factor/confirm', { config: early, schema: { body: Code, response: { 200: RecoveryCodes } } }, (request) => {
    const { account } = personOf(request)
    limit(`second factor ${account}`)
    const codes = secondFactor.confirm(account, request.body.code)
    if (!codes) throw new Refused(422, 'wrongCode', 'This code is not right. Look at the clock of your telephone, and try the next one.')
    attempts.succeeded(`second factor ${account}`)
    sessions.proveHere(personOf(request), sessionToken(request), request.device)
    return { codes }
  })

  /** A code where there is a second factor; the provider where it vouched for one, or where there is no password; else the password. */
  function wayOf(request: FastifyRequest): StepUpState['way'] {
    const { account } = personOf(request)
    if (secondFactor.isOn(account)) return 'code'
    return sessions.hasProviderFactor(sessionToken(request)) || accounts.byId(account)?.password === null ? 'provider' : 'password'
  }

  app.get('/api/step-up', { config: early, schema: { response: { 200: StepUpState } } }, (request) => ({
    fresh: sessions.isSteppedUp(sessionToken(request)),
    way: wayOf(request),
    passkeys: passkeys.of(personOf(request).account).length > 0,
    provider: config.sso?.name ?? '',
    filesLeft: disclosures.filesLeft(personOf(request).staff),
  }))

  /** Good for five minutes: for taking records away in bulk, and for changing the second factor. */
  app.post('/api/step-up', { config: early, schema: { body: StepUp, response: { 200: Done } } }, async (request) => {
    const { account } = personOf(request)
    const key = `step up ${account}`
    const { code, passkey, password } = request.body
    const held = accounts.byId(account)?.password ?? null
    const way = wayOf(request)
    // Codes are counted where they are tried.
    if (way !== 'code' || code === undefined) limit(key)
    const right =
      (way === 'code' && code !== undefined && tryCode(context, account, code)) ||
      (way === 'code' && passkey !== undefined && (await passkeys.check(account, passkey, partyOf(config, request)))) ||
      (way === 'password' && password !== undefined && (await isPassword(password, held)))
    if (!right) throw new Refused(422, 'wrongCode', 'This is not right. Try again.')
    attempts.succeeded(key)
    sessions.stepUp(sessionToken(request))
    return { ok: true as const }
  })

  app.get('/api/trust', { config: { may: COORDINATORS }, schema: { response: { 200: TrustPolicy } } }, () => trustPolicy.read())

  app.put(
    '/api/trust',
    { config: { may: ['district', 'administrator'] }, schema: { body: ChangeTrust, response: { 200: Done } } },
    (request) => {
      trustPolicy.set(request.body)
      return { ok: true as const }
    },
  )

  function limit(key: string): void {
    if (!attempts.take(key)) throw new Refused(429, 'tooManyTries', 'Too many tries. Wait a quarter of an hour.')
  }
}
