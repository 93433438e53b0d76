/** The district's totals as routes ask for them: as new as can be without making anybody wait. */
import { RULES_VERSION } from '../../shared/rules/version.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'
import type { Db } from '../log/openDatabase.ts'
import type { Schools } from '../reports/schools.ts'
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
  /** Begins to keep them up; `refresh` does the work elsewhere. */
  keepUp(today: () => SchoolDate, refresh: (asOf: SchoolDate) => Promise<unknown>): void
  close(): void
}

/** A question waits so long for newer totals where they are usually there by then, and not at all where they are not. */
const PATIENCE_MS = 600
const EVERY_MS = 5_000
/** So many looks while the log goes on. */
const MOST_PUT_OFF = 6

/** Totals of a data folder. Until `keepUp` is called they are worked out where they are asked for. */
export function openTotals(data: string, log: Log, schools: Schools): Totals {
  let opened: Db | undefined
  const db = (): Db => (opened ??= openTotalsDb(data))
  let elsewhere: ((asOf: SchoolDate) => Promise<unknown>) | undefined
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

  /** What fails (a long import may keep the thread from the database) is tried again the next time it is needed. */
  function refresh(asOf: SchoolDate): Promise<void> {
    const started = performance.now()
    running ??= (elsewhere ?? here)(asOf)
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => {
        running = undefined
        lastMs = performance.now() - started
      })
    return running
  }
  function here(asOf: SchoolDate): Promise<unknown> {
    inPlace ??= openKeeper(log, schools, db())
    return inPlace.refresh(asOf)
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
    keepUp(today, refreshElsewhere) {
      elsewhere = refreshElsewhere
      let before = log.head()
      let putOff = 0
      const look = (): void => {
        const asOf = today()
        // While pushes follow one another the machine is theirs: totals wait for a pause, half a minute at most.
        const head = log.head()
        const isFlowing = before !== head
        before = head
        putOff = isFlowing ? putOff + 1 : 0
        if (isFlowing && putOff % MOST_PUT_OFF !== 0) return
        if (!closed && (held(asOf)?.behind ?? true)) void refresh(asOf)
      }
      // Not at once: after a start come the tablets that waited for it. Whoever asks for totals before that begins them.
      timer = setInterval(look, EVERY_MS).unref()
    },
    close() {
      closed = true
      clearInterval(timer)
      opened?.close()
    },
  }
}
