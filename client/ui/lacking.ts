import { signal } from '../signal.ts'

/**
 * Whether a file of the app was asked for and did not come: this was the first visit and the network went, or the server has another version by
 * now. A browser does not ask for it again before the page is loaded anew.
 */
export const lacking = signal(false)
/** Whether the page on the screen says so itself. */
export const isSaidByPage = signal(false)

/** Vite's own event: a file that an import asked for did not come. */
export const noticeLacking = (): void => window.addEventListener('vite:preloadError', () => lacking.set(true))

/** Loads the page anew where it will come: it is kept on the device, or the server answers. False where it would be gone. */
export async function openAnew(): Promise<boolean> {
  const opens =
    Boolean(navigator.serviceWorker?.controller) ||
    (await fetch('/', { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(10_000) }).then(
      ({ ok }) => ok,
      () => false,
    ))
  if (opens) location.reload()
  return opens
}
