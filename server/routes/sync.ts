/** Push and pull. Both go by the device's credential: an ended web session never keeps attendance from being sent. */
import { PullReply, PullRequest, PushReply, PushRequest } from '../../shared/api.ts'
import type { Context } from '../context.ts'
import { scopeName } from '../log/deliver.ts'
import type { App } from '../plugins/app.ts'
import { deviceOf } from '../plugins/guard.ts'
import { Refused } from '../plugins/refuse.ts'

export function syncRoutes(app: App, { accounts, deliver, ledgers, log, receive }: Context): void {
  /** Accepts a device's events; sending the same ones again changes nothing. (S2, S3) */
  app.post('/api/sync/push', { config: { may: 'device' }, schema: { body: PushRequest, response: { 200: PushReply } } }, (request) => ({
    receipt: receive({ device: deviceOf(request).id, ...request.body }),
    serverTime: log.sources.now(),
  }))

  /** What the device's person may see after the cursor, one page; on the last page the proof of the totals. (S6, S10) */
  app.post('/api/sync/pull', { config: { may: 'device' }, schema: { body: PullRequest, response: { 200: PullReply } } }, (request) => {
    const { staff } = deviceOf(request)
    const sites = staff === null ? undefined : accounts.scopeOf(staff)
    if (sites === undefined)
      throw new Refused(401, 'signIn', 'Sign in to get news from the district. What is recorded here is sent all the same.')
    const { cursor, asOf, limit } = request.body
    const scope = scopeName(sites)
    if (cursor && cursor.epoch !== log.epoch)
      throw new Refused(409, 'otherEpoch', 'The server was restored from a backup. Send everything again and start over.')
    if (cursor && cursor.scope !== scope) throw new Refused(409, 'otherScope', 'The schools this person may see have changed. Start over.')
    return log.read(() => {
      const page = deliver(sites, cursor?.seq ?? 0, limit)
      return {
        cursor: { epoch: log.epoch, scope, seq: page.seq },
        head: page.head,
        more: page.more,
        records: page.records,
        events: page.events,
        totals: page.more ? null : ledgers.proof(sites, asOf),
        serverTime: log.sources.now(),
      }
    })
  })
}
