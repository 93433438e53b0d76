/** The built client: hashed files for ever, everything else asked for anew, and one page for every address of the app. */
import { existsSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import serveStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Recoup</title>
<p>The pages of Recoup are not built yet. Stop the server and start it with <code>npm start</code>.</p></html>`

/** An address of a file, not of the app: when it is missing, a page in its place would be taken for it. */
const FILE = /\.(js|css|map|png|svg|ico|json|webmanifest|txt|woff2|wasm)(\?|$)/i

/** Serves the pages in `dist`. A path of the API that no route answers is a 404, never a page. */
export async function pages(app: FastifyInstance, dist: string): Promise<void> {
  const index = join(dist, 'index.html')
  if (existsSync(index)) {
    await app.register(serveStatic, {
      root: dist,
      wildcard: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply, path) {
        const forever = path.includes(`${sep}assets${sep}`)
        void reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !request.url.startsWith('/api')
    if (!isPage) return reply.code(404).send({ code: 'notFound', message: 'There is no such address.' })
    if (FILE.test(request.url)) return reply.code(404).type('text/plain').send('Not found')
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache')
    return existsSync(index) ? reply.send(readFileSync(index)) : reply.code(503).send(NOT_BUILT)
  })
}
