/** A school's day: papers that stand behind an entry, and what was decided about what stood out. */
import { join } from 'node:path'
import { Readable } from 'node:stream'
import * as z from 'zod/mini'
import { DayReply, DocumentPlace, DocumentView, PostResolutions } from '../../shared/api/day.ts'
import { Done } from '../../shared/api.ts'
import { type Role } from '../../shared/api/people.ts'
import type { Context } from '../context.ts'
import { openDocuments } from '../desk/documents.ts'
import { openResolutions } from '../desk/resolutions.ts'
import { isInScope } from '../log/overview.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, personOf } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'
import { scopeOf } from './reports.ts'

const id = z.string().check(z.minLength(1), z.maxLength(64))
const OfSite = z.object({ site: z.optional(id) })
/** Who may look at papers: those who keep them, and those who check. */
const READERS: readonly Role[] = [...COORDINATORS, 'auditor']

export function dayRoutes(app: App, { config, log }: Context): void {
  const documents = openDocuments(log, join(config.data, 'documents'))
  const resolutions = openResolutions(log)

  app.get('/api/day', { config: { may: READERS }, schema: { querystring: OfSite, response: { 200: DayReply } } }, (request) => {
    const scope = scopeOf(personOf(request), request.query.site)
    return { resolutions: resolutions.list(scope), documents: documents.list(scope) }
  })

  app.post(
    '/api/day/resolutions',
    { config: { may: COORDINATORS }, schema: { body: PostResolutions, response: { 200: Done } } },
    (request) => {
      const me = personOf(request)
      for (const { site, document } of request.body.entries) {
        scopeOf(me, site)
        if (document !== null && documents.get(document)?.site !== site) throw notFound()
      }
      resolutions.write(request.body.entries, me)
      return { ok: true as const }
    },
  )

  app.register(async (files: App) => {
    // The body goes to disk as it arrives; it is never held in memory.
    files.removeAllContentTypeParsers()
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    files.put(
      '/api/documents',
      { config: { may: COORDINATORS }, bodyLimit: 64 << 20, schema: { querystring: DocumentPlace, response: { 200: DocumentView } } },
      async (request) => {
        const me = personOf(request)
        scopeOf(me, request.query.site)
        if (!(request.body instanceof Readable)) throw new Refused(400, 'noFile', 'The request has no file in it.')
        const kept = await documents.keep(request.query, me, request.body)
        if (kept.kind === 'kept') return kept.document
        if (kept.kind === 'tooLarge') throw new Refused(413, 'documentTooLarge', 'The file is larger than 10 MB. Take a smaller photo.')
        throw new Refused(415, 'notADocument', 'Only a photo (JPEG, PNG) or a PDF can be kept.')
      },
    )
  })

  /** The file itself, for those who may see the school. It is shown, never run. */
  app.get('/api/documents/:id/file', { config: { may: READERS }, schema: { params: z.object({ id }) } }, (request, reply) => {
    const document = documents.get(request.params.id)
    if (!document || !isInScope(scopeOf(personOf(request), undefined), document.site)) throw notFound()
    const name = encodeURIComponent(document.name)
    return reply
      .type(document.type)
      .header('content-length', document.bytes)
      .header('content-disposition', `inline; filename*=UTF-8''${name}`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(documents.open(document))
  })
}
