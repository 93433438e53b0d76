/** The district's totals as routes ask for them: as new as can be without making anybody wait. */
import { Worker } from 'node:worker_threads'
import { RULES_VERSION } from '../../shared/rules/version.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'
import type { Db } from '../log/openDatabase.ts'
import type { Ledgers } from '../reports/ledgers.ts'
import { openKeeper } from './keeper.ts'
import { openTotalsDb } from './schema.ts'

export interface TotalsState {
  readonly seq: number
  readonly asOf: SchoolDate
  /** Something was recorded that these totals do not hold yet. */
  readonly behind: boolean
}
export interface Totals {
  /** For reading. */
  db(): Db
  /** Sees that the totals are kept up; gives what there is after at most a moment, or undefined before the first time. */
  current(asOf: SchoolDate): Promise<TotalsState | undefined>
  /** Begins to keep them up in a thread of its own. */
  keepUp(today: () => SchoolDate): void
  close(): void
}

/** A question waits so long for newer totals where they are usually there by then, and not at all where they are not. */
const PATIENCE_MS = 600
const EVERY_MS = 5_000
/** So many looks while the log goes on. */
const MOST_PUT_OFF = 6

/** Totals of a data folder. Until `keepUp` is called they are worked out where they are asked for. */
export function openTotals(data: string, log: Log, ledgers: Ledgers): Totals {
  let opened: Db | undefined
  const db = (): Db => (opened ??= openTotalsDb(data))
  let worker: Worker | undefined
  let hasThread = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let inPlace: ReturnType<typeof openKeeper> | undefined
  let closed = false
  /** How long the last refresh took. */
  let lastMs = 0

  function held(asOf: SchoolDate): TotalsState | undefined {
    const row = db().prepare('SELECT seq, as_of, rules, epoch FROM state').get() as
      | { seq: number; as_of: SchoolDate; rules: string; epoch: string }
      | undefined
    if (!row || row.rules !== RULES_VERSION || row.epoch !== log.epoch) return undefined
    return { seq: row.seq, asOf: row.as_of, behind: row.seq < log.head() || row.as_of !== asOf }
  }

  /** A thread that fails (a long import may keep it from the database) is begun anew the next time it is needed. */
  function begin(): Worker {
    const thread = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { data } })
    thread.unref()
    const gone = (): void => {
      if (worker === thread) worker = undefined
    }
    return thread.on('error', gone).on('exit', gone)
  }

  function refresh(asOf: SchoolDate): Promise<void> {
    if (!hasThread) {
      inPlace ??= openKeeper(log, (site) => ledgers.of([site]), db())
      inPlace.refresh(asOf)
      return Promise.resolve()
    }
    const thread = (worker ??= begin())
    running ??= new Promise<void>((resolve) => {
      const started = performance.now()
      const done = (): void => {
        thread.off('message', done).off('error', done).off('exit', done)
        running = undefined
        lastMs = performance.now() - started
        resolve()
      }
      thread.on('message', done).on('error', done).on('exit', done)
      thread.postMessage(asOf)
    })
    return running
  }

  return {
    db,
    async current(asOf) {
      const before = held(asOf)
      if (before && !before.behind) return before
      const fresh = refresh(asOf)
      if (before && lastMs > PATIENCE_MS) return before
      await Promise.race([fresh, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())])
      return held(asOf)
    },
    keepUp(today) {
      hasThread = true
      let before: number | undefined
      let putOff = 0
      const look = (): void => {
        const asOf = today()
        // While pushes follow one another the machine is theirs: totals wait for a pause, half a minute at most.
        const head = log.head()
        const isFlowing = before !== undefined && before !== head
        before = head
        putOff = isFlowing ? putOff + 1 : 0
        if (isFlowing && putOff % MOST_PUT_OFF !== 0) return
        if (!closed && (held(asOf)?.behind ?? true)) void refresh(asOf)
      }
      timer = setInterval(look, EVERY_MS).unref()
      look()
    },
    close() {
      closed = true
      clearInterval(timer)
      void worker?.terminate()
      opened?.close()
    },
  }
}
