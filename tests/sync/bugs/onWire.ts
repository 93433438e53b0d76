/** Bugs between a tablet and the server: what is sent, what comes back, and what is believed of it. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { readFact, writeFact } from '../../../client/log/db.ts'
import type { LogDb } from '../../../client/log/db.ts'
import type { EventRow } from '../../../client/log/rows.ts'
import { applyPage } from '../../../client/sync/pull.ts'
import type { PullReply, PushReply, ReceiptBody } from '../../../shared/api/sync.ts'
import { isKnownType } from '../../../shared/eventTypes.ts'
import type { Tab } from '../world/device.ts'
import type { Reply, Send } from '../world/post.ts'
import type { Bug, Planted } from '../world/world.ts'

type Plant = NonNullable<Planted['send']>
type Row = { -readonly [K in keyof EventRow]: EventRow[K] }
interface Sent {
  readonly id: string
  readonly deviceSeq: number
}

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

const sentOf = (body: unknown): readonly string[] => (body as { events: readonly Sent[] }).events.map((event) => event.id)
/** What a naive app does with what it takes for delivered. */
const leaveOutbox = (db: LogDb, ids: readonly string[]): Promise<number> =>
  db.events
    .where('id')
    .anyOf([...ids])
    .modify((row: Row) => void delete row.outbox)

const emptiedTooSoon: Plant =
  (send, { db }) =>
  async (schema, method, path, body) => {
    if (path.endsWith('/push')) await leaveOutbox(db, sentOf(body))
    return send(schema, method, path, body)
  }

/** Events leave the outbox when a push was answered in this way. */
const delivered =
  (isTaken: (reply: Reply<unknown>) => boolean): Plant =>
  (send, { db }) =>
  async (schema, method, path, body) => {
    const reply = await send(schema, method, path, body)
    if (path.endsWith('/push') && isTaken(reply)) await leaveOutbox(db, sentOf(body))
    return reply
  }

/** Something else happens on the device whenever a request is refused in this way. */
const onRefusal =
  (status: number, work: (db: LogDb) => Promise<unknown>): Plant =>
  (send, { db }) =>
  async (schema, method, path, body) => {
    const reply = await send(schema, method, path, body)
    if (reply.kind === 'refused' && reply.status === status) await work(db)
    return reply
  }
const confirmed = (row: EventRow): boolean => row.outbox === undefined && row.receipt !== undefined

const newIdAgain: Plant =
  (send, { db, device }) =>
  async (schema, method, path, body) => {
    if (!path.endsWith('/push')) return send(schema, method, path, body)
    const tried = new Set((await db.events.filter((row) => (row.tries ?? 0) > 1).toArray()).map((row) => row.id as string))
    const { events } = body as { events: readonly Sent[] }
    return send(schema, method, path, {
      ...(body as object),
      events: events.map((event) => (tried.has(event.id) ? { ...event, id: device.newId() } : event)),
    })
  }

const givenUp: Plant =
  (send, { db }) =>
  async (schema, method, path, body) => {
    if (path.endsWith('/push'))
      await db.events.filter((row) => row.outbox !== undefined && (row.tries ?? 0) > 3).modify((row: Row) => void delete row.outbox)
    return send(schema, method, path, body)
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

const neverOfferedAgain = onReply('/pull', async (value, { db }) => {
  await db.meta.put({ name: 'epoch', value: (value as PullReply).cursor.epoch })
})

const pageFromElsewhere = onReply('/pull', async (value, { db, store }) => {
  await applyPage(db, value as PullReply, store.now())
})

/** Half of a page is thrown away and the rest stored as if it were all. */
const pageOf = (change: (page: PullReply) => PullReply): Plant => onReply('/pull', async (value) => change(value as PullReply))

const leaversTakeAll = onReply('/pull', async (value, { db }) => {
  const { forget } = value as PullReply
  for (const session of forget?.sessions ?? []) await db.events.where('session').equals(session).delete()
  const left = new Set<unknown>(forget?.students)
  await db.events.filter(({ event }) => 'student' in event && left.has(event.student)).delete()
})

/** A page is asked for without a word of who will read it. */
const anybody: NonNullable<Planted['send']> = (send) => (schema, method, path, body) => {
  const { person: _person, ...rest } = (body ?? {}) as { readonly person?: string }
  return send(schema, method, path, path.endsWith('/pull') ? rest : body)
}

const reofferForgets = onReply('/pull', async (value, { db }) => {
  const known = (await db.meta.get('epoch'))?.value
  if (known !== undefined && known !== (value as PullReply).cursor.epoch) await db.events.clear()
})

const BUGS: readonly (readonly [string, Bug['plant']])[] = [
  ['the reply to a push moves the cursor of the pull', () => ({ send: pushMovesCursor })],
  ['the outbox is emptied when the request leaves', () => ({ send: emptiedTooSoon })],
  ['the cursor is stored before its page', () => ({ send: cursorApart })],
  ['a receipt is believed without its signature', () => ({ send: unverified })],
  ['after a restored backup nothing is offered again', () => ({ send: neverOfferedAgain })],
  ['a page is stored wherever the device stands by then', () => ({ send: pageFromElsewhere })],
  ["a portal's page is taken for delivery", () => ({ send: delivered((reply) => reply.kind === 'portal') })],
  ['"busy" is taken for delivery', () => ({ send: delivered((reply) => reply.kind === 'refused' && reply.status === 503) })],
  ['what is too large is thrown away', () => ({ send: delivered((reply) => reply.kind === 'refused' && reply.status === 413) })],
  ['no answer is taken for delivery', () => ({ send: delivered((reply) => reply.kind === 'offline') })],
  ['an event is given up after three tries', () => ({ send: givenUp })],
  ['an event gets a new id when it is sent again', () => ({ send: newIdAgain })],
  [
    'a refused sign-in wipes what is unsent',
    () => ({ send: onRefusal(401, (db) => db.events.filter((row) => row.outbox !== undefined).delete()) }),
  ],
  ['starting over wipes what is unsent', () => ({ send: onRefusal(409, (db) => db.events.clear()) })],
  [
    'own events are forgotten as soon as they are confirmed',
    () => ({ send: onRefusal(409, (db) => db.events.filter(confirmed).delete()) }),
  ],
  ['a new epoch begins with an empty store', () => ({ send: reofferForgets })],
  ['the last event of a page is dropped', () => ({ send: pageOf((page) => ({ ...page, events: page.events.slice(0, -1) })) })],
  ['the last record of a page is dropped', () => ({ send: pageOf((page) => ({ ...page, records: page.records.slice(0, -1) })) })],
  [
    'a page with an event of an unknown type is skipped',
    () => ({ send: pageOf((page) => (page.events.every(({ event }) => isKnownType(event as never)) ? page : { ...page, events: [] })) }),
  ],
  ['only the first page is asked for', () => ({ send: pageOf((page) => ({ ...page, more: false })) })],
  ['students who left are kept', () => ({ send: pageOf(({ forget: _forget, ...page }) => page) })],
  ['a page is told to whoever sits at the tablet', () => ({ send: anybody })],
  ['students who leave take with them what was recorded here', () => ({ send: leaversTakeAll })],
]

export const ON_WIRE: readonly Bug[] = BUGS.map(([name, plant]) => ({ name, plant }))
