import { type Cursor, type PullReply as Page, PullReply } from '../../shared/api/sync.ts'
import { PROTOCOL } from '../../shared/api.ts'
import { readEvent } from '../../shared/events.ts'
import type { KeptEvent } from '../../shared/events.ts'
import type { EventId } from '../../shared/ids.ts'
import type { RegistryRecord } from '../../shared/registry.ts'
import { canonical, eventHash } from '../../shared/sync/chain.ts'
import type { Instant, SchoolDate } from '../../shared/time.ts'
import type { LogDb } from '../log/db.ts'
import { readFact, readFacts, writeFact } from '../log/db.ts'
import type { EventRow } from '../log/rows.ts'
import { addBesideOwn } from './besideOwn.ts'
import { forgetLeft, forgetPulled, isOwn } from './forget.ts'
import type { api } from './http.ts'

export interface PullDeps {
  readonly db: LogDb
  readonly send: typeof api
  readonly asOf: () => SchoolDate
  readonly now: () => Instant
  readonly onPage: (records: readonly RegistryRecord[], progress: { done: number; of: number }) => Promise<void>
  /** Own events that had been set aside and that the district has taken after all. */
  readonly onTaken: (ids: readonly EventId[]) => Promise<void>
  /** What was pulled is gone from the store; own events are not. */
  readonly onForgotten: () => Promise<void>
  readonly onServerTime: (serverTime: Instant, asked: Instant, heard: Instant) => void
}

export type Pulled =
  | { readonly kind: 'done' }
  | { readonly kind: 'offline' | 'portal' | 'signedOut' }
  | { readonly kind: 'refused'; readonly code: string; readonly status: number; readonly retryAfter?: number | undefined }

/** How often another tab, or another person, may come in between before the round is left to the next one. */
const MOST_OVERTAKEN = 5

/** Where this device stands when it asks: its answer is worth something only while it still stands there. */
interface Standing {
  readonly cursor: Cursor | null
  /** Who is signed in; null when nobody is. */
  readonly account: string | null
  readonly person: string | undefined
  /** The school to ask for; undefined for somebody whose schools are given. */
  readonly site: string | undefined
}

async function standing(db: LogDb): Promise<Standing> {
  const { cursor, account, wantedSite } = await readFacts(db, 'cursor', 'account', 'wantedSite')
  const { me } = account ?? {}
  return {
    ...{ cursor: cursor ?? null, account: me?.account ?? null, person: me?.staff },
    site: me?.districtWide ? (wantedSite ?? '') : undefined,
  }
}

const isSame = (a: Standing, b: Standing): boolean =>
  a.account === b.account && a.cursor?.epoch === b.cursor?.epoch && a.cursor?.scope === b.cursor?.scope && a.cursor?.seq === b.cursor?.seq

/** Large enough for few round trips, small enough to be applied between two taps. */
const LIMIT = 1000

/** Brings everything newer than the cursor, page by page; a page and its cursor are one transaction. (S6) */
export async function pull(deps: PullDeps): Promise<Pulled> {
  let resynced = false
  for (let overtaken = 0; overtaken <= MOST_OVERTAKEN; ) {
    const from = await standing(deps.db)
    if (from.account === null) return { kind: 'signedOut' }
    const { cursor } = from
    const asked = deps.now()
    const reply = await deps.send(PullReply, 'POST', '/api/sync/pull', {
      ...{ protocol: PROTOCOL, cursor, asOf: deps.asOf(), limit: LIMIT },
      ...(from.person !== undefined && { person: from.person }),
      ...(from.site !== undefined && { site: from.site }),
    })
    if (reply.kind === 'offline' || reply.kind === 'portal') return { kind: reply.kind }
    if (reply.kind === 'refused') {
      if (reply.status === 401 || reply.status === 403) return { kind: 'signedOut' }
      const { code, status, retryAfter } = reply
      if (status !== 409 || resynced) return { kind: 'refused', code, status, retryAfter }
      resynced = true
      // After a restore, what this device knows to be safe is of the history before.
      await forgetPulled(deps.db, code === 'otherScope' ? deps.now() : undefined)
      await deps.onForgotten()
      continue
    }
    deps.onServerTime(reply.value.serverTime, asked, deps.now())
    const taken = await applyPage(deps.db, reply.value, deps.now(), from)
    if (!taken) {
      overtaken++
      continue
    }
    if (taken.ids.length > 0) await deps.onTaken(taken.ids)
    if (taken.forgot) await deps.onForgotten()
    await deps.onPage(reply.value.records, { done: reply.value.cursor.seq, of: reply.value.head })
    if (!reply.value.more) return { kind: 'done' }
  }
  return { kind: 'offline' }
}

/** What a page did besides adding: own events that need no attention any more, and whether something went or was told in other words. */
export interface Applied {
  readonly ids: readonly EventId[]
  readonly forgot: boolean
}

/**
 * Stores a page, what it proves and its cursor, all or nothing: what has left the scope goes first. An event already here keeps its row:
 * receiving twice is receiving once.
 * Undefined, and nothing is stored, when the device no longer stands where it stood when the page was asked for (`from`): somebody signed out
 * meanwhile, or another tab went on. Such a page would bring back names that were taken away, or leave a hole before it.
 */
export async function applyPage(db: LogDb, page: Page, now: Instant, from?: Standing): Promise<Applied | undefined> {
  // Somebody of two schools may be told of one event for each of them, in one page.
  const incoming = [...new Map(page.events.flatMap(({ seq, event }) => rowOf(seq, event)).map((row) => [row.id, row])).values()]
  return db.transaction('rw', db.events, db.records, db.receipts, db.meta, async () => {
    if (from && !isSame(from, await standing(db))) return undefined
    const left = page.forget ? await forgetLeft(db, page.forget, now) : false
    const number = ((await readFact(db, 'page')) ?? 0) + 1
    const known = await db.events
      .where('id')
      .anyOf(incoming.map((row) => row.id))
      .toArray()
    const here = new Set(known.map((row) => row.id))
    const reworded = await reword(db, known, incoming)
    await addBesideOwn(
      db,
      incoming.filter((row) => !here.has(row.id)),
    )
    await db.records.bulkPut(page.records.map((record) => ({ ...record, page: number })))
    await writeFact(db, 'page', number)
    await writeFact(db, 'cursor', page.cursor)
    await writeFact(db, 'lastPulledAt', now)
    if (page.site !== undefined && !page.more) await writeFact(db, 'site', page.site)
    if (page.sections !== undefined) await noteReach(db, page.sections)
    if (page.totals) await writeFact(db, 'proof', page.totals)
    if (page.verified) await writeFact(db, 'verified', page.verified)
    await reofferAfterRestore(db, page.cursor)
    return { ids: await takenAfterAll(db, known, page), forgot: left || reworded }
  })
}

/** To which sections the person is limited by now: the screens offer what will be taken. */
async function noteReach(db: LogDb, sections: Page['sections']): Promise<void> {
  const account = await readFact(db, 'account')
  if (!account || isSameReach(account.me.sections, sections)) return
  const { sections: _before, ...me } = account.me
  await writeFact(db, 'account', { ...account, me: sections ? { ...me, sections } : me })
}

/** Whether two accounts are limited alike; absent and null are whole schools. */
export const isSameReach = (a: readonly string[] | null | undefined, b: readonly string[] | null | undefined): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** What another device wrote about a student comes without its words while the student is not of this scope, and with them from then on. */
async function reword(db: LogDb, known: readonly EventRow[], incoming: readonly EventRow[]): Promise<boolean> {
  const told = new Map(incoming.map((row) => [row.id, row]))
  const others = known.filter((row) => !isOwn(row) && canonical(row.event) !== canonical(told.get(row.id)?.event ?? row.event))
  await db.events.bulkPut(others.map((row) => ({ ...row, event: told.get(row.id)?.event ?? row.event })))
  return others.length > 0
}

/** A coordinator accepted what had been set aside: it comes with the page, word for word. Another event under its id is not it. */
async function takenAfterAll(db: LogDb, known: readonly EventRow[], page: Page): Promise<EventId[]> {
  const taken: EventId[] = []
  for (const { seq, event } of page.events) {
    const row = known.find((each) => each.attention !== undefined && each.id === (event as EventRow).id)
    if (!row || eventHash(row.event) !== eventHash(event)) continue
    await db.events
      .where('id')
      .equals(row.id)
      .modify((held: { -readonly [K in keyof EventRow]: EventRow[K] }) => {
        delete held.attention
        held.seq = seq
      })
    taken.push(row.id)
  }
  return taken
}

/**
 * A restored server begins another epoch and may have lost what it had confirmed: everything recorded here is offered again. True when
 * something is. (S8)
 */
export function reofferAfterRestore(db: LogDb, { epoch }: Pick<Cursor, 'epoch'>): Promise<boolean> {
  return db.transaction('rw', db.events, db.meta, async () => {
    const row = await db.meta.get('epoch')
    if (row?.value === epoch) return false
    await db.meta.put({ name: 'epoch', value: epoch })
    if (!row) return false
    const again = await db.events
      .filter((event) => event.receipt !== undefined && event.outbox === undefined)
      .modify((event: { -readonly [K in keyof EventRow]: EventRow[K] }) => {
        event.outbox = event.deviceSeq
        delete event.attention
        delete event.leftOut
      })
    return again > 0
  })
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
