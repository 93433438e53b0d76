/** Files of the student information system on their way in, and the classes they brought. */
import { join } from 'node:path'
import { Readable } from 'node:stream'
import * as z from 'zod/mini'
import { Done } from '../../shared/api.ts'
import { ClassesReply, ImportCommit, ImportOpened, ImportPreview, ImportReply, type ImportSource } from '../../shared/api/registry.ts'
import { as, type SiteId } from '../../shared/ids.ts'
import { schoolDateOf } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, personOf, REGISTRARS } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'
import { classesAt } from '../registry/import/roster.ts'
import { type ImportDone, runImport } from '../registry/import/runImport.ts'
import { openUploads, type Received } from '../registry/import/uploads.ts'

const ImportPath = z.object({ import: z.string().check(z.maxLength(64)) })
const FilePath = z.object({ import: z.string().check(z.maxLength(64)), name: z.string().check(z.maxLength(200)) })
const ClassesQuery = z.object({ site: z.optional(z.string().check(z.maxLength(64))) })

const REFUSED: Readonly<Record<Exclude<Received, 'ok'>, () => Refused>> = {
  unknown: notFound,
  badName: () => new Refused(400, 'badName', 'The file needs a plain name that ends in .csv, .txt or .zip.'),
  tooLarge: () => new Refused(413, 'tooLarge', 'The file is larger than 64 MB. Pack it in a zip, or split it.'),
  tooMany: () => new Refused(400, 'tooMany', 'An import takes at most 20 files. Pack them in a zip.'),
}

export function importRoutes(app: App, { config, importRuns, log, store }: Context): void {
  const uploads = openUploads(join(config.data, 'imports'), log.sources)
  app.addHook('onReady', () => uploads.clear())
  app.addHook('onClose', () => uploads.clear())

  // One at a time: each compares with what the one before wrote, and two large files do not share the memory.
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }

  async function run(id: string, owner: string, source: ImportSource, commit: boolean, allOrNothing: boolean): Promise<ImportReply> {
    const zone = store.get('district', 'district')?.body.zone ?? 'America/Los_Angeles'
    const today = schoolDateOf(log.sources.now(), zone)
    const done = await uploads.read(id, owner, (path) => {
      const work = () => runImport(store, { source, path, today, commit, allOrNothing })
      return inTurn(() => (commit ? noted(owner, source, work) : work()))
    })
    if (!done) throw notFound()
    const { outcome, report } = done
    if (outcome === 'committed') await uploads.close(id)
    return { import: id, committed: outcome === 'committed', report }
  }

  /** What was to be written is noted, whatever becomes of it. */
  async function noted(by: string, source: ImportSource, work: () => Promise<ImportDone>): Promise<ImportDone> {
    try {
      const done = await work()
      importRuns.note(by, source, done.outcome, done.faults)
      return done
    } catch (error) {
      importRuns.note(by, source, 'failed', 0)
      throw error
    }
  }

  app.post('/api/imports', { config: { may: REGISTRARS }, schema: { response: { 200: ImportOpened } } }, async (request) => {
    const id = await uploads.open(personOf(request).staff)
    if (id === undefined) throw new Refused(429, 'tooManyImports', 'Other people have too many imports open. Try again in an hour.')
    return { import: id }
  })

  /** Leaves an import: what was sent of it is thrown away. One that is gone already is as good. */
  app.delete(
    '/api/imports/:import',
    { config: { may: REGISTRARS }, schema: { params: ImportPath, response: { 200: Done } } },
    async (request) => {
      await uploads.leave(request.params.import, personOf(request).staff)
      return { ok: true as const }
    },
  )

  app.register(async (files: App) => {
    // The body goes to disk as it arrives; it is never held in memory.
    files.removeAllContentTypeParsers()
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    files.put(
      '/api/imports/:import/files/:name',
      { config: { may: REGISTRARS }, schema: { params: FilePath, response: { 200: Done } } },
      async (request) => {
        const { import: id, name } = request.params
        if (!(request.body instanceof Readable)) throw new Refused(400, 'noFile', 'The request has no file in it.')
        const received = await uploads.receive(id, personOf(request).staff, name, request.body)
        if (received !== 'ok') throw REFUSED[received]()
        return { ok: true as const }
      },
    )
  })

  /** What the files would change; nothing is written. */
  app.post(
    '/api/imports/:import/preview',
    { config: { may: REGISTRARS }, schema: { params: ImportPath, body: ImportPreview, response: { 200: ImportReply } } },
    (request) => run(request.params.import, personOf(request).staff, request.body.source, false, false),
  )

  app.post(
    '/api/imports/:import/commit',
    { config: { may: REGISTRARS }, schema: { params: ImportPath, body: ImportCommit, response: { 200: ImportReply } } },
    (request) => run(request.params.import, personOf(request).staff, request.body.source, true, request.body.allOrNothing),
  )

  app.get(
    '/api/classes',
    { config: { may: COORDINATORS }, schema: { querystring: ClassesQuery, response: { 200: ClassesReply } } },
    (request) => {
      const { sites } = personOf(request)
      const { site } = request.query
      if (site !== undefined && !sites.includes(as<SiteId>(site))) throw notFound()
      return { classes: classesAt(store, new Set(site === undefined ? sites : [as<SiteId>(site)])) }
    },
  )
}
