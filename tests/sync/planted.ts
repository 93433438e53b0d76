/** Bugs that others made before us, planted one at a time around the real parts: a simulator that does not find them proves nothing. */
import { generateKeyPairSync, sign } from 'node:crypto'
import type { LogDb } from '../../client/log/db.ts'
import { readFact, writeFact } from '../../client/log/db.ts'
import type { EventRow } from '../../client/log/rows.ts'
import { applyPage } from '../../client/sync/pull.ts'
import { Refused } from '../../server/plugins/refuse.ts'
import type { PullReply, PushReply, ReceiptBody } from '../../shared/api.ts'
import { as } from '../../shared/ids.ts'
import { eventHash } from '../../shared/sync/chain.ts'
import { isKnownType } from '../../shared/eventTypes.ts'
import type { Send } from './world/post.ts'
import type { Tab } from './world/device.ts'
import type { Parts } from './world/server.ts'
import type { Planted } from './world/world.ts'

interface Sent {
  readonly id: string
  readonly type: string
  readonly v: number
  readonly deviceSeq: number
}

type Plant = NonNullable<Planted['send']>

/** Something done with every answer to a push or pull before the real code sees it. */
const onReply =
  (path: '/push' | '/pull', work: (value: unknown, tab: Tab) => Promise<unknown>): Plant =>
  (send, tab): Send =>
  async (schema, method, to, body) => {
    const reply = await send(schema, method, to, body)
    if (reply.kind !== 'ok' || !to.endsWith(path)) return reply
    return { kind: 'ok', value: schema.parse((await work(reply.value, tab)) ?? reply.value) }
  }
const resultsOf = (reply: PushReply): ReceiptBody['results'] => (JSON.parse(reply.receipt.body) as ReceiptBody).results

const pushMovesCursor = onReply('/push', async (value, { db }) => {
  const cursor = await readFact(db, 'cursor')
  const seq = Math.max(0, ...resultsOf(value as PushReply).map((result) => result.seq ?? 0))
  if (cursor && seq > cursor.seq) await writeFact(db, 'cursor', { ...cursor, seq })
})

const emptiedTooSoon: Plant =
  (send, { db }) =>
  async (schema, method, path, body) => {
    if (path.endsWith('/push')) {
      const ids = (body as { events: readonly Sent[] }).events.map((event) => event.id)
      await db.events
        .where('id')
        .anyOf(ids)
        .modify((row: { outbox?: number }) => void delete row.outbox)
    }
    return send(schema, method, path, body)
  }

/** Every third push is signed for and not written. */
const signedBeforeCommit: Parts = (context) => {
  let pushes = 0
  return {
    ...context,
    receive: (push) => {
      if (push.events.length === 0 || ++pushes % 3 !== 0) return context.receive(push)
      const results = push.events.map((event, index) => {
        const { id } = event as Sent
        return {
          index,
          id: as<EventRow['id']>(id),
          hash: eventHash(event),
          outcome: 'accepted' as const,
          seq: context.log.head() + index + 1,
          reason: null,
        }
      })
      return context.receiptKey.sign({ epoch: context.log.epoch, device: as(push.device), at: context.log.sources.now(), results })
    },
  }
}

const cursorApart = onReply('/pull', async (value, { db }) => {
  await writeFact(db, 'cursor', (value as PullReply).cursor)
})

const own = generateKeyPairSync('ed25519')
const ownKey = own.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')
/** Whatever comes back is made to pass for signed: as if nobody looked. */
const unverified = onReply('/push', async (value, { db }) => {
  const reply = value as PushReply
  await writeFact(db, 'receiptKeys', [ownKey])
  const signature = sign(null, Buffer.from(reply.receipt.body), own.privateKey).toString('base64')
  return { ...reply, receipt: { ...reply.receipt, signature } }
})

const withoutPrev = (row: object): object => ('event' in row ? { ...row, event: { ...(row.event as object), prev: '' } } : row)

/** What was in the log already is written once more, as a server without ids would. */
const countedTwice: Parts = (context) => ({
  ...context,
  receive: (push) => {
    const receipt = context.receive(push)
    const { results } = JSON.parse(receipt.body) as ReceiptBody
    const again = results
      .filter((result) => result.outcome === 'duplicate')
      .map((result) => push.events[result.index] as Sent)
      .map((event) => ({ ...event, id: `${event.id}-2`.slice(-64), deviceSeq: event.deviceSeq + 1_000_000 }))
    if (again.length > 0) context.receive({ ...push, events: again })
    return receipt
  },
})

const scopeIgnored: Parts = (context) => ({ ...context, deliver: (_scope, after, limit) => context.deliver('all', after, limit) })

const otherSchoolsForgotten: Parts = (context) => ({
  ...context,
  deliver: (scope, after, limit) => {
    const page = context.deliver(scope, after, limit)
    if (scope === 'all') return page
    return { ...page, events: page.events.filter(({ event }) => scope.includes((event as { site: string }).site)) }
  },
})

const sequenceSkips: Parts = (context) => ({
  ...context,
  receive: (push) => {
    const receipt = context.receive(push)
    if (push.events.length > 0) context.log.db.exec('UPDATE head SET seq = seq + 1')
    return receipt
  },
})

const unknownRefused: Parts = (context) => ({
  ...context,
  receive: (push) => {
    if (push.events.some((event) => !isKnownType(event as Sent))) throw new Refused(400, 'unknownType', 'Update the server first.')
    return context.receive(push)
  },
})

const deviceZone = (db: LogDb): void => {
  db.records.hook('creating', (_key, row) => {
    if (row.kind === 'site') Object.assign(row, { body: { ...row.body, zone: 'Pacific/Honolulu' } })
  })
}

const alwaysSaved = ({ store, writing }: Tab): void => {
  const { write } = store
  store.write = (drafts) => {
    const { events, done } = write(drafts)
    writing.pop()
    const given = { events, done: done.then(() => ({ kind: 'saved' as const })) }
    writing.push(given)
    return given
  }
}

const deafTab = ({ store }: Tab): void => {
  store.catchUp = async () => undefined
}

const neverOfferedAgain = onReply('/pull', async (value, { db }) => {
  await db.meta.put({ name: 'epoch', value: (value as PullReply).cursor.epoch })
})

const pageFromElsewhere = onReply('/pull', async (value, { db, store }) => {
  await applyPage(db, value as PullReply, store.now())
})

/** Each bug with its name. Made anew for each history: some of them count. */
export const PLANTED: readonly (readonly [string, () => Planted])[] = [
  ['the reply to a push moves the cursor of the pull', () => ({ send: pushMovesCursor })],
  ['the outbox is emptied when the request leaves', () => ({ send: emptiedTooSoon })],
  ['a receipt is signed before the commit', () => ({ server: signedBeforeCommit })],
  ['the cursor is stored before its page', () => ({ send: cursorApart })],
  ['a receipt is believed without its signature', () => ({ send: unverified })],
  ['an event does not name the one before', () => ({ disk: withoutPrev })],
  ['an event that comes twice is written twice', () => ({ server: countedTwice })],
  ['a pull is answered without looking at the scope', () => ({ server: scopeIgnored })],
  ['sessions of other schools are not told', () => ({ server: otherSchoolsForgotten })],
  ['the sequence skips a number', () => ({ server: sequenceSkips })],
  ['a type that the server does not know is refused', () => ({ server: unknownRefused })],
  ["the device's zone is taken for the school's", () => ({ db: deviceZone })],
  ['"Saved" is said of what the disk refused', () => ({ tab: alwaysSaved })],
  ['a tab does not read what was pulled', () => ({ tab: deafTab })],
  ['signing out clears the outbox', () => ({ onSignOut: (db) => db.events.clear() })],
  ['a restored backup keeps its epoch', () => ({ keepsEpoch: true })],
  ['after a restored backup nothing is offered again', () => ({ send: neverOfferedAgain })],
  ['a page is stored wherever the device stands by then', () => ({ send: pageFromElsewhere })],
]
