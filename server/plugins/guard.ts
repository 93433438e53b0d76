/**
 * Who may call a route, declared on the route and checked in one place:
 *
 *     app.get('/api/roster', { config: { may: ROLES }, schema }, handler)
 *
 * A route of the API that does not say who may call it stops the server at its start.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Me, ROLES, type Role } from '../../shared/api/people.ts'
import type { Context } from '../context.ts'
import type { Device } from '../people/sessions.ts'
import { DISCLOSES } from '../people/disclosures.ts'
import { reachOf } from '../people/reach.ts'
import { isPrivileged } from '../people/secondFactor.ts'
import type { Scope } from '../log/deliver.ts'
import { Refused } from './refuse.ts'

/** Anyone at all; an enrolled device, signed in or not; or people in one of these roles. */
export type May = 'anyone' | 'device' | readonly Role[]

declare module 'fastify' {
  interface FastifyContextConfig {
    may?: May
    /** Answered also to somebody who still has to set up a second factor. */
    early?: true
  }
  interface FastifyRequest {
    me: Me | null
    device: Device | null
    /** Puts back what was set aside of the hour's files. */
    giveBack: (() => void) | null
    /** Whether people reach the server by TLS. */
    isHttps: boolean
  }
}

/** Everybody with an account. */
export const EVERYBODY: readonly Role[] = ROLES
/** People who run attendance recovery at a school or for the district. */
export const COORDINATORS: readonly Role[] = ['coordinator', 'district', 'data', 'administrator']
/** People who keep the registry. */
export const REGISTRARS: readonly Role[] = ['district', 'data', 'administrator']

export const SESSION_COOKIE = 'recoup_session'
export const DEVICE_COOKIE = 'recoup_device'
/** Says that a sign-in at the district's provider was begun in this browser. */
export const SSO_COOKIE = 'recoup_sso'
/** Under TLS a cookie's name itself says that it is of this host alone: one without could be a neighbour's, and is not looked at. */
export const cookieName = (name: string, isHttps: boolean): string => (isHttps ? `__Host-${name}` : name)
const cookieOf = ({ cookies, isHttps }: FastifyRequest, name: string): string | undefined => cookies[cookieName(name, isHttps)]
export const sessionToken = (request: FastifyRequest): string | undefined => cookieOf(request, SESSION_COOKIE)
export const deviceToken = (request: FastifyRequest): string | undefined => cookieOf(request, DEVICE_COOKIE)
export const ssoToken = (request: FastifyRequest): string | undefined => cookieOf(request, SSO_COOKIE)

/** The person asking, on a route that lets only people in. */
export function personOf(request: FastifyRequest): Me {
  if (!request.me) throw new Error(`${request.url} reads a person but lets others in`)
  return request.me
}

/** The device asking, on a route for devices. */
export function deviceOf(request: FastifyRequest): Device {
  if (!request.device) throw new Error(`${request.url} reads a device but lets others in`)
  return request.device
}

/** Puts the guard before every route registered after it. */
export function guard(app: FastifyInstance, context: Context): void {
  const { accounts, config, disclosures, refusals, secondFactor, sessions, trustPolicy } = context
  app.decorateRequest('isHttps', config.url?.startsWith('https:') ?? false)
  app.decorateRequest('me', null)
  app.decorateRequest('device', null)
  app.decorateRequest('giveBack', null)
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/') && route.config?.may === undefined)
      throw new Error(`${String(route.method)} ${route.url} does not say who may call it`)
  })
  app.addHook('onRequest', async (request) => {
    const { may, early } = request.routeOptions.config
    if (may === undefined) return
    request.device = sessions.device(deviceToken(request)) ?? (may === 'device' ? fromBefore(request) : null)
    const account = sessions.account(sessionToken(request))
    // Where there is a second factor, a session in which nobody showed it is none.
    const isProved = account !== undefined && (sessions.hasProved(sessionToken(request)) || !secondFactor.isOn(account.id))
    request.me = (isProved && accounts.me(account)) || null
    if (may === 'anyone') return
    if (may === 'device') {
      if (!request.device) throw new Refused(401, 'deviceUnknown', 'This device is not enrolled. Sign in on it first.')
      return
    }
    if (!request.me) throw new Refused(401, 'signIn', 'Sign in first.')
    if (!may.includes(request.me.role)) throw new Refused(403, 'notYourRole', 'Your role does not include this.')
    const isAsked = trustPolicy.read().secondFactor && isPrivileged(request.me.role)
    if (isAsked && early !== true && !secondFactor.isOn(request.me.account) && !sessions.hasProviderFactor(sessionToken(request)))
      throw new Refused(403, 'secondFactorNeeded', 'Set up your second factor first: the district asks for one.')
    if (!DISCLOSES[routeOf(request)]?.bulk) return
    if (!sessions.isSteppedUp(sessionToken(request))) throw new Refused(403, 'stepUp', 'Show again that it is you, then take the file.')
    request.giveBack = disclosures.reserveFile(request.me.staff) ?? null
    if (!request.giveBack)
      throw new Refused(429, 'manyFiles', 'You have taken ten files with many students within an hour. Wait before you take another.')
  })
  // Nobody waits for it: whoever tries one route after the other is seen afterwards.
  app.addHook('onError', async (request, _reply, error) => {
    if (request.me && error instanceof Refused && isRefusal(error))
      refusals.note(request.me.account, request.device?.id, routeOf(request), error.code)
  })
  // What was not given shows nobody anything; what was given is written down before it leaves.
  app.addHook('onSend', async (request, reply, payload) => {
    const shown = reply.statusCode < 300 ? DISCLOSES[routeOf(request)] : undefined
    if (!shown) {
      request.giveBack?.()
      return payload
    }
    const person = request.me?.staff ?? request.device?.staff
    const scope = request.me ? scopeText(reachOf(request.me)) : (scopeOfStaff(request.device?.staff) ?? '')
    if (person)
      disclosures.note(
        { person, device: request.device?.id ?? null, what: shown.what, student: studentOf(request), scope },
        shown.taken === true,
      )
    // It counts by what was written down of it from here on.
    request.giveBack?.()
    return payload
  })

  /** A device from before the server was reached by TLS sends what it holds, and is nobody's until somebody signs in on it. (S9) */
  function fromBefore({ cookies }: FastifyRequest): Device | null {
    const device = sessions.device(cookies[DEVICE_COOKIE])
    return device ? { ...device, staff: null } : null
  }

  function scopeOfStaff(staff: string | null | undefined): string | undefined {
    const scope = typeof staff === 'string' ? accounts.scopeOf(staff) : undefined
    return scope && scopeText(scope)
  }
}

const scopeText = (scope: Scope): string => (scope === 'all' ? 'all' : scope.join(' '))

/** What somebody may not have, beside what was merely typed wrong. */
const isRefusal = ({ statusCode, code }: Refused): boolean => statusCode === 403 || code === 'notFound' || code === 'manyFiles'

const routeOf = (request: FastifyRequest): string => `${request.method} ${request.routeOptions.url ?? ''}`

function studentOf({ params }: FastifyRequest): string | null {
  return typeof params === 'object' && params !== null && 'student' in params ? String(params.student) : null
}
