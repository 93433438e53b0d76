/// <reference lib="webworker" />
/**
 * Keeps the whole app on the device, so that it opens without a network, also at an address inside it.
 * It never answers for `/api`: what the server said is kept by the log, and an answer from a cache would be a false receipt.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html'), { denylist: [/^\/api\//] }))

// A new version takes over only when a person asked for it.
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const asked: unknown = event.data
  if (typeof asked === 'object' && asked !== null && 'type' in asked && asked.type === 'SKIP_WAITING') void self.skipWaiting()
})
