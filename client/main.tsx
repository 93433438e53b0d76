/** The client's composition root: clock, ids and randomness are made here and handed down. */
import './ui/base.css'
import { opening, sessionInAddress, STORE } from './opening.ts'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { v7 } from 'uuid'
import { instant } from '../shared/time.ts'
import { App } from './App.tsx'
import { openAttendanceStore } from './log/attendanceStore.ts'
import { LogDb, readFact } from './log/db.ts'
import { openHints } from './log/hints.ts'
import type { Device } from './log/useAttendance.ts'
import { DeviceContext } from './log/useAttendance.ts'
import { deviceReport } from './sync/deviceReport.ts'
import type { api } from './sync/http.ts'
import { openSyncLater } from './sync/later.ts'
import { isMetered } from './trust/connection.ts'
import { openSession } from './trust/session.ts'
import { noticeEmptied } from './trust/marker.ts'
import { askToPersist, readStorage } from './trust/storage.ts'
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
const send: typeof api = async (schema, method, path, body) => (await import('./sync/http.ts')).api(schema, method, path, body)

const db = new LogDb(STORE)
const hints = openHints(STORE)
const store = openAttendanceStore({ db, hints, now, newId: v7, breathe: breatheAnywhere })
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
  }),
)
const session = openSession({ db, store, sync, hints, send, askToPersist })
const device: Device = { db, store, sync, session, newId: v7, version: __APP_VERSION__ }

const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
const screen = createRoot(root)
const draw = (what: ReactNode): void => screen.render(<StrictMode>{what}</StrictMode>)

/** What is stored cannot be opened: nothing else can be shown, and nothing is touched. */
const sayUnopenable = async (error: unknown): Promise<void> => {
  const { Unopenable } = await import('./screens/Unopenable.tsx')
  draw(<Unopenable isNewer={isNewer(error)} />)
}
const isNewer = (error: unknown): boolean => error instanceof Error && error.name === 'VersionError'

// Drawn once the first screen's data is here: what would be drawn before it would only be in its way.
void store.start(sessionInAddress, { opening, painted }).then(async ({ rest }) => {
  if (!store.account) noticeEmptied((await readFact(db, 'device')) !== undefined)
  draw(
    <DeviceContext value={device}>
      <App />
    </DeviceContext>,
  )
  await rest.catch((error: unknown) => {
    if (isNewer(error)) void sayUnopenable(error)
    throw error
  })
  sync.listen()
  const { keepSafe } = await import('./trust/keepSafe.ts')
  keepSafe({ db, store, storage: readStorage })
}, sayUnopenable)
