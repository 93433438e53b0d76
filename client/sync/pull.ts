import type { Cursor, PullReply as Page } from '../../shared/api.ts'
import { PROTOCOL, PullReply } from '../../shared/api.ts'
import { readEvent } from '../../shared/events.ts'
import type { KeptEvent } from '../../shared/events.ts'
import type { RegistryRecord } from '../../shared/registry.ts'
import type { Instant, SchoolDate } from '../../shared/time.ts'
import type { LogDb } from '../log/db.ts'
import { forgetFact, readFact, writeFact } from '../log/db.ts'
import type { EventRow } from '../log/rows.ts'
import type { api } from './http.ts'

export interface PullDeps {
  readonly db: LogDb
  readonly send: typeof api
  readonly asOf: () => SchoolDate
  readonly now: () => Instant
  readonly onPage: (records: readonly RegistryRecord[], progress: { done: number; of: number }) => Promise<void>
  /** What was pulled is gone from the store; own events are not. */
  readonly onForgotten: () => Promise<void>
  readonly onServerTime: (serverTime: Instant, asked: Instant, heard: Instant) => void
}

export type Pulled =
  | { readonly kind: 'done' }
  | { readonly kind: 'offline' | 'portal' | 'signedOut' }
  | { readonly kind: 'refused'; readonly code: string }

/** Large enough for few round trips, small enough to be applied between two taps. */
const LIMIT = 1000

/** Brings everything newer than the cursor, page by page; a page and its cursor are one transaction. (S6) */
export async function pull(deps: PullDeps): Promise<Pulled> {
  let resynced = false
  for (;;) {
    const cursor = (await readFact(deps.db, 'cursor')) ?? null
    const asked = deps.now()
    const reply = await deps.send(PullReply, 'POST', '/api/sync/pull', { protocol: PROTOCOL, cursor, asOf: deps.asOf(), limit: LIMIT })
    if (reply.kind === 'offline' || reply.kind === 'portal') return { kind: reply.kind }
    if (reply.kind === 'refused') {
      if (reply.status === 401 || reply.status === 403) return { kind: 'signedOut' }
      if (reply.status !== 409 || resynced) return { kind: 'refused', code: reply.code }
      resynced = true
      await forgetPulled(deps.db)
      await deps.onForgotten()
      continue
    }
    deps.onServerTime(reply.value.serverTime, asked, deps.now())
    await applyPage(deps.db, reply.value, deps.now())
    await deps.onPage(reply.value.records, { done: reply.value.cursor.seq, of: reply.value.head })
    if (!reply.value.more) return { kind: 'done' }
  }
}

/** Stores a page, what it proves and its cursor, all or nothing. An event already here keeps its row: receiving twice is receiving once. */
export async function applyPage(db: LogDb, page: Page, now: Instant): Promise<void> {
  const incoming = page.events.flatMap(({ seq, event }) => rowOf(seq, event))
  await db.transaction('rw', db.events, db.records, db.meta, async () => {
    const number = ((await readFact(db, 'page')) ?? 0) + 1
    const known = await db.events
      .where('id')
      .anyOf(incoming.map((row) => row.id))
      .toArray()
    const here = new Set(known.map((row) => row.id))
    await db.events.bulkAdd(incoming.filter((row) => !here.has(row.id)))
    await db.records.bulkPut(page.records.map((record) => ({ ...record, page: number })))
    await writeFact(db, 'page', number)
    await writeFact(db, 'cursor', page.cursor)
    await writeFact(db, 'lastPulledAt', now)
    if (page.totals) await writeFact(db, 'proof', page.totals)
    await reofferAfterRestore(db, page.cursor)
  })
}

/** A restored server begins another epoch and may have lost what it had confirmed: everything recorded here is offered again. (S8) */
async function reofferAfterRestore(db: LogDb, cursor: Cursor): Promise<void> {
  const row = await db.meta.get('epoch')
  if (row?.value === cursor.epoch) return
  if (row) {
    await db.events
      .filter((event) => event.receipt !== undefined && event.outbox === undefined)
      .modify((event: { -readonly [K in keyof EventRow]: EventRow[K] }) => {
        event.outbox = event.deviceSeq
        delete event.attention
      })
  }
  await db.meta.put({ name: 'epoch', value: cursor.epoch })
}

function rowOf(seq: number, raw: unknown): EventRow[] {
  const read = readEvent(raw)
  if (read.kind === 'malformed') return []
  const unknown = read.kind === 'unknown'
  const event: KeptEvent = unknown ? { ...read.event, unknown: true } : read.event
  const session = 'session' in event && typeof event.session === 'string' ? event.session : ''
  const on = !unknown && read.event.type === 'SessionStarted' ? { on: read.event.on } : {}
  return [
    {
      id: event.id,
      session,
      device: event.device,
      deviceSeq: event.deviceSeq,
      seq,
      event,
      ...on,
      ...(unknown ? { unknown: 1 as const } : {}),
    },
  ]
}

/**
 * Forgets what was pulled, so that it can be pulled anew from the beginning. What was recorded here stays, sent or not: it has a place in
 * the outbox, a receipt, or a reason to be looked at. (S7, S9)
 */
export async function forgetPulled(db: LogDb): Promise<void> {
  await db.transaction('rw', db.events, db.records, db.meta, async () => {
    await db.events.filter((row) => row.outbox === undefined && row.receipt === undefined && row.attention === undefined).delete()
    await db.records.clear()
    await forgetFact(db, 'cursor')
    await forgetFact(db, 'proof')
    await forgetFact(db, 'parity')
  })
}
