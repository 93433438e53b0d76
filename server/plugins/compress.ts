/** Long JSON goes out compressed: the first pull of a school is most of a megabyte, over a network that may be a telephone's. */
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply } from 'fastify'

const SHORT = 2_048
const compressed = promisify(gzip)

/** Compresses text replies of the API for those who accept it. Files are compressed when they are built. */
export function compress(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!isText(payload, reply) || payload.length < SHORT || !request.url.startsWith('/api/')) return payload
    reply.header('vary', 'accept-encoding')
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')))
      return typeof payload === 'string' ? Buffer.from(payload) : payload
    reply.header('content-encoding', 'gzip').removeHeader('content-length')
    return compressed(payload, { level: constants.Z_BEST_SPEED })
  })
}

/** Text, or JSON that was written as bytes. Other bytes are files, which are compressed already. */
const isText = (payload: unknown, reply: FastifyReply): payload is string | Buffer =>
  typeof payload === 'string' || (Buffer.isBuffer(payload) && String(reply.getHeader('content-type')).startsWith('application/json'))
