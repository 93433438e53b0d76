import { faultOf, type LogDb } from './db.ts'
import { endRunning } from './running.ts'

/**
 * Lets go of the store when the browser puts the page aside to come back to it, and begins anew when it does. Safari stops a page that is
 * put aside in the middle of a transaction and lets the next one wait for it: a blank screen, for as long as the first is remembered.
 */
export function letGoWhenPutAside(db: LogDb, page: EventTarget, beginAnew: () => void): void {
  page.addEventListener('pagehide', () => {
    endRunning()
    db.close()
    // What was under way is cut off by it, wherever it was asked for.
    page.addEventListener('unhandledrejection', (event) => {
      if ('reason' in event && isCutOff(event.reason)) event.preventDefault()
    })
  })
  page.addEventListener('pageshow', (event) => {
    if ('persisted' in event && event.persisted === true) beginAnew()
  })
}

const isCutOff = (reason: unknown): boolean => faultOf(reason) === 'lost' || (reason instanceof Error && reason.name === 'AbortError')
