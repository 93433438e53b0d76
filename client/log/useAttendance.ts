/** How screens reach the device: one context, and hooks that draw again only when what they show has changed. */
import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react'
import type { SignedIn } from '../../shared/api/people.ts'
import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { Instant } from '../../shared/time.ts'
import { instant } from '../../shared/time.ts'
import { countsOf } from '../sync/counts.ts'
import type { SyncState } from '../sync/syncState.ts'
import type { Sync } from '../sync/syncLoop.ts'
import type { OpenLocker } from '../trust/locker.ts'
import type { Watch } from '../trust/recordingEnd.ts'
import type { SessionKeeper } from '../trust/session.ts'
import type { AttendanceStore, Phase } from './attendanceStore.ts'
import type { LogDb } from './db.ts'
import type { Parity } from './rows.ts'
import { topic } from './topics.ts'

/** Everything this device is made of, put together in `main.tsx`. */
export interface Device {
  readonly db: LogDb
  readonly store: AttendanceStore
  readonly sync: Sync
  readonly session: SessionKeeper
  readonly version: string
  readonly newId: () => string
  /** Of who opened the app with a PIN; null without one. */
  readonly locker: HeldLocker | null
  readonly watch: Watch
}

export interface HeldLocker {
  readonly opened: OpenLocker
  /** Nothing readable stays in memory: the page begins anew, locked. */
  lock(): void
}

export const DeviceContext = createContext<Device | null>(null)

export function useDevice(): Device {
  const device = useContext(DeviceContext)
  if (!device) throw new Error('a screen was drawn outside the app')
  return device
}

/** Draws the component again when a topic is raised; gives its version. */
export function useTopic(name: string): number {
  const { topics } = useDevice().store
  const subscribe = useCallback((listener: () => void) => topics.subscribe(name, listener), [topics, name])
  const version = useCallback(() => topics.version(name), [topics, name])
  return useSyncExternalStore(subscribe, version, version)
}

/** The ledger, read again when the named topic is raised. */
export function useLedger(name: string = topic.sessions): Ledger {
  useTopic(name)
  return useDevice().store.ledger
}

export function usePhase(): Phase {
  useTopic(topic.phase)
  return useDevice().store.phase
}

/** Who is signed in, or null. */
export function useAccount(): SignedIn | null {
  useTopic(topic.account)
  return useDevice().store.account
}

export function useSyncState(): SyncState {
  const version = useTopic(topic.outbox)
  const { store, sync } = useDevice()
  // The version stands for what the outbox and the loop hold.
  return useMemo(() => (version >= 0 ? { ...sync.state(), ...countsOf(store.outbox, store.ledger) } : sync.state()), [version, store, sync])
}

/** What the last comparison with the district gave; null before the first. */
export function useParity(): Parity | null {
  useTopic(topic.outbox)
  return useDevice().sync.parity()
}

const minuteListeners = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined

function everyHalfMinute(listener: () => void): () => void {
  minuteListeners.add(listener)
  ticking ??= setInterval(() => {
    for (const each of minuteListeners) each()
  }, 30_000)
  return () => {
    minuteListeners.delete(listener)
    if (minuteListeners.size > 0) return
    clearInterval(ticking)
    ticking = undefined
  }
}

/** The present minute by this device's clock; the component is drawn again when it changes. */
export function useMinute(): Instant {
  const { store } = useDevice()
  const minute = useCallback(() => Math.floor(store.now() / 60_000), [store])
  return instant(useSyncExternalStore(everyHalfMinute, minute, minute) * 60_000)
}
