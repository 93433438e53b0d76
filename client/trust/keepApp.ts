/**
 * Sees to it that the app itself comes to be kept on the device. A first visit whose network goes, or whose disk is full, leaves no worker
 * behind, and a browser does not try that again before the page is loaded anew.
 */
import { signal } from '../signal.ts'

/** Whether the app could not be kept so far, and is tried again. */
export const unkept = signal(false)

/** Between two tries, in ms. */
const FIRST_PAUSE = 5_000
const LONGEST_PAUSE = 60_000

/**
 * Watches what was registered, and registers it again for as long as it comes to nothing. `onKept` is called once, with what is kept.
 * @param registered undefined where registering itself did not work
 */
export function keepApp(
  url: string,
  registered: ServiceWorkerRegistration | undefined,
  onKept: (registration: ServiceWorkerRegistration) => void,
): void {
  let pause = FIRST_PAUSE
  let timer: ReturnType<typeof setTimeout> | undefined
  let isKept = false
  const failed = (): void => {
    unkept.set(true)
    clearTimeout(timer)
    timer = setTimeout(again, pause)
    pause = Math.min(2 * pause, LONGEST_PAUSE)
  }
  const again = (): void => {
    navigator.serviceWorker.register(url).then(watch, failed)
  }
  const watch = (registration: ServiceWorkerRegistration): void => {
    if (isKept) return
    if (registration.active) {
      isKept = true
      unkept.set(false)
      return onKept(registration)
    }
    const worker = registration.installing ?? registration.waiting
    if (!worker) return failed()
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activating' || worker.state === 'redundant') watch(registration)
    })
  }
  if (registered) watch(registered)
  else failed()
}
