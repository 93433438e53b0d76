/** The district's totals: figures by part, the merged roster a page at a time, what stands behind a figure. */
import { BehindQuery, BehindReply, RosterPageReply, RosterQuery, TotalsReply } from '../../shared/api/totals.ts'
import type { Role } from '../../shared/api/people.ts'
import { fiscalYear, fiscalYearOf, schoolDateOf, type SchoolDate } from '../../shared/time.ts'
import * as z from 'zod/mini'
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, personOf } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'
import { openSettings } from '../reports/settings.ts'
import type { ReportWork } from '../reports/work.ts'
import { behind } from '../totals/behind.ts'
import { dashboard } from '../totals/dashboard.ts'
import { rosterPage } from '../totals/roster.ts'
import type { TotalsState } from '../totals/totals.ts'
import { scopeOf } from './reports.ts'

const OfSite = z.object({ site: z.optional(z.string().check(z.minLength(1), z.maxLength(64))) })
const READERS: readonly Role[] = [...COORDINATORS, 'auditor']

export function totalsRoutes(app: App, { config, log, store, totals }: Context, work: ReportWork): void {
  const settings = openSettings(log)
  const today = (): SchoolDate => schoolDateOf(log.sources.now(), store.get('district', 'district')?.body.zone ?? 'UTC')

  // Names and sums change only with the sequence; rates and costs are few and compared as they are.
  const pages = new Map<string, ReturnType<typeof dashboard>>()
  let of = ''
  function shown({ seq, asOf }: TotalsState, site: string | undefined): ReturnType<typeof dashboard> {
    const now = `${seq} ${asOf} ${JSON.stringify(settings.all())}`
    if (now !== of) pages.clear()
    of = now
    const page = pages.get(site ?? '') ?? dashboard(totals.db(), { store, settings, asOf }, site)
    pages.set(site ?? '', page)
    return page
  }

  app.get('/api/totals', { config: { may: READERS }, schema: { querystring: OfSite, response: { 200: TotalsReply } } }, async (request) => {
    const me = personOf(request)
    const { site } = request.query
    // Figures of several schools together are the district's: whoever sees some schools asks for one of them.
    if (scopeOf(me, site) !== 'all' && site === undefined) throw notFound()
    const state = await totals.current(today())
    if (!state) return { ready: false as const }
    return { ready: true as const, ...state, ...shown(state, site) }
  })

  app.get(
    '/api/totals/roster',
    { config: { may: READERS }, schema: { querystring: RosterQuery, response: { 200: RosterPageReply } } },
    async (request) => {
      const scope = scopeOf(personOf(request), request.query.site)
      const state = await totals.current(today())
      if (!state) return { ready: false as const }
      return {
        ready: true as const,
        ...state,
        ...rosterPage(totals.db(), scope, request.query, `${config.data} ${state.seq} ${state.asOf}`, log.sources.now()),
      }
    },
  )

  const file = (type: 'csv' | 'xlsx', media: string): void => {
    app.get(`/api/totals/roster.${type}`, { config: { may: READERS }, schema: { querystring: RosterQuery } }, async (request, reply) => {
      const scope = scopeOf(personOf(request), request.query.site)
      const state = await totals.current(today())
      if (!state) throw new Refused(503, 'busy', 'The totals are being worked out. Try again in a moment.')
      const made = Buffer.from(await work.rosterFile({ scope, query: request.query, asOf: state.asOf, now: log.sources.now(), type }))
      return reply.type(media).header('content-disposition', `attachment; filename="roster-${state.asOf}.${type}"`).send(made)
    })
  }
  file('csv', 'text/csv; charset=utf-8')
  file('xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')

  app.get(
    '/api/totals/behind',
    { config: { may: READERS }, schema: { querystring: BehindQuery, response: { 200: BehindReply } } },
    async (request) => {
      const scope = scopeOf(personOf(request), request.query.site)
      const asOf = today()
      await totals.current(asOf)
      const { first } = fiscalYear(fiscalYearOf(asOf))
      const { site, part, key = '' } = request.query
      const named = (kind: 'site' | 'section' | 'staff', id: string): string => store.get(kind, id)?.body.name ?? ''
      const kind = part === 'teacher' ? 'staff' : part === 'site' || part === 'section' ? part : undefined
      return {
        ...behind(totals.db(), scope, request.query, first, (staff) => named('staff', staff)),
        names: { site: site === undefined ? '' : named('site', site), part: kind === undefined ? '' : named(kind, key) },
      }
    },
  )
}
