/**
 * When to sync. Any tab may ask; one tab at a time does it (Web Locks). Nothing a person does waits for it. (S13)
 */
import type { DeviceReport } from '../../shared/api.ts'
import type { Instant } from '../../shared/time.ts'
import type { AttendanceStore } from '../log/attendanceStore.ts'
import type { LogDb } from '../log/db.ts'
import { readFact } from '../log/db.ts'
import type { Hints } from '../log/hints.ts'
import type { Parity } from '../log/rows.ts'
import { topic } from '../log/topics.ts'
import type { api } from './http.ts'
import { round } from './round.ts'
import type { Network, SyncState } from './syncState.ts'
import { NOTHING_YET, backoff } from './syncState.ts'

export interface SyncDeps {
  readonly db: LogDb
  readonly store: AttendanceStore
  readonly hints: Hints
  readonly send: typeof api
  readonly random: () => number
  readonly breathe: () => Promise<void>
  readonly report: (parity: Parity | null) => Promise<DeviceReport>
}

export interface Sync {
  /** What is known now; the same object until something changes. */
  state(): SyncState
  parity(): Parity | null
  /** One round, now. Resolves when it is over, also when another tab is doing it. */
  now(): Promise<void>
  /** Begins listening for the moments to sync; gives the way to stop. */
  listen(): () => void
}

/** How long nothing is tapped before what was tapped is sent; and when it is sent although the taps go on. */
const AFTER_A_WRITE = 2_000
const AT_THE_LATEST = 30_000
const WHILE_VISIBLE = 60_000

export function openSync(deps: SyncDeps): Sync {
  const { db, store } = deps
  let state: SyncState = NOTHING_YET
  let parity: Parity | null = null
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let due = Number.POSITIVE_INFINITY
  let running: Promise<void> | null = null
  let again = false

  const say = (change: Partial<SyncState>): void => {
    state = { ...state, ...change }
    store.topics.raise([topic.outbox])
  }

  const network = (): Promise<Network> =>
    round({
      ...deps,
      report: () => deps.report(parity),
      onProgress: (progress) => say({ progress }),
      onParity: (found) => void (parity = found),
    })

  async function once(): Promise<void> {
    say({ busy: true })
    // A store that fails is no reason to stop: what was not kept is asked for again by the next round.
    const found = await network().catch((): Network => 'offline')
    failures = found === 'online' ? 0 : failures + 1
    say({ busy: false, progress: null, network: found, ...(await moments().catch(() => ({}))) })
  }

  async function moments(): Promise<Pick<SyncState, 'lastConfirmedAt' | 'lastPulledAt'>> {
    const [lastConfirmedAt, lastPulledAt] = await Promise.all([readFact(db, 'lastConfirmedAt'), readFact(db, 'lastPulledAt')])
    return { lastConfirmedAt: lastConfirmedAt ?? null, lastPulledAt: lastPulledAt ?? null }
  }

  const asOne = async (): Promise<void> => {
    if (typeof navigator === 'undefined' || !('locks' in navigator)) return once()
    await navigator.locks.request('recoup-sync', { ifAvailable: true }, async (lock) => {
      if (lock) await once()
      else await store.catchUp()
    })
  }

  /** What was asked for while a round ran may concern what that round no longer saw: one more follows. */
  const untilDone = async (): Promise<void> => {
    do {
      again = false
      await asOne()
    } while (again)
  }

  const sync: Sync = {
    state: () => state,
    parity: () => parity,
    now() {
      clearTimeout(timer)
      due = Number.POSITIVE_INFINITY
      if (running) {
        again = true
        return running
      }
      running = untilDone().finally(() => {
        running = null
        plan()
      })
      return running
    },
    listen() {
      let pause: ReturnType<typeof setTimeout> | undefined
      let waitingSince: Instant | undefined
      // A round reads and writes what taps read and write: while they follow one another it waits for the pause between them.
      const soon = (): void => {
        clearTimeout(pause)
        waitingSince ??= store.now()
        const left = waitingSince + AT_THE_LATEST - store.now()
        pause = setTimeout(
          () => {
            waitingSince = undefined
            void sync.now()
          },
          Math.max(0, Math.min(AFTER_A_WRITE, left)),
        )
      }
      const seen = (): void => {
        if (document.visibilityState !== 'visible') return
        void store.catchUp()
        void sync.now()
      }
      const back = (): void => void sync.now()
      const unwritten = store.onWritten(soon)
      document.addEventListener('visibilitychange', seen)
      window.addEventListener('focus', seen)
      window.addEventListener('online', back)
      void remembered().then(() => sync.now())
      return () => {
        unwritten()
        clearTimeout(timer)
        clearTimeout(pause)
        document.removeEventListener('visibilitychange', seen)
        window.removeEventListener('focus', seen)
        window.removeEventListener('online', back)
      }
    },
  }

  async function remembered(): Promise<void> {
    parity = (await readFact(db, 'parity')) ?? null
    say(await moments())
  }

  /** The sooner plan holds: taps that go on and on do not put syncing off. */
  function planIn(ms: number): void {
    const at = store.now() + ms
    if (at >= due) return
    clearTimeout(timer)
    due = at
    timer = setTimeout(() => void sync.now(), ms)
  }

  /** Every minute while it goes well, rarer and rarer while it does not; a hidden tab waits until it is seen. */
  function plan(): void {
    if (typeof document === 'undefined' || document.visibilityState !== 'visible') return
    planIn(failures > 0 ? Math.max(1_000, backoff(failures + 1, deps.random())) : WHILE_VISIBLE * (0.5 + deps.random()))
  }

  return sync
}
