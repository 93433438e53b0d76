/** Who has an account, who is invited, and who no longer may. */
import * as z from 'zod/mini'
import { ChangeAccount, Done, InvitePeople, InvitesReply, PeopleReply, type Role } from '../../shared/api.ts'
import { as } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import { isInScope } from '../log/overview.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, personOf, REGISTRARS } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'
import { scopeOf } from './reports.ts'

const id = z.string().check(z.minLength(1), z.maxLength(64))

/** Nobody gives a role that reaches further than the own. */
const canGive = (giver: Role, role: Role): boolean =>
  giver === 'coordinator' ? role === 'teacher' || role === 'substitute' : giver === 'administrator' || role !== 'administrator'

export function accountRoutes(app: App, { accounts, secondFactor, store }: Context): void {
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
            ? { username: account.username, role: account.role, state: account.state, until: account.until as Instant | null }
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
      const { role, staff, until } = request.body
      if (!canGive(me.role, role)) throw new Refused(403, 'roleTooWide', 'You cannot give a role that reaches further than yours.')
      const scope = scopeOf(me, undefined)
      const isOwn = (one: string): boolean =>
        me.districtWide || (store.get('staff', one)?.body.sites.some((site) => isInScope(scope, site)) ?? false)
      const { invites, skipped } = accounts.invite(staff.filter(isOwn), role, undefined, until)
      const foreign = staff.filter((one) => !isOwn(one)).map((one) => ({ staff: as<typeof one>(one), reason: 'unknown' as const }))
      return { invites, skipped: [...skipped, ...foreign] }
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
      if (!reaches.every((role) => canGive(me.role, role))) {
        throw new Refused(403, 'roleTooWide', 'You cannot change an account whose role reaches further than yours.')
      }
      accounts.change(account, request.body)
      if (request.body.resetSecondFactor) secondFactor.drop(account.id)
      return { ok: true as const }
    },
  )
}
