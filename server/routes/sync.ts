/** Push and pull. Both go by the device's credential: an ended web session never keeps attendance from being sent. */
import { PullReply, PullRequest, PushReply, PushRequest } from '../../shared/api/sync.ts'
import type { Context } from '../context.ts'
import { verifiedBackup } from '../log/backup.ts'
import { type Scope, scopeName } from '../log/deliver.ts'
import { reportAfter } from '../log/reportAfter.ts'
import { byCodeUnits } from '../../shared/rules/codeUnits.ts'
import type { App } from '../plugins/app.ts'
import { deviceOf } from '../plugins/guard.ts'
import { speaksKnownProtocol } from '../plugins/protocol.ts'
import { Refused } from '../plugins/refuse.ts'
import { checkSignature } from '../plugins/signed.ts'
import { sendPage } from './pageText.ts'

/** Devices of the first protocol were not told what to forget: the next one begins with a scope of its own name, and so with everything anew. */
const scopeFor = (protocol: number, sites: Scope): string => (protocol === 1 ? scopeName(sites) : `${scopeName(sites)}.2`)

export function syncRoutes(app: App, { accounts, checkpoints, deliver, ledgers, log, receive, store }: Context): void {
  /** The school that was asked for; the first by name when there is none of that id. */
  function schoolOf(wanted: string): string | undefined {
    const open = store.list('site').filter(({ ended }) => !ended)
    const [first] = open.toSorted((a, b) => byCodeUnits(a.body.name, b.body.name))
    return (open.find(({ id }) => id === wanted) ?? first)?.id
  }

  /** Accepts a device's events; sending the same ones again changes nothing. (S2, S3) */
  const push = { body: PushRequest, response: { 200: PushReply } }
  app.post(
    '/api/sync/push',
    { config: { may: 'device' }, preValidation: [speaksKnownProtocol, checkSignature], schema: push },
    (request) => {
      const { id: device, revokedAt } = deviceOf(request)
      const { checkpoint, device: claimed = device, events, report, signIns } = request.body
      if (claimed !== device) throw new Refused(401, 'signIn', 'This browser has become another device since. Sign in on it again.')
      if (checkpoint) checkpoints.cameBack(device, checkpoint)
      return {
        receipt: receive({ device, events, report: reportAfter(report, events.length), signIns }),
        serverTime: log.sources.now(),
        checkpoint: checkpoints.newest(),
        revoked: revokedAt !== null,
      }
    },
  )

  /** What the device's person may see after the cursor, one page; on the last page the proof of the totals. (S6, S10) */
  const pull = { body: PullRequest, response: { 200: PullReply } }
  app.post('/api/sync/pull', { config: { may: 'device' }, preValidation: speaksKnownProtocol, schema: pull }, (request, reply) => {
    const { staff } = deviceOf(request)
    const isTheirs = request.body.person === undefined || request.body.person === staff
    const mayChoose = staff === null || !isTheirs ? undefined : accounts.scopeOf(staff)
    if (mayChoose === undefined)
      throw new Refused(401, 'signIn', 'Sign in to get news from the district. What is recorded here is sent all the same.')
    const { cursor, asOf, limit, protocol, site } = request.body
    const chosen = mayChoose === 'all' && site !== undefined ? schoolOf(site) : undefined
    const sites = chosen === undefined ? mayChoose : [chosen]
    const scope = scopeFor(protocol, sites)
    if (cursor && cursor.epoch !== log.epoch)
      throw new Refused(409, 'otherEpoch', 'The server was restored from a backup. Send everything again and start over.')
    if (cursor && cursor.scope !== scope) throw new Refused(409, 'otherScope', 'The schools this person may see have changed. Start over.')
    const after = cursor?.seq ?? 0
    const { page, told } = log.read(() => {
      const told = deliver(sites, after, limit)
      const { seq, head, more, records, events, forget } = told
      const page = {
        cursor: { epoch: log.epoch, scope, seq },
        head,
        more,
        records,
        events,
        forget,
        verified: verifiedBackup(log.db),
        totals: more ? null : ledgers.proof(sites, asOf),
        ...(!more && staff !== null && { sections: accounts.sectionsOf(staff) }),
        serverTime: log.sources.now(),
        ...(chosen !== undefined && { site: chosen }),
      }
      return { page, told }
    })
    // While the device takes this page in, so does the ledger that is to prove the last one: once the whole of the page is on its way.
    if (told.more) reply.raw.once('finish', () => setImmediate(() => ledgers.follow(sites, after, told)))
    sendPage(reply, page)
  })
}
