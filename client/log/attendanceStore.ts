/**
 * The ledger in memory and the log on the disk, kept in step. A tap is in the ledger at once and on the disk a moment later; if the
 * disk refuses, the ledger is read anew from what is stored, and everybody is told. Other tabs and pulled pages are read by row.
 */
import { openLedger } from '../../shared/attendance/ledger.ts'
import type { AttendanceEvent, KeptEvent } from '../../shared/events.ts'
import { schoolDateOf } from '../../shared/time.ts'
import { estimate } from '../sync/clock.ts'
import type { StorageFault } from './db.ts'
import { faultOf, onStore, readFact, unlessLost } from './db.ts'
import { toEvent } from './drafts.ts'
import { CALIFORNIA, readFirst } from './firstRead.ts'
import type { Hint } from './hints.ts'
import { eventsOf, loadAll, loadOutbox, loadRows, loadSince, takeFirst } from './load.ts'
import { openOutbox } from './outbox.ts'
import { record, rowOf } from './reserve.ts'
import type { ClockSample, EventRow, HeldAccount } from './rows.ts'
import { openTouchesNobodyElse } from './alone.ts'
import type { AttendanceStore, Phase, StoreDeps, Written } from './storeTypes.ts'
import { openTopics, placesOf, rowsTouched, sessionTopics, topic, totalsTopics, wayTopics } from './topics.ts'

export type { AttendanceStore, Phase, StoreDeps, Written } from './storeTypes.ts'

export function openAttendanceStore({ db, hints, now, newId, breathe, isEnded }: StoreDeps): AttendanceStore {
  const topics = openTopics()
  const outbox = openOutbox()
  const touchesNobodyElse = openTouchesNobodyElse()
  const writtenListeners = new Set<() => void>()
  const pending = new Set<AttendanceEvent>()
  let ledger = openLedger()
  let phase: Phase = 'starting'
  let wasWhole = false
  let account: HeldAccount | null = null
  let clock: readonly ClockSample[] = []
  let fault: StorageFault | 'ended' | null = null
  /** Above every number a device can have used. */
  let provisionalSeq = 2 ** 52
  let [lastRow, lastPage] = [0, 0]
  let catchingUp: Promise<void> = Promise.resolve()

  const setPhase = (next: Phase): void => {
    phase = next
    topics.raise([topic.phase, topic.sessions, topic.students])
  }

  const say = (next: typeof fault): void => {
    fault = next
    topics.raise([topic.fault])
  }

  /** Puts events into the ledger. The rows they name are drawn at once; counts and totals when `first`, what is more urgent, is over. */
  const apply = (events: readonly KeptEvent[], first: Promise<unknown> = Promise.resolve()): void => {
    const touched = ledger.putEvents(events)
    topics.raise([...rowsTouched(events, touched), ...events.flatMap(wayTopics)])
    void first.then(breathe).then(() => {
      const totals = touchesNobodyElse(ledger, events, now()) ? events.flatMap(totalsTopics) : placesOf(touched, topic.totals)
      topics.raise([topic.outbox, topic.sessions, topic.students, ...events.flatMap(sessionTopics), ...totals])
    })
  }

  const raiseWay = (rows: readonly EventRow[]): void => {
    topics.raise(rows.flatMap(({ event }) => wayTopics(event)))
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
    get wasWhole() {
      return wasWhole
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
      if (isEnded?.()) {
        say('ended')
        return { events: [], done: Promise.resolve({ kind: 'failed', why: 'ended' }) }
      }
      const at = now()
      const envelope = {
        device: account.recordsAs ?? account.device.id,
        actor: account.me.staff,
        recordedAt: at,
        clock: estimate(clock, at),
      }
      const events = drafts.map((draft) => toEvent(draft, envelope, newId))
      // On its way to the disk before anything is drawn: the disk is what "Saved here" waits for.
      const writing = record(db, events)
      // Its place in the chain is given by the disk; in the ledger it stands after everything recorded so far.
      const provisional = events.map((event) => ({ ...event, deviceSeq: ++provisionalSeq, prev: '' }) as AttendanceEvent)
      for (const event of provisional) {
        pending.add(event)
        outbox.saving(rowOf(event))
      }
      const done = writing.then(
        (stored): Written => {
          for (const event of provisional) pending.delete(event)
          for (const event of stored) outbox.put(rowOf(event))
          topics.raise(stored.flatMap(wayTopics))
          void breathe().then(() => {
            hints.post({ kind: 'rows' })
            for (const listener of writtenListeners) listener()
          })
          return { kind: 'saved' }
        },
        async (error: unknown): Promise<Written> => {
          for (const event of provisional) pending.delete(event)
          say(faultOf(error))
          await store.reload()
          return { kind: 'failed', why: fault ?? 'other' }
        },
      )
      apply(provisional, done)
      return { events: events.map((event) => event.id), done }
    },

    async start(session, { opening, painted = breathe } = {}) {
      // A connection that was lost is opened again, once.
      const readNow = () => readFirst(db.factory, db.name, session, now(), db.seal)
      const first = await (opening ?? readNow()).catch(readNow)
      ;({ account, clock, isWhole: wasWhole } = first)
      await takeFirst(first, ledger, outbox)
      topics.raise([topic.account, topic.outbox])
      setPhase(first.isOneSession ? 'session' : 'recent')
      return { rest: painted().then(loadEverything) }
    },

    async reload() {
      // What everything was proved by has gone when all of it comes anew.
      wasWhole &&= (await onStore(db, () => readFact(db, 'proof'))) !== undefined
      const next = openLedger()
      const loaded = await onStore(db, () => loadAll(db, next, breathe))
      // What is on its way to the disk is not there yet; what reached it meanwhile is read by row.
      next.putEvents(pending)
      ledger = next
      ;({ lastRow, lastPage } = loaded)
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
      raiseWay(await loadRows(db, outbox, ids))
      hints.post({ kind: 'settled', ids })
    },

    sending(ids) {
      outbox.sending(ids)
      raiseWay(outbox.rows())
    },
    setAccount(next) {
      wasWhole &&= next?.me.account === account?.me.account
      account = next
      topics.raise([topic.account, topic.sessions])
    },
    setClock: (samples) => void (clock = samples),
    clearFault: () => say(null),
    onWritten(listener) {
      writtenListeners.add(listener)
      return () => writtenListeners.delete(listener)
    },
    // A connection lost while reading a hint costs nothing: the next look reads all that is new.
    stop: hints.listen((hint) => void onHint(hint).catch(unlessLost)),
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
    const { rows, records, page } = await loadSince(db, lastRow, lastPage)
    lastRow = rows.at(-1)?.row ?? lastRow
    lastPage = Math.max(lastPage, page ?? 0)
    for (const record of records) ledger.putRecord(record)
    // Another tab may have recorded and sent it, and the district set it aside, before this one looked.
    for (const row of rows) if (row.outbox !== undefined || row.attention !== undefined) outbox.put(row)
    if (rows.length > 0) apply(await eventsOf(rows))
    if (records.length > 0) topics.raiseAll()
    else if (rows.length > 0) raiseWay(rows)
  }

  async function onHint(hint: Hint): Promise<void> {
    if (hint.kind === 'rows' || hint.kind === 'pages') return store.catchUp()
    if (hint.kind === 'settled') return raiseWay(await loadRows(db, outbox, hint.ids))
    store.setAccount((await readFact(db, 'account')) ?? null)
    return store.reload()
  }

  return store
}
