/** The client's composition root: clock, ids and randomness are made here and handed down. */
import './ui/base.css'
import { opening, sessionInAddress, STORE } from './opening.ts'
import { type ReactNode, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { v7 } from 'uuid'
import { instant } from '../shared/time.ts'
import { App } from './App.tsx'
import { openAttendanceStore } from './log/attendanceStore.ts'
import { LogDb, readFact } from './log/db.ts'
import { openHints } from './log/hints.ts'
import { letGoWhenPutAside } from './log/putAside.ts'
import type { Device } from './log/useAttendance.ts'
import { DeviceContext } from './log/useAttendance.ts'
import { deviceReport } from './sync/deviceReport.ts'
import type { api } from './sync/http.ts'
import { openSyncLater } from './sync/later.ts'
import { isMetered } from './trust/connection.ts'
import { inSharedTablet, openSession } from './trust/session.ts'
import { PageBoundary } from './screens/Broken.tsx'
import type { Beginning } from './trust/lockerApp.ts'
import { noticeEmptied } from './trust/marker.ts'
import { holdOpen } from './trust/oneOpen.ts'
import { openWatch } from './trust/recordingEnd.ts'
import { askToPersist, readStorage } from './trust/storage.ts'
import { noticeLacking } from './ui/lacking.ts'
import { noticeMistakes, tellCaught } from './ui/mistakes.ts'
import { part } from './ui/part.ts'
import { whenIdle } from './ui/whenIdle.ts'

const now = () => instant(Date.now())
/** After the browser has painted what is due, and has nothing more urgent to do: the next tap may be there already. */
const breathe = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(() => giveWay(resolve), 0)))
/** Safari does not say when it is idle. */
const giveWay = (then: () => void) => (typeof requestIdleCallback === 'undefined' ? then() : requestIdleCallback(then, { timeout: 100 }))
/** A hidden tab paints nothing: there a turn of the event loop is enough. */
const breatheAnywhere = () => (document.visibilityState === 'visible' ? breathe() : new Promise<void>((resolve) => setTimeout(resolve, 0)))

/** When the first screen stands and somebody could have tapped on it. */
const painted = () => new Promise<void>((resolve) => whenIdle(() => resolve()))

/** What speaks to the server, and the schemas it needs, are files of their own: they come after the first paint. */
const send: typeof api = async (...asked) => {
  const http = await import('./sync/http.ts').catch(() => undefined)
  return http ? http.api(...asked) : { kind: 'offline' }
}
noticeLacking()
noticeMistakes()

const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
const screen = createRoot(root, { onCaughtError: tellCaught })
const draw = (what: ReactNode): void =>
  screen.render(
    <StrictMode>
      <PageBoundary isWhole>{what}</PageBoundary>
    </StrictMode>,
  )

/** What is stored cannot be opened: nothing else can be shown, and nothing is touched. */
const Unopenable = part(() => import('./screens/Unopenable.tsx').then((m) => m.Unopenable))
const sayUnopenable = (error: unknown): void =>
  draw(
    <Suspense>
      <Unopenable isNewer={isNewer(error)} />
    </Suspense>,
  )
const isNewer = (error: unknown): boolean => error instanceof Error && error.name === 'VersionError'

/** The app over a store: the open one of this browser, or somebody's locker. */
function begin({ db, read, locker }: Beginning): void {
  letGoWhenPutAside(db, window, () => location.reload())
  const hints = openHints(db.name)
  const watch = openWatch(
    now,
    () => performance.now(),
    () => store.clock,
  )
  const store = openAttendanceStore({
    db,
    hints,
    now,
    newId: v7,
    breathe: breatheAnywhere,
    isEnded: () => watch.isEnded(store.account),
  })
  const sync = openSyncLater(async () =>
    (await import('./sync/syncLoop.ts')).openSync({
      db,
      store,
      hints,
      send,
      random: Math.random,
      breathe: breatheAnywhere,
      isMetered,
      report: (parity) => deviceReport({ store, parity, storage: readStorage, version: __APP_VERSION__ }),
      ...(locker && { alsoSend: locker.alsoSend, onRevoked: locker.onRevoked }),
    }),
  )
  const session = openSession({ db, store, sync, hints, send, askToPersist })
  const device: Device = {
    db,
    store,
    sync,
    session: locker?.sessionOf(session) ?? inSharedTablet(session),
    newId: v7,
    version: __APP_VERSION__,
    locker: locker ?? null,
    watch,
  }
  holdOpen(db.name, locker ? locker.lock : () => location.reload())
  // Drawn once the first screen's data is here: what would be drawn before it would only be in its way.
  const drawn = store.start(sessionInAddress, { ...(read && { opening: read }), painted }).then(async ({ rest }) => {
    // Somebody sets a PIN in another tab, or was cut off doing it: nothing is shown that cannot be recorded in.
    if ((await read?.catch(() => undefined))?.isMoved) await (await import('./trust/afterMoving.ts')).beginAfterMoving({ now, newId: v7 })
    if (!locker && !store.account) noticeEmptied((await readFact(db, 'device')) !== undefined)
    await locker?.onStarted(device)
    draw(
      <DeviceContext value={device}>
        <App />
      </DeviceContext>,
    )
    return { rest }
  })
  void drawn.then(
    async ({ rest }) => {
      await rest.catch((error: unknown) => {
        if (locker?.isBroken(error)) return locker.mend()
        if (isNewer(error)) sayUnopenable(error)
        throw error
      })
      // Without what it remembers the watch begins anew; nothing that follows waits for a store that fails.
      const counted = await readFact(db, 'counted').catch(() => undefined)
      if (counted !== undefined) watch.remember(counted)
      sync.listen()
      const safe = await import('./trust/keepSafe.ts').catch(() => undefined)
      safe?.keepSafe({ db, store, storage: readStorage })
      safe?.keepTime({ db, store, watch })
      await safe?.keepShut({ now, newId: v7 })
    },
    (error: unknown) => (locker?.isBroken(error) ? locker.mend() : sayUnopenable(error)),
  )
}

if (opening) begin({ db: new LogDb(STORE), read: opening })
else
  import('./screens/lock/lockRoom.tsx')
    .then(({ showLockRoom }) => showLockRoom({ draw, now, newId: v7, onOpen: begin, onPassword: () => begin({ db: new LogDb(STORE) }) }))
    .catch(sayUnopenable)
