import { note } from './noted.ts'

/**
 * How many files of the app were asked for, did not come, and no page speaks of: this was the first visit and the network went, or the server
 * has another version by now. A browser does not ask for them again before the page is loaded anew.
 */
export const lacking = note(0)

/** Vite's own event: a file that an import asked for did not come. */
export const noticeLacking = (): void => window.addEventListener('vite:preloadError', () => lacking.set(lacking.get() + 1))

/** The page that needed it says so itself. */
export const saidElsewhere = (): void => lacking.set(Math.max(0, lacking.get() - 1))

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
