/**
 * When to sync. Any tab may ask; one tab at a time does it (Web Locks). Nothing a person does waits for it. (S13)
 */
import type { DeviceReport } from '../../shared/api/sync.ts'
import type { Instant } from '../../shared/time.ts'
import { instant } from '../../shared/time.ts'
import type { AttendanceStore } from '../log/attendanceStore.ts'
import type { LogDb } from '../log/db.ts'
import { readFact, readFacts, unlessLost } from '../log/db.ts'
import type { Hints } from '../log/hints.ts'
import type { Parity } from '../log/rows.ts'
import { topic } from '../log/topics.ts'
import type { api } from './http.ts'
import { openBesides } from './besides.ts'
import { freshPace } from './pace.ts'
import { round } from './round.ts'
import type { Network, SyncState } from './syncState.ts'
import { LONGEST_WAIT, NOTHING_YET, backoff, mayBegin } from './syncState.ts'

export interface SyncDeps {
  readonly db: LogDb
  readonly store: AttendanceStore
  readonly hints: Hints
  readonly send: typeof api
  readonly random: () => number
  readonly breathe: () => Promise<void>
  readonly report: (parity: Parity | null) => Promise<DeviceReport>
  /** Whether the network costs by the megabyte, as far as the browser says. */
  readonly isMetered?: () => boolean
  readonly onRevoked?: () => Promise<unknown>
  /** Sends what lies on this device besides, when there is a network. */
  readonly alsoSend?: () => Promise<unknown>
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
  let notBefore = 0 as Instant
  const besides = openBesides(deps, () => void (again = true))
  const pace = freshPace()
  const isMetered = (): boolean => deps.isMetered?.() ?? false

  const say = (change: Partial<SyncState>): void => {
    state = { ...state, ...change }
    store.topics.raise([topic.outbox])
  }

  const network = (): Promise<Network> =>
    round({
      ...deps,
      report: async () => ({ ...(await deps.report(parity)), lastConfirmedAt: state.lastConfirmedAt }),
      onProgress: (progress) => say({ progress }),
      onParity: (found) => void (parity = found),
      onForgotten: async () => say(await moments()),
      onWait: (ms) => void (notBefore = instant(store.now() + Math.min(ms, LONGEST_WAIT))),
      pace,
    })

  async function once(): Promise<void> {
    // Also what is here now: somebody else may have signed in since the last round.
    say({ busy: true, metered: isMetered(), ...(await moments().catch(() => ({}))) })
    // A store that fails is no reason to stop: what was not kept is asked for again by the next round.
    const found = await network().catch((): Network => 'offline')
    // Carrying needs no person, as pushing does not: the device's credential is enough.
    const isMet = found === 'online' || found === 'signedOut'
    const isDone = isMet && (await besides(found === 'online').catch(() => false))
    failures = isDone && found === 'online' ? 0 : failures + 1
    say({ busy: false, progress: null, network: found, ...(await moments().catch(() => ({}))) })
  }

  async function moments(): Promise<Pick<SyncState, 'lastConfirmedAt' | 'lastPulledAt' | 'site'>> {
    const { lastConfirmedAt, lastPulledAt, site, proof } = await readFacts(db, 'lastConfirmedAt', 'lastPulledAt', 'site', 'proof')
    return { lastConfirmedAt: lastConfirmedAt ?? null, lastPulledAt: (proof && lastPulledAt) ?? null, site: site ?? null }
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
            byItself()
          },
          Math.max(0, Math.min(AFTER_A_WRITE, left)),
        )
      }
      const seen = (): void => {
        if (document.visibilityState !== 'visible') return
        void store.catchUp().catch(unlessLost)
        byItself()
      }
      const unwritten = store.onWritten(soon)
      document.addEventListener('visibilitychange', seen)
      window.addEventListener('focus', seen)
      window.addEventListener('online', byItself)
      // What it remembers is only for the screen: the round does not wait for a store that fails.
      void remembered()
        .catch(() => undefined)
        .then(byItself)
      return () => {
        unwritten()
        clearTimeout(timer)
        clearTimeout(pause)
        document.removeEventListener('visibilitychange', seen)
        window.removeEventListener('focus', seen)
        window.removeEventListener('online', byItself)
      }
    },
  }

  /** A round that nobody asked for: it keeps to what the server asked, and to what the network costs. */
  function byItself(): void {
    const wait = leftAlone()
    if (mayBegin(store.outbox.rows().length, isMetered(), store.now(), notBefore)) void sync.now()
    else if (wait > 0) planIn(wait)
    else say({ metered: true })
  }

  /** How long the server still asked to be left alone: no longer than the longest wait, also where the clock was set back meanwhile. */
  function leftAlone(): number {
    notBefore = instant(Math.min(notBefore, store.now() + LONGEST_WAIT))
    return Math.max(0, notBefore - store.now())
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
    timer = setTimeout(() => {
      due = Number.POSITIVE_INFINITY
      byItself()
    }, ms)
  }

  /**
   * Every minute while it goes well, rarer and rarer while it does not; not before the server asked, nor all tablets at once when it did. A
   * hidden tab waits until it is seen, and over a metered network nothing is asked by the clock.
   */
  function plan(): void {
    if (typeof document === 'undefined' || document.visibilityState !== 'visible' || isMetered()) return
    const wait = Math.max(1_000, backoff(failures + 1, deps.random()))
    if (failures === 0) return planIn(WHILE_VISIBLE * (0.5 + deps.random()))
    planIn(leftAlone() + wait)
  }

  return sync
}
