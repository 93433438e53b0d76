/** Recovery days for CALPADS (STAS 13.24), and what the district says of itself for its reports. */
import * as z from 'zod/mini'
import type { Role } from '../../shared/api/people.ts'
import { Done } from '../../shared/api.ts'
import { MergeReply, PeriodEnds, PutSetting, SettingsReply, StasReply, type StasRowView } from '../../shared/api/reports.ts'
import type { StasRow } from '../../shared/report/stas.ts'
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, personOf, REGISTRARS } from '../plugins/guard.ts'
import { openToday } from '../reports/reports.ts'
import { openSettings } from '../reports/settings.ts'
import { mergeStasFile, stasCsv } from '../reports/stasReport.ts'
import type { ReportWork } from '../reports/work.ts'
import { REPORTERS, yearAsked, yearQuery } from './periods.ts'
import { bytesOf, fileBody } from './fileBody.ts'

const OfYear = z.object({ year: yearQuery })
/** Who makes the files that are sent: not who only audits. */
const SENDERS: readonly Role[] = REGISTRARS

export function stateFileRoutes(app: App, context: Context, work: ReportWork): void {
  const today = openToday(context)
  const settings = openSettings(context.log)
  const yearOf = (text: string | undefined): number => yearAsked(text, today())

  app.get(
    '/api/reports/stas',
    { config: { may: REPORTERS }, schema: { querystring: OfYear, response: { 200: StasReply } } },
    async ({ query }) => {
      const { year, asOf, through, rows, unfinished } = await work.stas(yearOf(query.year))
      return { year, asOf, seq: through.seq, rows: rows.map(rowView), unfinished: { ...unfinished } }
    },
  )

  app.get('/api/reports/stas.csv', { config: { may: REPORTERS }, schema: { querystring: OfYear } }, async ({ query }, reply) => {
    const { asOf, rows } = await work.stas(yearOf(query.year))
    void reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="attendance-recovery-days-${asOf}.csv"`)
    return stasCsv(rows)
  })

  /** The file goes through memory and is kept nowhere. */
  fileBody(app, (files) =>
    files.post(
      '/api/reports/stas/merge',
      { config: { may: SENDERS }, schema: { querystring: OfYear, response: { 200: MergeReply } } },
      async ({ query, body }) => {
        const file = bytesOf(body)
        const year = yearOf(query.year)
        const { rows } = await work.stas(year)
        const { bytes, changed, missing, faults } = mergeStasFile(file, rows, year)
        return { file: bytes.toString('base64'), changed: [...changed], missing: missing.map(rowView), faults: [...faults] }
      },
    ),
  )

  app.get('/api/settings', { config: { may: REPORTERS }, schema: { response: { 200: SettingsReply } } }, () => settings.all())

  app.get('/api/period-ends', { config: { may: COORDINATORS }, schema: { response: { 200: PeriodEnds } } }, () => ({
    months: settings.all().months,
  }))

  app.put('/api/settings', { config: { may: REGISTRARS }, schema: { body: PutSetting, response: { 200: Done } } }, (request) => {
    settings.put(request.body, personOf(request).staff)
    return { ok: true as const }
  })
}

const rowView = ({
  student,
  localId,
  ssid,
  last,
  first,
  site,
  siteName,
  school,
  days,
  absences,
  recovered,
  problems,
}: StasRow): StasRowView => ({
  ...{ student, localId, ssid, site, siteName, school, days, absences },
  name: `${last}, ${first}`,
  recovered: recovered.map(({ recovers, earnedOn }) => ({ recovers, earnedOn })),
  problems: [...problems],
})
