/** One round of sync: what is unsent goes, what is new comes, and both sides prove that they hold the same. No timer, no lock: those are the loop's. */
import type { DeviceReport } from '../../shared/api/sync.ts'
import type { Instant } from '../../shared/time.ts'
import type { AttendanceStore } from '../log/attendanceStore.ts'
import type { LogDb } from '../log/db.ts'
import { readFact, writeFact } from '../log/db.ts'
import type { Hints } from '../log/hints.ts'
import { recordAgain } from '../log/recordAgain.ts'
import type { Parity } from '../log/rows.ts'
import { sample, withSample } from './clock.ts'
import type { api } from './http.ts'
import { forgetPerson } from '../trust/forgetPerson.ts'
import { compareTotals } from './parity.ts'
import { isSameReach, pull, reofferAfterRestore } from './pull.ts'
import { push } from './push.ts'
import type { Pace } from './pace.ts'
import type { Network, SyncState } from './syncState.ts'
import { networkOf } from './syncState.ts'

export interface RoundDeps {
  readonly db: LogDb
  readonly store: AttendanceStore
  readonly hints: Hints
  readonly send: typeof api
  readonly breathe: () => Promise<void>
  readonly report: () => Promise<DeviceReport>
  readonly onProgress: (progress: SyncState['progress']) => void
  readonly onParity: (parity: Parity) => void
  /** What was downloaded has gone from here, some of it or all. */
  readonly onForgotten?: () => Promise<void>
  /** The server asks to be left alone for so many milliseconds. */
  readonly onWait?: (ms: number) => void
  readonly pace?: Pace
  /** The district wants nothing readable left on this device. */
  readonly onRevoked?: () => Promise<unknown>
}

/** So many times at most a tablet looks for another name in one round. */
const MOST_COPIES = 8

/** What the round found the network to be. Everything else it did is in the store. */
export async function round(deps: RoundDeps): Promise<Network> {
  const { db, store, hints, send } = deps
  const onServerTime = (serverTime: Instant, asked: Instant, heard: Instant): void => {
    store.setClock(withSample(store.clock, sample(serverTime, asked, heard)))
    // An estimate that is not kept costs nothing: the next answer brings another.
    writeFact(db, 'clock', store.clock).catch(() => undefined)
  }
  const { account, now } = store
  // Signed in or not: another tab may have recorded something, and a district that was put back from a backup may miss what it had confirmed.
  const device = account?.device.id ?? (await readFact(db, 'device'))
  if (!device) return 'signedOut'
  const anew = async (): Promise<void> => {
    await store.reload()
    hints.post({ kind: 'anew' })
  }
  const offer = () =>
    push({
      db,
      send,
      device,
      onServerTime,
      now,
      report: deps.report,
      ...(deps.pace && { pace: deps.pace }),
      onSending: store.sending,
      onSettled: store.settled,
      onLeftOut: anew,
    })
  let pushed = await offer()
  // It has met a copy of itself: what the district set aside for that goes once more, under a name of its own. Where the copy was copied too, two
  // may take the same name: the second of them finds another.
  for (let names = 0; names < MOST_COPIES && pushed.kind === 'done' && (await recordAgain(db, device)); names++) {
    store.setAccount((await readFact(db, 'account')) ?? null)
    await anew()
    pushed = await offer()
  }
  // Where nothing is pulled, no page tells that the district was put back from a backup: the receipt does.
  if (pushed.kind === 'done' && (pushed.revoked || !account) && (await reofferAfterRestore(db, pushed))) {
    await store.reload()
    pushed = await offer()
  }
  if (pushed.kind === 'unproven') return 'portal'
  if (pushed.kind === 'refused') return refused(deps, pushed)
  if (pushed.kind !== 'done') return pushed.kind
  if (pushed.revoked) {
    await forgetPerson({ db, store, hints }, now())
    await deps.onRevoked?.()
    return 'signedOut'
  }
  // Before the PIN that the district asks for is set nothing readable comes here.
  if (!account || (account.pinNeeded === true && !db.seal)) return 'signedOut'
  const pulled = await pull({
    db,
    send,
    onServerTime,
    now,
    asOf: store.today,
    onPage: async (_records, progress) => {
      deps.onProgress(progress.done < progress.of ? progress : null)
      await store.catchUp()
      hints.post({ kind: 'pages' })
    },
    onTaken: store.settled,
    onForgotten: async () => {
      await store.reload()
      await deps.onForgotten?.()
      hints.post({ kind: 'anew' })
    },
  })
  if (pulled.kind === 'refused') return refused(deps, pulled)
  if (pulled.kind !== 'done') return pulled.kind
  const held = await readFact(db, 'account')
  if (held && held.me.account === store.account?.me.account && !isSameReach(held.me.sections, store.account.me.sections))
    store.setAccount(held)
  await prove(deps)
  return 'online'
}

function refused(
  { onWait }: RoundDeps,
  { status, retryAfter }: { readonly status?: number; readonly retryAfter?: number | undefined },
): Network {
  if (retryAfter !== undefined) onWait?.(retryAfter)
  return networkOf(status)
}

async function prove({ db, store, breathe, onParity }: RoundDeps): Promise<void> {
  const proof = await readFact(db, 'proof')
  if (!proof || store.phase !== 'ready') return
  const parity = await compareTotals({
    ledger: () => store.ledger,
    proof,
    unsent: () => store.outbox.rows().length,
    now: store.now,
    breathe,
  })
  onParity(parity)
  await writeFact(db, 'parity', parity)
}
