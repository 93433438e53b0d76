/// <reference lib="webworker" />
/**
 * Keeps the whole app on the device, so that it opens without a network, also at an address inside it.
 * It never answers for `/api`: what the server said is kept by the log, and an answer from a cache would be a false receipt.
 * Woken by the browser when there is a network again, it sends what waits. Clock and chance are made here, as in `main.tsx`.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { instant } from '../shared/time.ts'
import { SYNC_NOW, WAKE } from './sync/wake.ts'

declare const self: ServiceWorkerGlobalScope

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html'), { denylist: [/^\/api\//] }))

// A new version takes over only when a person asked for it.
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const asked: unknown = event.data
  if (typeof asked === 'object' && asked !== null && 'type' in asked && asked.type === 'SKIP_WAITING') void self.skipWaiting()
})

/** Background Sync, which not every browser has and the language's own list of events does not name. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

self.addEventListener('sync', (event) => {
  const asked = event as SyncEvent
  if (asked.tag === WAKE) asked.waitUntil(send())
})

/** An app somebody is looking at sends by itself and shows it; otherwise it is done here. Failing tells the browser to try again later. */
async function send(): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const seen = windows.filter(({ visibilityState, url }) => visibilityState === 'visible' && !new URL(url).pathname.startsWith('/api/'))
  if (seen.length > 0) return seen.forEach((app) => app.postMessage(SYNC_NOW))
  // Read only now: opening the app must not wait for it.
  const { syncInWorker } = await import('./sync/inWorker.ts')
  // The name of the store is the app's, from `opening.ts`, which cannot be read here: it begins to open the app.
  const isDone = await syncInWorker({
    name: 'recoup',
    now: () => instant(Date.now()),
    random: Math.random,
    version: __APP_VERSION__,
  })
  if (!isDone) throw new Error('there is no network yet')
}
