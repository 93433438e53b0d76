/** What every reply carries, and which requests are not answered at all. */
import helmet from '@fastify/helmet'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { API_HEADER, API_MARK } from '../../shared/api.ts'
import type { Config } from '../config.ts'
import { Refused } from './refuse.ts'

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The policy allows only what the app brings itself; WebAssembly is for reading QR codes. */
export async function headers(app: FastifyInstance, config: Config): Promise<void> {
  const https = config.url?.startsWith('https:') ?? false
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('permissions-policy', 'geolocation=(), microphone=(), payment=()')
    if (!request.url.startsWith('/api/')) return
    reply.header(API_HEADER, API_MARK)
    reply.header('cache-control', 'no-store')
    if (!SAFE.has(request.method) && !isOwnOrigin(request, config)) {
      throw new Refused(403, 'otherOrigin', 'The request came from another site.')
    }
  })
}

/** Browsers say where a request that changes something comes from; programs that are not browsers say nothing and send no cookie of another. */
function isOwnOrigin(request: FastifyRequest, config: Config): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin } = request.headers
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  return new URL(origin).host === request.headers.host || (config.url !== undefined && new URL(config.url).origin === origin)
}
