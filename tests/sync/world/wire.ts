/**
 * Two ways to ask the server. The long one is the whole app, as a browser meets it. The short one goes to the very same handlers, guarded
 * and checked by the same schemas, and leaves out what makes HTTP of it: a history asks some forty times.
 */
import type * as z from 'zod/mini'
import { buildApp } from '../../../server/app.ts'
import type { Context } from '../../../server/context.ts'
import type { App } from '../../../server/plugins/app.ts'
import { DEVICE_COOKIE, SESSION_COOKIE } from '../../../server/plugins/guard.ts'
import { Refused } from '../../../server/plugins/refuse.ts'
import { deviceRoutes } from '../../../server/routes/devices.ts'
import { peopleRoutes } from '../../../server/routes/people.ts'
import { relayRoutes } from '../../../server/routes/relay.ts'
import { syncRoutes } from '../../../server/routes/sync.ts'
import type { Answer } from './server.ts'

export type Ask = (cookies: ReadonlyMap<string, string>, method: string, path: string, body: unknown) => Promise<Answer>

export const viaApp =
  (app: App): Ask =>
  async (cookies, method, path, body) => {
    const reply = await app.inject({
      method: method as 'POST',
      url: path,
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const header = reply.headers['x-recoup-api']
    return { status: reply.statusCode, header: typeof header === 'string' ? header : null, text: reply.payload }
  }

interface Request {
  readonly body: unknown
  readonly cookies: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly device: unknown
  readonly me: unknown
}
type Check = (request: Request, reply: unknown, done: (error?: Error) => void) => void
interface Options {
  readonly schema?: { readonly body?: z.ZodMiniType }
  readonly preValidation?: Check | readonly Check[]
}
type Handler = (request: Request, reply: object) => unknown

/** The handlers of the routes that devices ask, by method and path. */
function handlersOf(context: Context): ReadonlyMap<string, { readonly options: Options; readonly handler: Handler }> {
  const routes = new Map<string, { options: Options; handler: Handler }>()
  const register = (method: string) => (path: string, options: Options, handler: Handler) =>
    void routes.set(`${method} ${path}`, { options, handler })
  const collector = Object.fromEntries(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => [method.toLowerCase(), register(method)]))
  for (const add of [syncRoutes, relayRoutes, peopleRoutes, deviceRoutes]) add(collector as unknown as App, context)
  return routes
}

const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  header: '1',
  text: JSON.stringify({ code, message }),
})

export function direct(context: Context): Ask {
  const routes = handlersOf(context)
  return async (cookies, method, path, body) => {
    const route = routes.get(`${method} ${path}`)
    if (!route) return refusal(404, 'notFound', 'There is no such address.')
    const device = context.sessions.device(cookies.get(DEVICE_COOKIE)) ?? null
    if (!device && /^\/api\/(sync|device)\//.test(path))
      return refusal(401, 'deviceUnknown', 'This device is not enrolled. Sign in on it first.')
    let sent: string | Buffer | undefined
    const reply = {
      clearCookie: () => undefined,
      header: () => reply,
      serializer: (by: (value: unknown) => string | Buffer) => ({ send: (value: unknown) => void (sent = by(value)) }),
      raw: { once: (_finish: string, then: () => void) => then() },
    }
    const session = cookies.get(SESSION_COOKIE)
    const me = context.sessions.account(session) ?? null
    const request = { body, device, me, headers: {}, cookies: { [SESSION_COOKIE]: session ?? '' } }
    try {
      for (const check of [route.options.preValidation ?? []].flat())
        check(request, reply, (error) => {
          if (error) throw error
        })
      const schema = route.options.schema?.body
      const read = schema ? schema.safeParse(body) : { success: true as const, data: body }
      if (!read.success) return refusal(400, 'badRequest', 'The request was not understood.')
      const value = await route.handler({ ...request, body: read.data }, reply)
      return { status: 200, header: '1', text: sent?.toString() ?? JSON.stringify(value) }
    } catch (error) {
      if (error instanceof Refused) return refusal(error.statusCode, error.code, error.message)
      return refusal(500, 'failed', error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
  }
}

/** A stand-in that asks for the real thing each time. */
function lasting<T extends object>(current: () => T): T {
  return new Proxy((() => undefined) as unknown as T, {
    get: (_target, name) => Reflect.get(current(), name) as unknown,
    apply: (_target, _self, given: unknown[]) => (current() as unknown as (...given: unknown[]) => unknown)(...given),
  })
}

/** Whose turn it is to be asked: the servers of a process share their routes, since building them takes longer than a short history. */
let serving: Context | undefined
const part = <K extends keyof Context>(name: K): Context[K] => {
  if (!serving) throw new Error('no server is running')
  return serving[name]
}
let shared: { readonly app: Promise<App>; readonly direct: Ask } | undefined

/** How to ask a server whose parts are `context()`. */
export async function openWire(context: () => Context, isWhole: boolean): Promise<Ask> {
  serving = context()
  const parts = Object.entries(serving).map(([name, held]) =>
    held !== null && (typeof held === 'object' || typeof held === 'function')
      ? [name, lasting(() => part(name as keyof Context) as object)]
      : [name, held],
  )
  const stand = Object.fromEntries(parts) as Context
  shared ??= { app: buildApp(stand), direct: direct(stand) }
  const ask = isWhole ? viaApp(await shared.app) : shared.direct
  return (...given) => {
    serving = context()
    return ask(...given)
  }
}
