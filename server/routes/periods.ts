/** Reporting periods: what one holds, whether it is ready, its files, its signature, and what came after it. */
import * as z from 'zod/mini'
import type { Role } from '../../shared/api.ts'
import { date, id } from '../../shared/api/fields.ts'
import { FigureStudents, type Figures, PeriodReply, Signed, SignPeriod } from '../../shared/api/periods.ts'
import { GradeSpanName, PeriodName } from '../../shared/api/reports.ts'
import type { Ledger } from '../../shared/attendance/ledger.ts'
import { fiscalYearOf } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import { openSince } from '../log/since.ts'
import type { App } from '../plugins/app.ts'
import { personOf } from '../plugins/guard.ts'
import { Refused } from '../plugins/refuse.ts'
import { type Closing, changedSince, figuresDigest, openClosings } from '../reports/closings.ts'
import { type Besides, compliance } from '../reports/compliance.ts'
import { figuresOf, studentsBehind } from '../reports/figures.ts'
import { padcCsv, type PadcReport, padcReport, padcXlsx } from '../reports/padcReport.ts'
import { openReports } from '../reports/reports.ts'
import { costUpTo, openSettings, ratesOn } from '../reports/settings.ts'

/** Who reads the district's reports, and who signs them. */
export const REPORTERS: readonly Role[] = ['district', 'data', 'auditor', 'administrator']
export const SIGNERS: readonly Role[] = ['district', 'administrator']

export const yearQuery = z.optional(z.string().check(z.regex(/^20\d\d$/, 'the calendar year in which the fiscal year begins')))
const OfPeriod = z.object({ period: PeriodName, year: yearQuery })
const OfRow = z.object({ period: PeriodName, year: yearQuery, site: id(), span: GradeSpanName })
/** `number` names a signature: 0 the closing, 1 and on its supplements; without it the figures of now. */
const OfFile = z.object({ period: PeriodName, year: yearQuery, number: z.optional(z.string().check(z.regex(/^\d{1,3}$/))) })
/** How much of what came late is shown of a student. */
const MOST_LATE = 20

export function periodRoutes(app: App, context: Context): void {
  const { log, overview, receiptKey, store, ledgers } = context
  const reports = openReports(context, true)
  const closings = openClosings(log, receiptKey)
  const settings = openSettings(log)
  const since = openSince(log)
  const yearOf = (text: string | undefined): number => (text === undefined ? fiscalYearOf(reports.today()) : Number(text))

  const besides = (): Besides => ({
    terms: store
      .sources('term')
      .flatMap(({ ended, body }) => (ended ? [] : [Term.parse(body)]))
      .filter(({ type }) => type === 'term'),
    setAside: overview.quarantine('all').length,
    holding: overview.devices('all').flatMap(({ name, report }) => (report && report.unsent > 0 ? [{ name, unsent: report.unsent }] : [])),
  })
  const view = (report: PadcReport, ledger: Ledger): Figures => figuresOf(report, ratesOn(settings.all(), report.asOf), ledger)
  const signed = ({ report, ...rest }: Closing, ledger: Ledger): Signed => ({ ...rest, figures: view(report, ledger) })

  app.get(
    '/api/periods',
    { config: { may: REPORTERS }, schema: { querystring: OfPeriod, response: { 200: PeriodReply } } },
    async (request) => {
      const { period } = request.query
      const year = yearOf(request.query.year)
      const now = await reports.padc(period, year)
      return log.read(() => {
        const ledger = ledgers.of('all')
        const held = closings.of(period, year)
        const last = held.at(-1)
        return {
          today: reports.today(),
          figures: view(now, ledger),
          checklist: [...compliance(ledger, now.asOf, besides())],
          signed: held.map((closing) => signed(closing, ledger)),
          changed: last ? changedSince(last.report, now, (students) => since(last.report.through.seq, students, MOST_LATE)) : [],
          costCents: costUpTo(settings.all(), now.asOf),
        }
      })
    },
  )

  app.get(
    '/api/periods/students',
    { config: { may: REPORTERS }, schema: { querystring: OfRow, response: { 200: FigureStudents } } },
    async ({ query }) => studentsBehind(await reports.padc(query.period, yearOf(query.year)), query.site, query.span),
  )

  /** The figures of now, or those that were signed: never one for the other. */
  async function reportOf({ period, year, number }: z.infer<typeof OfFile>): Promise<PadcReport> {
    if (number === undefined) return reports.padc(period, yearOf(year))
    const closing = closings.of(period, yearOf(year))[Number(number)]
    if (!closing) throw new Refused(404, 'notSigned', 'This period was not signed.')
    return closing.report
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

  app.post('/api/periods', { config: { may: SIGNERS }, schema: { body: SignPeriod, response: { 200: Signed } } }, async (request) => {
    const { period, year, digest, name, statement, note } = request.body
    const looked = await reports.padc(period, year)
    const made = log.read(() => {
      const ledger = ledgers.of('all')
      const through = { epoch: log.epoch, seq: log.head() }
      const report = padcReport(ledger, through, period, year, reports.today())
      if (figuresDigest(report) !== digest || looked.asOf !== report.asOf)
        throw new Refused(
          409,
          'figuresChanged',
          'Something came in since you looked, and the figures are others now. Look again, then sign.',
        )
      const open = compliance(ledger, report.asOf, besides()).flatMap(({ key, count }) => (count > 0 ? [{ key, count }] : []))
      if (open.length > 0 && note.trim() === '')
        throw new Refused(422, 'noteNeeded', 'Something is open on the checklist. Say why you sign all the same.')
      const last = closings.of(period, year).at(-1)
      if (last && figuresDigest(last.report) === digest) throw new Refused(409, 'nothingNew', 'These figures are signed already.')
      return { ledger, report, open }
    })
    const { ledger, ...figures } = made
    return signed(closings.sign({ ...figures, by: personOf(request).staff, name, statement, note }), ledger)
  })
}

const Term = z.object({ title: z.string(), type: z.string(), from: date, until: date })
