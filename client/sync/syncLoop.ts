/**
 * When to sync, and one round of it. Any tab may ask; one tab at a time does it (Web Locks). Nothing a person does waits for it. (S13)
 */
import type { DeviceReport } from '../../shared/api.ts'
import type { Instant } from '../../shared/time.ts'
import type { AttendanceStore } from '../log/attendanceStore.ts'
import type { LogDb } from '../log/db.ts'
import { readFact, writeFact } from '../log/db.ts'
import type { Hints } from '../log/hints.ts'
import type { Parity } from '../log/rows.ts'
import { topic } from '../log/topics.ts'
import { sample, withSample } from './clock.ts'
import type { api } from './http.ts'
import { compareTotals } from './parity.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
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

const AFTER_A_WRITE = 2_000
const WHILE_VISIBLE = 60_000

export function openSync(deps: SyncDeps): Sync {
  const { db, store, hints, send } = deps
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

  const onServerTime = (serverTime: Instant, asked: Instant, heard: Instant): void => {
    store.setClock(withSample(store.clock, sample(serverTime, asked, heard)))
    // An estimate that is not kept costs nothing: the next answer brings another.
    writeFact(db, 'clock', store.clock).catch(() => undefined)
  }

  async function round(): Promise<Network> {
    const account = store.account
    const device = account?.device.id ?? store.outbox.rows()[0]?.device
    if (!device) return 'signedOut'
    const pushed = await push({
      db,
      send,
      device,
      onServerTime,
      now: store.now,
      report: () => deps.report(parity),
      onSending: store.sending,
      onSettled: store.settled,
    })
    if (pushed.kind === 'unproven' || pushed.kind === 'refused') return pushed.kind === 'unproven' ? 'portal' : 'refused'
    if (pushed.kind !== 'done') return pushed.kind
    if (!account) return 'signedOut'
    const pulled = await pull({
      db,
      send,
      onServerTime,
      now: store.now,
      asOf: store.today,
      onPage: async (_records, progress) => {
        say({ progress: progress.done < progress.of ? progress : null })
        await store.catchUp()
        hints.post({ kind: 'pages' })
      },
      onForgotten: async () => {
        await store.reload()
        hints.post({ kind: 'anew' })
      },
    })
    if (pulled.kind !== 'done') return pulled.kind
    await prove()
    return 'online'
  }

  async function prove(): Promise<void> {
    const proof = await readFact(db, 'proof')
    if (!proof || store.phase !== 'ready') return
    parity = await compareTotals({
      ledger: () => store.ledger,
      proof,
      unsent: store.outbox.rows().length,
      now: store.now,
      breathe: deps.breathe,
    })
    await writeFact(db, 'parity', parity)
  }

  async function once(): Promise<void> {
    say({ busy: true })
    // A store that fails is no reason to stop: what was not kept is asked for again by the next round.
    const network = await round().catch((): Network => 'offline')
    failures = network === 'online' ? 0 : failures + 1
    say({ busy: false, progress: null, network, ...(await moments().catch(() => ({}))) })
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
      const soon = (): void => planIn(AFTER_A_WRITE)
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
