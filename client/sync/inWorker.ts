/**
 * One round of sync with no app open: the app's own store and loop, without a screen. What is unsent leaves by the same receipts, what is new
 * comes by the same pages, under the same lock as in every tab. (S4, S6, S13)
 */
import { openAttendanceStore } from '../log/attendanceStore.ts'
import { LogDb } from '../log/db.ts'
import { openHints } from '../log/hints.ts'
import type { Instant } from '../../shared/time.ts'
import { instant } from '../../shared/time.ts'
import { isMetered } from '../trust/connection.ts'
import { adoptAtStart } from '../trust/adopt.ts'
import { browserStores } from '../trust/browserStores.ts'
import { sendSealed } from '../trust/sendSealed.ts'
import { readStorage } from '../trust/storage.ts'
import { isThere } from '../trust/stores.ts'
import { deviceReport } from './deviceReport.ts'
import { api } from './http.ts'
import { openSync } from './syncLoop.ts'
import type { Network } from './syncState.ts'
import { mayBegin } from './syncState.ts'

export interface WorkerDeps {
  /** The name of the app's store. */
  readonly name: string
  readonly now: () => Instant
  readonly random: () => number
  readonly version: string
}

/** What another try may find otherwise. */
const LATER: ReadonlySet<Network> = new Set(['offline', 'portal', 'busy'])

/** Whether nothing is left that another try could send. */
export async function syncInWorker(deps: WorkerDeps): Promise<boolean> {
  const { name, now } = deps
  const newId = () => {
    throw new Error('nothing is made without a screen')
  }
  const stores = browserStores({ now, newId })
  await adoptAtStart(stores)
  // What lies in lockers can be sent by anybody, and read by nobody: first, since a tablet that has them has mostly nothing else.
  const sent = await sendSealed(stores, api)
  if (!(await isThere(stores, name))) return sent.kind === 'done'
  return (await syncOpenStore(deps)) && sent.kind === 'done'
}

async function syncOpenStore({ name, now, random, version }: WorkerDeps): Promise<boolean> {
  const db = new LogDb(name)
  const hints = openHints(name)
  const breathe = () => new Promise<void>((resolve) => setTimeout(resolve))
  const newId = () => {
    throw new Error('nothing is recorded without a screen')
  }
  const store = openAttendanceStore({ db, hints, now, newId, breathe })
  try {
    // Nobody looks: the year's history, which only screens need, is never read.
    await store.start(null, { painted: () => new Promise(() => undefined) })
    const sync = openSync({
      db,
      store,
      hints,
      send: api,
      random,
      breathe,
      report: (parity) => deviceReport({ store, parity, storage: readStorage, version }),
    })
    // As in a tab: a large push waits for a network that costs nothing.
    if (!mayBegin(store.outbox.rows().length, isMetered(), now(), instant(0))) return false
    await sync.now()
    return !LATER.has(sync.state().network)
  } finally {
    store.stop()
    db.close()
  }
}
