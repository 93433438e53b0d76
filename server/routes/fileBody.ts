/** Routes whose body is a file, as bytes in memory: for files that are read once and kept nowhere. */
import type { App } from '../plugins/app.ts'
import { Refused } from '../plugins/refuse.ts'

/** A line of a state file is some 150 bytes: enough for 300,000 students. */
const MOST_BYTES = 48 * 1_048_576

export function fileBody(app: App, routes: (files: App) => unknown): void {
  app.register(async (files: App) => {
    files.removeAllContentTypeParsers()
    files.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) => done(null, body))
    routes(files)
  })
}

/** The file of such a request. */
export function bytesOf(body: unknown): Buffer {
  if (!Buffer.isBuffer(body) || body.length === 0) throw new Refused(400, 'noFile', 'The request has no file in it.')
  return body
}
