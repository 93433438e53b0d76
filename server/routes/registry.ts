/** The registry as people keep it by hand: sections, the standing of staff, and how much there is. */
import * as z from 'zod/mini'
import { Done } from '../../shared/api.ts'
import { AddStaff, ChangeStaff, StaffAdded } from '../../shared/api/people.ts'
import { PutSection, RegistrySummary, SectionsReply } from '../../shared/api/registry.ts'
import type { Section } from '../../shared/registry.ts'
import { fiscalYearOf } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import { isInScope } from '../log/overview.ts'
import { sectionKey } from '../log/sectionScopes.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, EVERYBODY, personOf, REGISTRARS } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'
import { openAddStaff } from '../registry/addStaff.ts'
import { openByHand } from '../registry/byHand.ts'
import { openSectionFault } from '../registry/sectionList.ts'
import { registrySummary } from '../registry/summary.ts'
import { openToday } from '../reports/reports.ts'
import { scopeOf } from './reports.ts'

const id = z.string().check(z.minLength(1), z.maxLength(64))
const OfSite = z.object({ site: z.optional(id) })

export function registryRoutes(app: App, context: Context): void {
  const { store } = context
  const today = openToday(context)
  const faultOf = openSectionFault(context.log, store)
  const byHand = openByHand(context.log, store)
  const addStaff = openAddStaff(context)

  app.get('/api/registry', { config: { may: EVERYBODY }, schema: { response: { 200: RegistrySummary } } }, (request) => {
    const scope = scopeOf(personOf(request), undefined)
    return registrySummary(store, fiscalYearOf(today()), (site) => isInScope(scope, site))
  })

  app.get('/api/sections', { config: { may: EVERYBODY }, schema: { querystring: OfSite, response: { 200: SectionsReply } } }, (request) => {
    const scope = scopeOf(personOf(request), request.query.site)
    const isShown = (section: Section): boolean => isInScope(scope, section.site) || isInScope(scope, sectionKey(section.id))
    const sections = store.list('section').filter(({ body }) => isShown(body))
    return {
      sections: sections.map(({ body, ended, seq }) => ({ id: body.id, ended, section: body, seq, changed: byHand.lastChange(seq) })),
    }
  })

  app.put('/api/sections', { config: { may: COORDINATORS }, schema: { body: PutSection, response: { 200: Done } } }, (request) => {
    const { section, ended, shown } = request.body
    const me = personOf(request)
    scopeOf(me, section.site)
    const fault = faultOf(section, ended, scopeOf(me, undefined))
    if (fault !== undefined) throw new Refused(422, 'sectionNotPossible', fault)
    if (!byHand.put({ kind: 'section', id: section.id, ended, body: section }, me.staff, shown)) throw sectionMoved(section.id)
    return { ok: true as const }
  })

  function sectionMoved(of: string): Refused {
    const held = store.get('section', of)
    const name = held ? byHand.lastChange(held.seq).name : null
    const what = name === null ? 'This section was changed meanwhile.' : `${name} changed this section meanwhile.`
    return new Refused(409, 'sectionMoved', `${what} Nothing was saved: look at it as it is now, and save again.`)
  }

  /** Whoever is added has no account yet: that is given by an invitation, as far as one may give it. */
  app.post('/api/staff', { config: { may: REGISTRARS }, schema: { body: AddStaff, response: { 200: StaffAdded } } }, (request) => {
    const me = personOf(request)
    for (const site of request.body.sites) scopeOf(me, site)
    const added = addStaff(me, request.body)
    if ('takenBy' in added) throw new Refused(409, 'emailTaken', `${added.takenBy} is on the staff list with this address.`)
    return added
  })

  /** Only time under a certificated employee counts: whoever changes this changes totals. */
  app.patch(
    '/api/staff/:staff',
    { config: { may: REGISTRARS }, schema: { params: z.object({ staff: id }), body: ChangeStaff, response: { 200: Done } } },
    (request) => {
      const held = store.get('staff', request.params.staff)
      if (!held) throw notFound()
      const { certificated = held.body.certificated, employee = held.body.employee } = request.body
      byHand.put({ kind: 'staff', id: held.id, ended: held.ended, body: { ...held.body, certificated, employee } }, personOf(request).staff)
      return { ok: true as const }
    },
  )
}
