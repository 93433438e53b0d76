/** Files for the district's student information system, and that system's own file read back. */
import * as z from 'zod/mini'
import { Sis } from '../../shared/api/reports.ts'
import { ReconcileReply, WriteBackReply } from '../../shared/api/writeBack.ts'
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'
import { personOf, REGISTRARS } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'
import { openToday } from '../reports/reports.ts'
import type { ReportWork } from '../reports/work.ts'
import { bytesOf, fileBody } from './fileBody.ts'
import { yearAsked, yearQuery } from './periods.ts'

const OfSis = z.object({ sis: Sis })
const OfSisFile = z.object({ sis: Sis, file: z.string().check(z.maxLength(80)) })
const OfYear = z.object({ year: yearQuery })
/** `leaveOut`: rows with a fault are left out; without it a fault keeps the file from being made. */
const OfFile = z.object({ year: yearQuery, leaveOut: z.optional(z.literal('yes')) })

export function writeBackRoutes(app: App, context: Context, work: ReportWork): void {
  const today = openToday(context)
  const yearOf = (text: string | undefined): number => yearAsked(text, today())

  app.get(
    '/api/write-back/:sis',
    { config: { may: REGISTRARS }, schema: { params: OfSis, querystring: OfYear, response: { 200: WriteBackReply } } },
    ({ params: { sis }, query }) => work.writeBack(sis, yearOf(query.year)),
  )

  app.get(
    '/api/write-back/:sis/:file',
    { config: { may: REGISTRARS }, schema: { params: OfSisFile, querystring: OfFile } },
    async (request, reply) => {
      const { sis, file } = request.params
      const { year, leaveOut } = request.query
      const taken = await work.takeFile(sis, yearOf(year), file, leaveOut !== undefined, personOf(request).staff)
      if ('text' in taken) {
        void reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${file}"`)
        return taken.text
      }
      if (taken.refused === 'unknown') throw notFound()
      throw new Refused(422, 'writeBackFaults', 'This file has faults. Put them right, or leave those rows out.')
    },
  )

  fileBody(app, (files) =>
    files.post(
      '/api/write-back/:sis/reconcile',
      { config: { may: REGISTRARS }, schema: { params: OfSis, querystring: OfYear, response: { 200: ReconcileReply } } },
      ({ params: { sis }, query, body }) => work.reconcile(sis, yearOf(query.year), bytesOf(body)),
    ),
  )
}
