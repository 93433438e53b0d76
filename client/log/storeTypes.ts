/** What the store of attendance gives to screens and to sync. */
import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { EventId } from '../../shared/ids.ts'
import type { Instant, SchoolDate } from '../../shared/time.ts'
import type { LogDb, StorageFault } from './db.ts'
import type { EventDraft } from './drafts.ts'
import type { FirstRead } from './firstRead.ts'
import type { Hints } from './hints.ts'
import type { Outbox } from './outbox.ts'
import type { ClockSample, HeldAccount } from './rows.ts'
import type { Topics } from './topics.ts'

/**
 * `starting`: nothing can be shown. `session`: the one session of the address is there, and what else was started today is not known. `recent`:
 * today's sessions are there, totals are not. `ready`: everything is.
 */
export type Phase = 'starting' | 'session' | 'recent' | 'ready'

export type Written = { readonly kind: 'saved' } | { readonly kind: 'failed'; readonly why: StorageFault | 'ended' }

export interface AttendanceStore {
  readonly ledger: Ledger
  readonly topics: Topics
  readonly outbox: Outbox
  readonly phase: Phase
  /** Whether a whole download was here when the app opened for who is signed in, and still is; what came since, sync knows. */
  readonly wasWhole: boolean
  readonly account: HeldAccount | null
  readonly clock: readonly ClockSample[]
  /** Why the last write was refused, until somebody has read it. */
  readonly fault: StorageFault | 'ended' | null
  now(): Instant
  /** The zone of the district; of California until it is known. */
  zone(): string
  today(): SchoolDate
  /** Records what happened. The events are in the ledger when this returns, and on the disk when `done` resolves. */
  write(drafts: readonly EventDraft[]): { readonly events: readonly EventId[]; readonly done: Promise<Written> }
  /** Takes what the first screen shows; the rest follows by itself and is there when `rest` resolves. */
  start(session: string | null, how?: StartHow): Promise<{ readonly rest: Promise<void> }>
  /** Reads everything stored anew, keeping what is on its way to the disk. */
  reload(): Promise<void>
  /** Reads what other tabs stored and what was pulled since. */
  catchUp(): Promise<void>
  settled(ids: readonly EventId[]): Promise<void>
  sending(ids: readonly EventId[]): void
  setAccount(account: HeldAccount | null): void
  setClock(samples: readonly ClockSample[]): void
  clearFault(): void
  /** Called after every write of this tab that reached the disk. */
  onWritten(listener: () => void): () => void
  stop(): void
}

export interface StartHow {
  /** What the first screen shows, when it was asked for already. */
  readonly opening?: Promise<FirstRead>
  /** Resolves when the first screen stands: the rest is read after that. */
  readonly painted?: () => Promise<void>
}

export interface StoreDeps {
  readonly db: LogDb
  readonly hints: Hints
  readonly now: () => Instant
  readonly newId: () => string
  /** Resolves when the screen has had its turn. */
  readonly breathe: () => Promise<void>
  /** Whether the time in which this person may record has ended. */
  readonly isEnded?: () => boolean
}
