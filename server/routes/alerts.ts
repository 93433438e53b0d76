/** The digest of what one should know today, in the app. */
import { AlertsReply, SeenAlerts } from '../../shared/api/alerts.ts'
import { Done } from '../../shared/api.ts'
import { schoolDateOf } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import { openAlerts } from '../desk/alerts.ts'
import { openLastImport } from '../desk/lastImport.ts'
import { namedTakers } from '../people/disclosures.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, personOf } from '../plugins/guard.ts'
import { scopeOf } from './reports.ts'

export function alertRoutes(app: App, context: Context): void {
  const { log, overview, store, totals } = context
  const alerts = openAlerts(log, overview, openLastImport(log), () => namedTakers(context))

  app.get('/api/alerts', { config: { may: COORDINATORS }, schema: { response: { 200: AlertsReply } } }, async (request) => {
    const me = personOf(request)
    const today = schoolDateOf(log.sources.now(), store.get('district', 'district')?.body.zone ?? 'UTC')
    if (!(await totals.current(today))) return { alerts: [] }
    const seen = alerts.told(me.staff, 'seen')
    return { alerts: alerts.of(scopeOf(me, undefined), today, totals.db()).map((alert) => ({ ...alert, seen: seen.has(alert.key) })) }
  })

  app.post('/api/alerts/seen', { config: { may: COORDINATORS }, schema: { body: SeenAlerts, response: { 200: Done } } }, (request) => {
    alerts.tell(personOf(request).staff, 'seen', request.body.keys)
    return { ok: true as const }
  })
}
