/** What the district's people look at: the roster, one student's file, devices, quarantine. Each sees the own sites only. */
import * as z from 'zod/mini'
import { DevicesReply, QuarantineReply, RosterReply, StudentReply } from '../../shared/api/desk.ts'
import { type Me } from '../../shared/api/people.ts'
import { as, type StudentId } from '../../shared/ids.ts'
import { parseSchoolDate, schoolDateOf, type SchoolDate } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import type { Scope } from '../log/deliver.ts'
import type { App } from '../plugins/app.ts'
import { reachOf } from '../people/reach.ts'
import { COORDINATORS, EVERYBODY, personOf } from '../plugins/guard.ts'
import { notFound } from '../plugins/refuse.ts'
import { rosterCsv } from '../reports/roster.ts'
import type { ReportWork } from '../reports/work.ts'

const onDate = z.string().check(z.refine((text) => parseSchoolDate(text) !== undefined, 'a date that exists, YYYY-MM-DD'))
const id = z.string().check(z.minLength(1), z.maxLength(64))
const AsOf = z.object({ asOf: z.optional(onDate), site: z.optional(id) })
const OfSite = z.object({ site: z.optional(id) })

/** What a person may see: the sites, or the one asked for; sections alone for whoever is limited to them. What lies outside is not there. */
export function scopeOf(me: Me, site: string | undefined): Scope {
  if (site === undefined) return reachOf(me)
  if (!me.sites.some((own) => own === site)) throw notFound()
  return me.sections ? reachOf(me) : [site]
}

export function reportRoutes(app: App, context: Context, work: ReportWork): void {
  const { log, overview, store, studentFiles } = context
  const today = (): SchoolDate => schoolDateOf(log.sources.now(), store.get('district', 'district')?.body.zone ?? 'UTC')
  const asOfDate = (text: string | undefined): SchoolDate => (text === undefined ? undefined : parseSchoolDate(text)) ?? today()

  app.get('/api/roster', { config: { may: EVERYBODY }, schema: { querystring: AsOf, response: { 200: RosterReply } } }, async (request) => {
    const { asOf, site } = request.query
    const on = asOfDate(asOf)
    return { asOf: on, ...(await work.roster(scopeOf(personOf(request), site), on, undefined)) }
  })

  app.get('/api/roster.csv', { config: { may: EVERYBODY }, schema: { querystring: AsOf } }, async (request, reply) => {
    const { asOf, site } = request.query
    const on = asOfDate(asOf)
    const { rows } = await work.roster(scopeOf(personOf(request), site), on, undefined)
    void reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="roster-${on}.csv"`)
    return rosterCsv(rows, on)
  })

  /** Everything behind one student's figures, for one code to explain on either side. */
  app.get(
    '/api/students/:student',
    { config: { may: EVERYBODY }, schema: { params: z.object({ student: id }), querystring: AsOf, response: { 200: StudentReply } } },
    (request) => {
      const { student } = request.params
      const file = studentFiles(student, scopeOf(personOf(request), undefined))
      if (!file) throw notFound()
      return { student: as<StudentId>(student), asOf: asOfDate(request.query.asOf), ...file }
    },
  )

  app.get(
    '/api/devices',
    { config: { may: COORDINATORS }, schema: { querystring: OfSite, response: { 200: DevicesReply } } },
    (request) => ({
      devices: overview.devices(scopeOf(personOf(request), request.query.site)),
      serverTime: log.sources.now(),
    }),
  )

  app.get(
    '/api/quarantine',
    { config: { may: COORDINATORS }, schema: { querystring: OfSite, response: { 200: QuarantineReply } } },
    (request) => ({
      rows: overview.quarantine(scopeOf(personOf(request), request.query.site)),
    }),
  )
}
