/**
 * Files of the app that were asked for and did not come: this was the first visit and the network went, or the server has another version by
 * now. A browser does not ask for them again before the page is loaded anew.
 */
let lacking = 0
const listeners = new Set<() => void>()
const set = (count: number): void => {
  lacking = count
  for (const listener of listeners) listener()
}

/** Vite's own event: a file that an import asked for did not come. */
export const noticeLacking = (): void => window.addEventListener('vite:preloadError', () => set(lacking + 1))

/** Whether a file is missing that no page on the screen speaks of. */
export const isLacking = (): boolean => lacking > 0

/** The page that needed it says so itself. */
export const saidElsewhere = (): void => set(Math.max(0, lacking - 1))

/** Called when that changes; gives the way to stop. */
export function onLacking(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

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
