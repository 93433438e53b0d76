/**
 * Asks the browser to wake the app's worker when there is a network again (Background Sync), because something waits and nobody may be
 * looking at the app by then. Where a browser does not know this, the app sends when it is next open. (S13)
 */
import type { AttendanceStore } from '../log/attendanceStore.ts'
import { topic } from '../log/topics.ts'
import type { Sync } from './syncLoop.ts'

/** The name of the wish; a wish of the same name that still stands is not made twice. */
export const WAKE = 'recoup-sync'
/** What the worker says to an app somebody is looking at: that one does the round itself. */
export const SYNC_NOW = 'SYNC_NOW'

/** What not every browser has, and the language's own types do not name. */
interface CanBeWoken extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> }
}

/**
 * From now on: wishes to be woken when a round found no network and something waits, or when the app is put away with something waiting;
 * and syncs when the worker says so. Not with every tap: where there is a network the loop is soon enough.
 */
export function askToBeWoken(registration: CanBeWoken, { store, sync }: { readonly store: AttendanceStore; readonly sync: Sync }): void {
  const waits = (): boolean => store.outbox.rows().some((row) => row.outbox !== undefined)
  const wish = (): void => {
    if (waits()) registration.sync?.register(WAKE).catch(() => undefined)
  }
  let before = sync.state().network
  store.topics.subscribe(topic.outbox, () => {
    const { network } = sync.state()
    if (network === before) return
    before = network
    if (network === 'offline' || network === 'portal' || network === 'busy') wish()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') wish()
  })
  navigator.serviceWorker.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.data === SYNC_NOW) void sync.now()
  })
}
