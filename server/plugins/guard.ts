/**
 * Who may call a route, declared on the route and checked in one place:
 *
 *     app.get('/api/roster', { config: { may: ROLES }, schema }, handler)
 *
 * A route of the API that does not say who may call it stops the server at its start.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Me, ROLES, type Role } from '../../shared/api.ts'
import type { Context } from '../context.ts'
import type { Device } from '../people/sessions.ts'
import { Refused } from './refuse.ts'

/** Anyone at all; an enrolled device, signed in or not; or people in one of these roles. */
export type May = 'anyone' | 'device' | readonly Role[]

declare module 'fastify' {
  interface FastifyContextConfig {
    may?: May
  }
  interface FastifyRequest {
    me: Me | null
    device: Device | null
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
export function guard(app: FastifyInstance, { accounts, sessions }: Context): void {
  app.decorateRequest('me', null)
  app.decorateRequest('device', null)
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/') && route.config?.may === undefined)
      throw new Error(`${String(route.method)} ${route.url} does not say who may call it`)
  })
  app.addHook('onRequest', async (request) => {
    const { may } = request.routeOptions.config
    if (may === undefined) return
    request.device = sessions.device(request.cookies[DEVICE_COOKIE]) ?? null
    const account = sessions.account(request.cookies[SESSION_COOKIE])
    request.me = (account && accounts.me(account)) ?? null
    if (may === 'anyone') return
    if (may === 'device') {
      if (!request.device) throw new Refused(401, 'deviceUnknown', 'This device is not enrolled. Sign in on it first.')
      return
    }
    if (!request.me) throw new Refused(401, 'signIn', 'Sign in first.')
    if (!may.includes(request.me.role)) throw new Refused(403, 'notYourRole', 'Your role does not include this.')
  })
}
