/** Files for the district's student information system, and that system's own file read back. */
import * as z from 'zod/mini'
import { Sis } from '../../shared/api/reports.ts'
import { ReconcileReply, WriteBackReply } from '../../shared/api/writeBack.ts'
import { writeFileText } from '../../shared/report/writeBack/files.ts'
import { fiscalYearOf } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'
import { personOf, REGISTRARS } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'
import { openReports } from '../reports/reports.ts'
import { openWriteBacks } from '../reports/writeBacks.ts'
import { bytesOf, fileBody } from './fileBody.ts'
import { yearQuery } from './periods.ts'

const OfSis = z.object({ sis: Sis })
const OfYear = z.object({ year: yearQuery })
/** `leaveOut`: rows with a fault are left out; without it a fault keeps the file from being made. */
const OfFile = z.object({ year: yearQuery, leaveOut: z.optional(z.literal('yes')) })
const MOST_FAULTS = 500

export function writeBackRoutes(app: App, context: Context): void {
  const reports = openReports(context, true)
  const writeBacks = openWriteBacks(context, reports, true)
  const yearOf = (text: string | undefined): number => (text === undefined ? fiscalYearOf(reports.today()) : Number(text))

  app.get(
    '/api/write-back/:sis',
    { config: { may: REGISTRARS }, schema: { params: OfSis, querystring: OfYear, response: { 200: WriteBackReply } } },
    async ({ params: { sis }, query }) => {
      const { asOf, through, files, faults } = await writeBacks.make(sis, yearOf(query.year))
      return {
        ...{ sis, asOf, seq: through.seq },
        files: files.map(({ layout, rows, leftOut }) => ({
          ...{ file: layout.file, rows: rows.length, leftOut },
          lastMade: (writeBacks.lastMade(sis, layout.file)?.at ?? null) as WriteBackReply['files'][number]['lastMade'],
        })),
        faults: faults.slice(0, MOST_FAULTS),
        faultCount: faults.length,
      }
    },
  )

  app.get(
    '/api/write-back/:sis/:file',
    {
      config: { may: REGISTRARS },
      schema: { params: z.object({ sis: Sis, file: z.string().check(z.maxLength(80)) }), querystring: OfFile },
    },
    async (request, reply) => {
      const { sis, file: name } = request.params
      const made = await writeBacks.make(sis, yearOf(request.query.year))
      const file = made.files.find(({ layout }) => layout.file === name)
      if (!file) throw notFound()
      const faults = made.faults.filter((fault) => fault.file === name)
      const isAboutCodes = faults.some(({ fault }) => fault === 'noCode' || fault === 'badCode')
      if (isAboutCodes || (faults.length > 0 && request.query.leaveOut === undefined))
        throw new Refused(422, 'writeBackFaults', 'This file has faults. Put them right, or leave those rows out.')
      writeBacks.handedOut(sis, file, made, personOf(request).staff)
      void reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}"`)
      return writeFileText(file)
    },
  )

  fileBody(app, (files) =>
    files.post(
      '/api/write-back/:sis/reconcile',
      { config: { may: REGISTRARS }, schema: { params: OfSis, querystring: OfYear, response: { 200: ReconcileReply } } },
      async ({ params: { sis }, query, body }) => {
        const found = await writeBacks.reconcile(sis, yearOf(query.year), bytesOf(body))
        if ('missing' in found) return { file: '', same: 0, lastMade: null, missing: [...found.missing], differences: [] }
        const { file, same, differences, lastMade } = found
        return { file, same, lastMade: lastMade as ReconcileReply['lastMade'], missing: [], differences: [...differences] }
      },
    ),
  )
}
