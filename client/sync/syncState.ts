/** What sync is about to do and what it says of itself: pure, so that every case can be read in a test. */
import type { QuarantineReason } from '../../shared/api.ts'
import type { Instant, SchoolDate } from '../../shared/time.ts'
import type { EventRow } from '../log/rows.ts'

export const MOST_EVENTS = 500
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

export type Network = 'unknown' | 'online' | 'offline' | 'portal' | 'signedOut' | 'refused'

export interface SyncState {
  readonly network: Network
  readonly busy: boolean
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
}

export const NOTHING_YET: SyncState = {
  network: 'unknown',
  busy: false,
  progress: null,
  unsent: 0,
  sent: 0,
  attention: 0,
  dueAt: null,
  dueOn: null,
  oldestUnsentAt: null,
  lastConfirmedAt: null,
  lastPulledAt: null,
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
