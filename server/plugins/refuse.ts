/** How the server says no: a code for programs, a sentence for people, and never more. */
import type { FastifyError, FastifyInstance } from 'fastify'
import { type Condition, diskFault } from '../log/condition.ts'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'

/** Thrown by a route that refuses. The message says what to do next. */
export class Refused extends Error {
  readonly statusCode: number
  readonly code: string
  constructor(statusCode: number, code: string, message: string) {
    super(message)
    this.statusCode = statusCode
    this.code = code
  }
}

/** What lies outside a person's sites is not there: the answer is the same as for what does not exist. */
export const notFound = (): Refused => new Refused(404, 'notFound', 'There is nothing here, or it belongs to another school.')

const BUSY = new Set(['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED'])

/** The sentence and status for an error; a bug's own words stay in the server's log. */
function refusalOf(error: FastifyError): { status: number; code: string; message: string } {
  if (error instanceof Refused) return { status: error.statusCode, code: error.code, message: error.message }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0]
    const where = [error.validationContext, ...(first?.instancePath.split('/').filter(Boolean) ?? [])].join('.')
    return { status: 400, code: 'badRequest', message: `The request was not understood: ${where}: ${first?.message ?? 'not as expected'}.` }
  }
  if (BUSY.has(error.code)) return { status: 503, code: 'busy', message: 'The server is busy with an import. Try again in a moment.' }
  const disk = diskFault(error.code ?? '')
  if (disk === 'full')
    return { status: 507, code: 'diskFull', message: "The server's disk is full. Nothing is lost: it stays on the device." }
  if (disk)
    return { status: 503, code: 'diskFault', message: "The server's disk does not answer. Nothing is lost: it stays on the device." }
  const status = error.statusCode ?? 500
  if (status === 413) return { status, code: 'tooLarge', message: 'The request is too large.' }
  if (status === 415) return { status, code: 'notJson', message: 'The request must be JSON.' }
  if (status >= 400 && status < 500) return { status, code: 'badRequest', message: 'The request was not understood.' }
  return { status: 500, code: 'failed', message: 'The server could not do this. It was written to its log; try again.' }
}

/** Answers every error of the app with a Refusal. */
export function answerErrors(app: FastifyInstance, condition: Condition): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { status, code, message } = refusalOf(error)
    if (status === 500 || diskFault(error.code ?? '')) request.log.error(error)
    condition.noteFault(error.code ?? '')
    if (status === 503) reply.header('retry-after', '2')
    // Somebody has to make room first.
    if (status === 507) reply.header('retry-after', '60')
    return reply.code(status).send({ code, message })
  })
  // A push that was taken proves that the disk takes what is written.
  app.addHook('onResponse', (request, reply, done) => {
    if (reply.statusCode === 200 && request.method === 'POST') condition.noteWrite()
    done()
  })
}
