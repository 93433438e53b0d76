/** What sync is about to do and what it says of itself: pure, so that every case can be read in a test. */
import type { QuarantineReason } from '../../shared/api/sync.ts'
import type { Instant, SchoolDate } from '../../shared/time.ts'
import type { EventRow } from '../log/rows.ts'
import { MOST_EVENTS } from './pace.ts'

export const MOST_BYTES = 256 * 1024

/** The next events to offer, in the order they were recorded, within both limits; at least one when there is one. */
export function nextBatch(unsent: readonly EventRow[], most = MOST_EVENTS): readonly EventRow[] {
  let size = 0
  const batch: EventRow[] = []
  for (const row of unsent) {
    size += JSON.stringify(row.event).length
    if (batch.length >= most || (batch.length > 0 && size > MOST_BYTES)) break
    batch.push(row)
  }
  return batch
}

/** Milliseconds to wait, two minutes at most, after `failures` failures in a row: full jitter, so that fifty tablets do not knock at the same moment. */
export const backoff = (failures: number, random: number): number => Math.floor(random * Math.min(120_000, 2_000 * 2 ** failures))

/** Where an event of this device stands. The words of S15; `saving` lasts as long as the disk takes. */
export type Mark =
  | { readonly kind: 'saving' | 'saved' | 'sent' | 'confirmed' }
  | { readonly kind: 'attention'; readonly reason: QuarantineReason }

/** The mark a stored row deserves; `inFlight` while a request carries it and no receipt has come back. Confirmed only from a receipt, or because another device's event came from the district. */
export function markOf(row: EventRow, inFlight: boolean): Mark {
  if (row.attention) return { kind: 'attention', reason: row.attention }
  if (row.outbox === undefined) return { kind: 'confirmed' }
  return { kind: inFlight ? 'sent' : 'saved' }
}

/** `busy`: the server asks to wait. `tooOld`: this build speaks a protocol that the server has left behind. */
export type Network = 'unknown' | 'online' | 'offline' | 'portal' | 'signedOut' | 'refused' | 'busy' | 'tooOld'

/** What a refusal says of the way to the server. */
export function networkOf(status: number | undefined): Network {
  if (status === 426) return 'tooOld'
  return status === 429 || status === 503 || status === 507 ? 'busy' : 'refused'
}

/** What somebody whose network costs by the megabyte would not mind being sent unasked, in events. */
const FEW = 50
/** Whether a round may begin by itself: not before the server's time, and over a metered network only with little to send. */
export const mayBegin = (unsent: number, isMetered: boolean, now: Instant, notBefore: Instant): boolean =>
  now >= notBefore && (!isMetered || unsent <= FEW)

/** Whether what is unsent waits for somebody to ask, because the network costs. */
export const isHeldBack = (state: Pick<SyncState, 'metered' | 'unsent' | 'busy'>): boolean =>
  state.metered && !state.busy && state.unsent > FEW

/** No wait that a server asks for is longer, whatever a clock says. */
export const LONGEST_WAIT = 600_000

export interface SyncState {
  readonly network: Network
  readonly busy: boolean
  /** The network costs by the megabyte: more than a little is sent only when somebody asks for it. */
  readonly metered: boolean
  /** While the first download runs: how far it is. */
  readonly progress: { readonly done: number; readonly of: number } | null
  readonly unsent: number
  readonly sent: number
  readonly attention: number
  /** When the earliest session with something unsent ends, and its date. */
  readonly dueAt: Instant | null
  readonly dueOn: SchoolDate | null
  readonly oldestUnsentAt: Instant | null
  readonly lastConfirmedAt: Instant | null
  readonly lastPulledAt: Instant | null
  /** The one school whose attendance is here, for somebody who may see all; null while it is on its way. */
  readonly site: string | null
}

export const NOTHING_YET: SyncState = {
  network: 'unknown',
  busy: false,
  metered: false,
  progress: null,
  unsent: 0,
  sent: 0,
  attention: 0,
  dueAt: null,
  dueOn: null,
  oldestUnsentAt: null,
  lastConfirmedAt: null,
  lastPulledAt: null,
  site: null,
}

export type Tone = 'calm' | 'good' | 'amber' | 'red'

/**
 * How loud the status line is. Being offline is calm; what rises with age is what has not arrived: amber when its session has ended,
 * red the next day. What the district set aside is red at once: it waits for a person.
 */
export function toneOf(state: SyncState, now: Instant, today: SchoolDate): Tone {
  if (state.attention > 0) return 'red'
  if (state.unsent === 0) return state.network === 'online' ? 'good' : 'calm'
  if (state.dueOn !== null && state.dueOn < today) return 'red'
  return state.dueAt !== null && state.dueAt <= now ? 'amber' : 'calm'
}
