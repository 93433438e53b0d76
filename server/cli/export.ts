/** `recoup export roster`: the merged roster as CSV on the standard output. */
import { parseSchoolDate, schoolDateOf } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import { rosterCsv, rosterIn } from '../reports/roster.ts'
import { type Io, Stop } from './io.ts'

/** Writes the roster of a district, or of one school by its id or code, as of today unless another date is given. */
export async function exportRoster(context: Context, options: { readonly asOf?: string; readonly site?: string }, io: Io): Promise<void> {
  const { log, store } = context
  const zone = store.get('district', 'district')?.body.zone ?? 'UTC'
  const asOf = options.asOf === undefined ? schoolDateOf(log.sources.now(), zone) : parseSchoolDate(options.asOf)
  if (asOf === undefined) throw new Stop(`--as-of ${options.asOf}: give a date that exists, such as 2026-11-20.`)
  const sites = store.list('site')
  const site = sites.find(({ body }) => body.id === options.site || body.code === options.site)
  if (options.site !== undefined && !site) {
    throw new Stop(
      `--site ${options.site}: there is no such school. Known are ${sites.map(({ body }) => `${body.code} (${body.name})`).join(', ')}.`,
    )
  }
  const { rows } = await rosterIn(context, async () => undefined, 'all', asOf, site?.body.id)
  io.stdout.write(rosterCsv(rows, asOf))
}
