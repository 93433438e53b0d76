/** Reporting periods: what one holds, whether it is ready, its files, its signature, and what came after it. */
import * as z from 'zod/mini'
import type { Role } from '../../shared/api/people.ts'
import { id } from '../../shared/api/fields.ts'
import { FigureStudents, PeriodReply, Signed, SignPeriod, SiteChecklistReply } from '../../shared/api/periods.ts'
import { GradeSpanName, PeriodName } from '../../shared/api/reports.ts'
import { reportedNext } from '../../shared/report/reportedNext.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, personOf } from '../plugins/guard.ts'
import { Refused } from '../plugins/refuse.ts'
import { padcCsv, type PadcReport, padcXlsx } from '../reports/padcReport.ts'
import type { NotSigned } from '../reports/periods.ts'
import { openToday } from '../reports/reports.ts'
import type { ReportWork } from '../reports/work.ts'
import { scopeOf } from './reports.ts'

/** Who reads the district's reports, and who signs them. */
export const REPORTERS: readonly Role[] = ['district', 'data', 'auditor', 'administrator']
const SIGNERS: readonly Role[] = ['district', 'administrator']

export const yearQuery = z.optional(z.string().check(z.regex(/^20\d\d$/, 'the calendar year in which the fiscal year begins')))
/** The year that is asked for; the one that is reported next when none is. */
export const yearAsked = (text: string | undefined, today: SchoolDate): number =>
  text === undefined ? reportedNext(today).year : Number(text)
const OfPeriod = z.object({ period: PeriodName, year: yearQuery })
/** The period that is reported next, and every school of the person, where they are not named. */
const OfSites = z.object({ period: z.optional(PeriodName), year: yearQuery, site: z.optional(id()) })
const OfRow = z.object({ period: PeriodName, year: yearQuery, site: id(), span: GradeSpanName })
/** `number` names a signature: 0 the closing, 1 and on its supplements; without it the figures of now. */
const OfFile = z.object({ period: PeriodName, year: yearQuery, number: z.optional(z.string().check(z.regex(/^\d{1,3}$/))) })
const STATUS: Readonly<Record<NotSigned['refused'], number>> = {
  figuresChanged: 409,
  nothingNew: 409,
  noteNeeded: 422,
  approvalNeeded: 403,
  closingChanged: 409,
}

/** The answer, or the refusal that stands in its place. */
function given<T extends object>(answer: T | NotSigned): T {
  if ('refused' in answer) throw new Refused(STATUS[answer.refused], answer.refused, answer.message)
  return answer
}

export function periodRoutes(app: App, context: Context, work: ReportWork): void {
  const today = openToday(context)
  const yearOf = (text: string | undefined): number => yearAsked(text, today())

  app.get(
    '/api/periods',
    { config: { may: REPORTERS }, schema: { querystring: OfPeriod, response: { 200: PeriodReply } } },
    async ({ query }) => given(await work.look(query.period, yearOf(query.year))),
  )

  app.get(
    '/api/periods/checklist',
    { config: { may: COORDINATORS }, schema: { querystring: OfSites, response: { 200: SiteChecklistReply } } },
    (request) => {
      const { period, year, site } = request.query
      const scope = scopeOf(personOf(request), site)
      return work.checklist(period ?? reportedNext(today()).period, yearOf(year), scope)
    },
  )

  app.get(
    '/api/periods/students',
    { config: { may: REPORTERS }, schema: { querystring: OfRow, response: { 200: FigureStudents } } },
    ({ query }) => work.students(query.period, yearOf(query.year), query.site, query.span),
  )

  /** The figures of now, or those that were signed: never one for the other. */
  async function reportOf({ period, year, number }: z.infer<typeof OfFile>): Promise<PadcReport> {
    const report = await work.padc(period, yearOf(year), number === undefined ? undefined : Number(number))
    if (!report) throw new Refused(404, 'notSigned', 'This period was not signed.')
    return given(report)
  }
  const nameOf = ({ period, year, asOf }: PadcReport, end: string): string => `attachment; filename="padc-${period}-${year}-${asOf}.${end}"`

  app.get('/api/periods/padc.csv', { config: { may: REPORTERS }, schema: { querystring: OfFile } }, async (request, reply) => {
    const report = await reportOf(request.query)
    void reply.type('text/csv; charset=utf-8').header('content-disposition', nameOf(report, 'csv'))
    return padcCsv(report)
  })

  app.get('/api/periods/padc.xlsx', { config: { may: REPORTERS }, schema: { querystring: OfFile } }, async (request, reply) => {
    const report = await reportOf(request.query)
    void reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', nameOf(report, 'xlsx'))
    return padcXlsx(report)
  })

  app.post('/api/periods', { config: { may: SIGNERS }, schema: { body: SignPeriod, response: { 200: Signed } } }, async (request) =>
    given(await work.sign(request.body, personOf(request).staff)),
  )
}
