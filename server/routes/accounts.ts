/** Who has an account, who is invited, and who no longer may. */
import type { FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import { Done } from '../../shared/api.ts'
import { ChangeAccount, InvitePeople, InvitesReply, mayGive, type Me, PeopleReply, type Role } from '../../shared/api/people.ts'
import { as, type SectionId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import { isInScope } from '../log/overview.ts'
import { namedSections } from '../log/standing.ts'
import { makePasswordLink } from '../people/passwordLinks.ts'
import { isLimitable } from '../people/reach.ts'
import { isPrivileged } from '../people/secondFactor.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, personOf, REGISTRARS, sessionToken } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'
import { scopeOf } from './reports.ts'

const id = z.string().check(z.minLength(1), z.maxLength(64))

export function accountRoutes(app: App, { accounts, log, secondFactor, sessions, signIns, store }: Context): void {
  /** Who holds a link, or a role that was changed, may be the one who gave it: so whoever gives what sees more than a class shows who it is. */
  function checkShown(request: FastifyRequest, roles: readonly Role[]): void {
    if (roles.some(isPrivileged) && !sessions.isSteppedUp(sessionToken(request)))
      throw new Refused(403, 'stepUp', 'Show again that it is you: this role sees more than a class.')
  }

  /** Somebody who works where this person may decide. */
  function isOwn(me: Me, staff: string): boolean {
    const scope = scopeOf(me, undefined)
    return me.districtWide || (store.get('staff', staff)?.body.sites.some((site) => isInScope(scope, site)) ?? false)
  }

  /** Only whom a role can be limited for, and to sections of the schools of everybody who gets it. */
  function checkSections(me: Me, role: Role, sections: readonly string[] | null | undefined, staff: readonly string[]): void {
    if (!sections) return
    if (!isLimitable(role)) throw new Refused(422, 'sectionsNotPossible', 'Only teachers and substitutes are limited to sections.')
    const scope = scopeOf(me, undefined)
    const isAt = (site: string): boolean =>
      isInScope(scope, site) && staff.every((one) => store.get('staff', one)?.body.sites.some((own) => own === site) ?? false)
    for (const section of sections) {
      const held = store.get('section', section)
      if (!held || held.ended || !isAt(held.body.site))
        throw new Refused(422, 'sectionsNotPossible', 'Each section must be one of a school where everybody chosen works.')
    }
  }

  app.get('/api/people', { config: { may: COORDINATORS }, schema: { response: { 200: PeopleReply } } }, (request) => {
    const me = personOf(request)
    const scope = scopeOf(me, undefined)
    const byStaff = new Map(accounts.all().map((account) => [account.staff, account]))
    const staff = store
      .list('staff')
      .filter(({ body, ended }) => !ended && (me.districtWide || body.sites.some((site) => isInScope(scope, site))))
    return {
      people: staff.map(({ body }) => {
        const account = byStaff.get(body.id)
        const { id: staffId, ...person } = body
        return {
          staff: staffId,
          ...person,
          account: account
            ? {
                ...{ username: account.username, role: account.role, state: account.state, until: account.until as Instant | null },
                sections: namedSections(account.sections)?.map((section) => as<SectionId>(section)) ?? null,
              }
            : null,
        }
      }),
    }
  })

  app.post(
    '/api/people/invites',
    { config: { may: COORDINATORS }, schema: { body: InvitePeople, response: { 200: InvitesReply } } },
    (request) => {
      const me = personOf(request)
      const { role, sections, staff, until } = request.body
      checkSections(me, role, sections, staff)
      if (!mayGive(me.role, role)) throw new Refused(403, 'roleTooWide', 'You cannot give a role that reaches further than yours.')
      checkShown(request, [role])
      const own = staff.filter((one) => isOwn(me, one))
      const { invites, skipped } = accounts.invite(own, role, { by: me, until, sections })
      const foreign = staff.filter((one) => !isOwn(me, one)).map((one) => ({ staff: as<typeof one>(one), reason: 'unknown' as const }))
      return { invites, skipped: [...skipped, ...foreign] }
    },
  )

  /** For whoever lost a password. The same people may make it as may invite this person in this role. */
  app.post(
    '/api/people/:staff/link',
    { config: { may: COORDINATORS }, schema: { params: z.object({ staff: id }), response: { 200: InvitesReply } } },
    (request) => {
      const me = personOf(request)
      const account = accounts.byStaff(request.params.staff)
      if (!account || !isOwn(me, account.staff)) throw notFound()
      if (account.id === me.account) throw new Refused(409, 'ownAccount', 'Somebody else must change your own account.')
      if (!mayGive(me.role, account.role))
        throw new Refused(403, 'roleTooWide', 'You cannot change an account whose role reaches further than yours.')
      checkShown(request, [account.role])
      const link = makePasswordLink({ accounts, log }, account, me.staff)
      if (!link) throw new Refused(409, 'accountClosed', 'This account is disabled. Enable it first.')
      signIns.note(account.id, request.device?.id, 'linkMade')
      return { invites: [link], skipped: [] }
    },
  )

  app.patch(
    '/api/people/:staff',
    { config: { may: REGISTRARS }, schema: { params: z.object({ staff: id }), body: ChangeAccount, response: { 200: Done } } },
    (request) => {
      const me = personOf(request)
      const account = accounts.byStaff(request.params.staff)
      if (!account) throw notFound()
      if (account.id === me.account) throw new Refused(409, 'ownAccount', 'Somebody else must change your own account.')
      const reaches = [account.role, ...(request.body.role ? [request.body.role] : [])]
      if (!reaches.every((role) => mayGive(me.role, role))) {
        throw new Refused(403, 'roleTooWide', 'You cannot change an account whose role reaches further than yours.')
      }
      checkShown(request, reaches)
      checkSections(me, request.body.role ?? account.role, request.body.sections, [account.staff])
      accounts.change(account, request.body, me.staff)
      if (request.body.resetSecondFactor) secondFactor.drop(account.id)
      return { ok: true as const }
    },
  )
}
