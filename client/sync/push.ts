import type { DeviceReport } from '../../shared/api/sync.ts'
import { PROTOCOL } from '../../shared/api.ts'
import { PushReply } from '../../shared/api/sync.ts'
import type { DeviceId, EventId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import type { LogDb } from '../log/db.ts'
import { readFact, readFacts } from '../log/db.ts'
import type { EventRow } from '../log/rows.ts'
import { signedBody } from '../trust/deviceKey.ts'
import { asideToAsk } from './aside.ts'
import type { api } from './http.ts'
import { isSigned, keepReceipt, proofOf } from './receipt.ts'
import type { Pace } from './pace.ts'
import { freshPace } from './pace.ts'
import { signInsOf } from './signIns.ts'
import { nextBatch } from './syncState.ts'
import { isBlock, openWay } from './way.ts'

export interface PushDeps {
  readonly db: LogDb
  readonly send: typeof api
  readonly device: DeviceId
  readonly now: () => Instant
  readonly report: () => Promise<DeviceReport>
  /** How much goes at once; changed by how long it took. */
  readonly pace?: Pace
  /** Called with what is on its way, and with what its receipt settled. */
  readonly onSending: (ids: readonly EventId[]) => void
  readonly onSettled: (ids: readonly EventId[]) => Promise<void>
  /** Called when entries that were set aside turn out to be left out: they count no more. */
  readonly onLeftOut?: () => Promise<void>
  readonly onServerTime: (serverTime: Instant, asked: Instant, heard: Instant) => void
}

/** The server said no; `retryAfter`, in milliseconds, when it said how long to wait. */
interface Refused {
  readonly kind: 'refused'
  readonly code: string
  readonly status?: number
  readonly retryAfter?: number | undefined
}

export type Pushed =
  /** `revoked`: the district wants nothing readable left here. `epoch`: the history of the district that the last receipt is of. */
  | { readonly kind: 'done'; readonly revoked: boolean; readonly epoch: string }
  | { readonly kind: 'offline' | 'signedOut' }
  | { readonly kind: 'portal'; readonly status: number }
  | Refused
  /** Something came back that proves nothing. The events stay unsent. */
  | { readonly kind: 'unproven' }

/**
 * Offers everything unsent, in the order it was recorded, until the outbox is empty; with an empty outbox it only reports how the
 * device is. An event leaves the outbox by a receipt and by nothing else. What is too large for the server, or for something between, is
 * halved; one entry that does not come through alone holds up no other. (S2, S3, S4, S13)
 */
export async function push(deps: PushDeps): Promise<Pushed> {
  const pace = deps.pace ?? freshPace()
  const way = openWay(pace)
  for (;;) {
    const unsent = await deps.db.events
      .orderBy('outbox')
      .filter(({ id }) => !way.stubborn.has(id))
      .limit(pace.most)
      .toArray()
    const batch = nextBatch(unsent, pace.most)
    const begun = deps.now()
    const reply = await offer(deps, batch)
    const took = deps.now() - begun
    if (reply.kind !== 'receipt') {
      if (reply.kind === 'offline') way.unanswered(batch.length, took)
      if (!isBlock(reply) || !way.blocked(batch.map(({ id }) => id))) return reply
      continue
    }
    way.answered(batch.length, took)
    const epoch = await settle(deps, batch, reply.reply)
    if (epoch === undefined) return { kind: 'unproven' }
    const left = await deps.db.events.orderBy('outbox').count()
    if (left > way.stubborn.size) continue
    await askAboutAside(deps, pace.most)
    return { kind: 'done', revoked: reply.reply.revoked === true, epoch }
  }
}

/** Offers once more what was set aside, rarely: what was decided about it is in the receipt. Without an answer it is as it was. (S15) */
async function askAboutAside(deps: PushDeps, most: number): Promise<void> {
  const batch = nextBatch(await asideToAsk(deps.db, deps.device, deps.now()), most)
  if (batch.length === 0) return
  const reply = await offer(deps, batch)
  if (reply.kind === 'receipt') await settle(deps, batch, reply.reply)
}

async function offer(deps: PushDeps, batch: readonly EventRow[]): Promise<Pushed | { kind: 'receipt'; reply: PushReply }> {
  const ids = batch.map((row) => row.id)
  const asked = deps.now()
  if (ids.length > 0) {
    await deps.db.events
      .where('id')
      .anyOf(ids)
      .modify((row: { -readonly [K in keyof EventRow]: EventRow[K] }) => {
        row.tries = (row.tries ?? 0) + 1
        row.triedAt = asked
      })
    deps.onSending(ids)
  }
  const sentAt = deps.now()
  const { checkpoint, signIns } = await readFacts(deps.db, 'checkpoint', 'signIns')
  const events = batch.map((row) => row.event)
  const shown = signInsOf(signIns, events)
  const body = {
    protocol: PROTOCOL,
    events,
    report: await deps.report(),
    device: deps.device,
    ...(shown.length > 0 && { signIns: shown }),
    ...(checkpoint && { checkpoint }),
  }
  const reply = await deps.send(PushReply, 'POST', '/api/sync/push', await signedBody(deps.db, deps.device, body))
  if (ids.length > 0) deps.onSending([])
  if (reply.kind === 'ok') {
    deps.onServerTime(reply.value.serverTime, sentAt, deps.now())
    return { kind: 'receipt', reply: reply.value }
  }
  if (reply.kind !== 'refused') return reply
  if (reply.status === 401 || reply.status === 403) return { kind: 'signedOut' }
  return { kind: 'refused', code: reply.code, status: reply.status, retryAfter: reply.retryAfter }
}

/** Keeps a receipt and gives the history it is of; undefined for one that is not signed, not ours, or does not name every event offered. */
async function settle(deps: PushDeps, batch: readonly EventRow[], { receipt, checkpoint }: PushReply): Promise<string | undefined> {
  const keys = (await readFact(deps.db, 'receiptKeys')) ?? []
  const proof = await proofOf(receipt, keys, deps.device, batch)
  if (proof.kind !== 'proven') return undefined
  if (batch.length > 0) {
    // What the district signed for is kept here too, and told to it again: it cannot take it back unnoticed.
    const held = checkpoint && (await isSigned(checkpoint, keys)) ? checkpoint : undefined
    await keepReceipt(deps.db, receipt, proof, deps.now(), held)
    await deps.onSettled(proof.outcomes.map((outcome) => outcome.id))
    if (proof.outcomes.some(({ leftOut }) => leftOut)) await deps.onLeftOut?.()
  }
  return proof.outcomes.length === batch.length ? proof.epoch : undefined
}
