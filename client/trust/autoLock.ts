/** When a tablet locks itself: two minutes without a touch, or thirty seconds out of sight. */
const IDLE = 120_000
const HIDDEN = 30_000
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const

/**
 * Locks when it is time. A device that slept through the moment locks when it wakes, before anything can be read: timers do not run meanwhile.
 * Gives the way to stop.
 */
export function lockByItself(lock: () => void, now: () => number): () => void {
  let touched = now()
  let hiddenSince: number | undefined
  const isDue = (): boolean => now() - touched >= IDLE || (hiddenSince !== undefined && now() - hiddenSince >= HIDDEN)
  const look = (): void => {
    if (isDue()) lock()
  }
  const onTouch = (): void => {
    look()
    touched = now()
  }
  const onVisibility = (): void => {
    look()
    hiddenSince = document.visibilityState === 'hidden' ? now() : undefined
    if (hiddenSince !== undefined) setTimeout(look, HIDDEN)
  }
  const timer = setInterval(look, 5_000)
  for (const touch of TOUCHES) addEventListener(touch, onTouch, { capture: true, passive: true })
  document.addEventListener('visibilitychange', onVisibility)
  return () => {
    clearInterval(timer)
    for (const touch of TOUCHES) removeEventListener(touch, onTouch, { capture: true })
    document.removeEventListener('visibilitychange', onVisibility)
  }
}
