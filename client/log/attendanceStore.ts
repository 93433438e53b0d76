/**
 * The ledger in memory and the log on the disk, kept in step. A tap is in the ledger at once and on the disk a moment later; if the
 * disk refuses, the ledger is read anew from what is stored, and everybody is told. Other tabs and pulled pages are read by row.
 */
import { openLedger } from '../../shared/attendance/ledger.ts'
import type { SignedIn } from '../../shared/api.ts'
import type { AttendanceEvent, KeptEvent } from '../../shared/events.ts'
import { schoolDateOf } from '../../shared/time.ts'
import { estimate } from '../sync/clock.ts'
import type { StorageFault } from './db.ts'
import { faultOf, onStore, readFact } from './db.ts'
import { toEvent } from './drafts.ts'
import type { Hint } from './hints.ts'
import { eventOf, loadAll, loadOutbox, loadRecent, loadRows } from './load.ts'
import { openOutbox } from './outbox.ts'
import { record, rowOf } from './record.ts'
import type { ClockSample, EventRow } from './rows.ts'
import { touchesNobodyElse } from './alone.ts'
import type { AttendanceStore, Phase, StoreDeps, Written } from './storeTypes.ts'
import { openTopics, rowTopics, sessionTopics, topic } from './topics.ts'

export type { AttendanceStore, Phase, StoreDeps, Written } from './storeTypes.ts'

/** Above every number a device can have used. */
const PROVISIONAL = 2 ** 52
const CALIFORNIA = 'America/Los_Angeles'

export function openAttendanceStore({ db, hints, now, newId, breathe }: StoreDeps): AttendanceStore {
  const topics = openTopics()
  const outbox = openOutbox()
  const writtenListeners = new Set<() => void>()
  const pending = new Set<AttendanceEvent>()
  let ledger = openLedger()
  let phase: Phase = 'starting'
  let account: SignedIn | null = null
  let clock: readonly ClockSample[] = []
  let fault: StorageFault | null = null
  let provisionalSeq = PROVISIONAL
  let lastRow = 0
  let lastPage = 0
  let catchingUp: Promise<void> = Promise.resolve()

  const setPhase = (next: Phase): void => {
    phase = next
    topics.raise([topic.phase, topic.sessions, topic.students])
  }

  /** Puts events into the ledger. The rows they name are drawn at once; counts, what the law makes of it, and whom else it touches, after the paint. */
  const apply = (events: readonly KeptEvent[]): void => {
    const isAlone = touchesNobodyElse(ledger, events, now())
    const touched = ledger.putEvents(events)
    const stillAlone = isAlone && touchesNobodyElse(ledger, events, now())
    topics.raise(events.flatMap(rowTopics))
    void breathe().then(() => {
      const students = stillAlone ? events.flatMap((event) => ('student' in event ? [String(event.student)] : [])) : [...touched.students]
      const totals = [...touched.sessions].flatMap((session) => students.map((student) => topic.totals(session, student)))
      topics.raise([topic.outbox, topic.sessions, topic.students, ...events.flatMap(sessionTopics), ...totals])
    })
  }

  const raiseRows = (rows: readonly EventRow[]): void => {
    topics.raise(rows.flatMap((row) => rowTopics(row.event)))
    void breathe().then(() => topics.raise([topic.outbox]))
  }

  const store: AttendanceStore = {
    get ledger() {
      return ledger
    },
    topics,
    outbox,
    get phase() {
      return phase
    },
    get account() {
      return account
    },
    get clock() {
      return clock
    },
    get fault() {
      return fault
    },
    now,
    zone: () => ledger.district()?.zone ?? CALIFORNIA,
    today: () => schoolDateOf(now(), store.zone()),

    write(drafts) {
      if (!account) throw new Error('nobody is signed in on this device')
      const at = now()
      const envelope = { device: account.device.id, actor: account.me.staff, recordedAt: at, clock: estimate(clock, at) }
      const events = drafts.map((draft) => toEvent(draft, envelope, newId))
      // Its place in the chain is given by the disk; in the ledger it stands after everything recorded so far.
      const provisional = events.map((event) => ({ ...event, deviceSeq: ++provisionalSeq, prev: '' }) as AttendanceEvent)
      for (const event of provisional) {
        pending.add(event)
        outbox.saving(rowOf(event))
      }
      apply(provisional)
      const done = record(db, events).then(
        (stored): Written => {
          for (const event of provisional) pending.delete(event)
          const rows = stored.map(rowOf)
          for (const row of rows) outbox.put(row)
          raiseRows(rows)
          hints.post({ kind: 'rows' })
          for (const listener of writtenListeners) listener()
          return { kind: 'saved' }
        },
        async (error: unknown): Promise<Written> => {
          for (const event of provisional) pending.delete(event)
          fault = faultOf(error)
          topics.raise([topic.fault])
          await store.reload()
          return { kind: 'failed', why: fault ?? 'other' }
        },
      )
      return { events: events.map((event) => event.id), done }
    },

    async start(session) {
      await onStore(db, async () => {
        const [known, samples] = await Promise.all([
          readFact(db, 'account'),
          readFact(db, 'clock'),
          loadOutbox(db, outbox),
          loadRecent(db, ledger, store.today, session),
        ])
        account = known ?? null
        clock = samples ?? []
      })
      topics.raise([topic.account, topic.outbox])
      setPhase('recent')
      return { rest: breathe().then(loadEverything) }
    },

    async reload() {
      const next = openLedger()
      const loaded = await onStore(db, () => loadAll(db, next, breathe))
      // What is on its way to the disk is not there yet; what reached it meanwhile is read by row.
      next.putEvents(pending)
      ledger = next
      ;({ lastRow, lastPage } = loaded)
      outbox.clear()
      await loadOutbox(db, outbox)
      for (const event of pending) outbox.saving(rowOf(event))
      await store.catchUp()
      topics.raiseAll()
    },

    catchUp() {
      const read = (): Promise<void> => onStore(db, readNew)
      catchingUp = catchingUp.then(read, read)
      return catchingUp
    },

    async settled(ids) {
      raiseRows(await loadRows(db, outbox, ids))
      hints.post({ kind: 'settled', ids })
    },

    sending(ids) {
      outbox.sending(ids)
      raiseRows(outbox.rows())
    },
    setAccount(next) {
      account = next
      topics.raise([topic.account, topic.sessions])
    },
    setClock: (samples) => void (clock = samples),
    clearFault() {
      fault = null
      topics.raise([topic.fault])
    },
    onWritten(listener) {
      writtenListeners.add(listener)
      return () => writtenListeners.delete(listener)
    },
    stop: hints.listen((hint) => {
      // A connection lost while reading a hint costs nothing: the next look reads all that is new.
      onHint(hint).catch((error: unknown) => {
        if (faultOf(error) !== 'lost') throw error
      })
    }),
  }

  async function loadEverything(): Promise<void> {
    const loaded = await onStore(db, () => loadAll(db, ledger, breathe))
    lastRow = Math.max(lastRow, loaded.lastRow)
    lastPage = Math.max(lastPage, loaded.lastPage)
    setPhase('ready')
    topics.raiseAll()
  }

  async function readNew(): Promise<void> {
    if (phase !== 'ready') return
    const [rows, records, page] = await Promise.all([
      db.events.where(':id').above(lastRow).toArray(),
      db.records.where('page').above(lastPage).toArray(),
      readFact(db, 'page'),
    ])
    lastRow = rows.at(-1)?.row ?? lastRow
    lastPage = Math.max(lastPage, page ?? 0)
    for (const record of records) ledger.putRecord(record)
    for (const row of rows) if (row.outbox !== undefined) outbox.put(row)
    if (rows.length > 0) apply(rows.map(eventOf))
    if (records.length > 0) topics.raiseAll()
    else if (rows.length > 0) raiseRows(rows)
  }

  async function onHint(hint: Hint): Promise<void> {
    if (hint.kind === 'rows' || hint.kind === 'pages') return store.catchUp()
    if (hint.kind === 'settled') return raiseRows(await loadRows(db, outbox, hint.ids))
    account = (await readFact(db, 'account')) ?? null
    topics.raise([topic.account])
    return store.reload()
  }

  return store
}
