/** The client's composition root: clock, ids and randomness are made here and handed down. */
import './ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { v7 } from 'uuid'
import * as z from 'zod/mini'
import { instant } from '../shared/time.ts'
import { App } from './App.tsx'
import { openAttendanceStore } from './log/attendanceStore.ts'
import { LogDb } from './log/db.ts'
import { openHints } from './log/hints.ts'
import type { Device } from './log/useAttendance.ts'
import { DeviceContext } from './log/useAttendance.ts'
import { deviceReport } from './sync/deviceReport.ts'
import { api } from './sync/http.ts'
import { openSync } from './sync/syncLoop.ts'
import { openSession } from './trust/session.ts'
import { askToPersist, readStorage } from './trust/storage.ts'

// The policy of the page forbids making code from text; zod would try.
z.config({ jitless: true })

const now = () => instant(Date.now())
/** After the browser has painted what is due. */
const breathe = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))
/** A hidden tab paints nothing: there a turn of the event loop is enough. */
const breatheAnywhere = () => (document.visibilityState === 'visible' ? breathe() : new Promise<void>((resolve) => setTimeout(resolve, 0)))

const db = new LogDb('recoup')
const hints = openHints('recoup')
const store = openAttendanceStore({ db, hints, now, newId: v7, breathe: breatheAnywhere })
const sync = openSync({
  db,
  store,
  hints,
  send: api,
  random: Math.random,
  breathe: breatheAnywhere,
  report: (parity) => deviceReport({ store, parity, storage: readStorage, version: __APP_VERSION__ }),
})
const session = openSession({ db, store, sync, hints, send: api, askToPersist })
const device: Device = { db, store, sync, session, newId: v7, version: __APP_VERSION__ }

const SESSION_ADDRESS = /^\/session\/([^/]+)/
const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
// Drawn once the first screen's data is here: what would be drawn before it would only be in its way.
void store.start(SESSION_ADDRESS.exec(location.pathname)?.[1] ?? null).then(({ rest }) => {
  createRoot(root).render(
    <StrictMode>
      <DeviceContext value={device}>
        <App />
      </DeviceContext>
    </StrictMode>,
  )
  return rest.then(() => sync.listen())
})
