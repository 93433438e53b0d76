/** Long enough for the first tap on what was just painted to come first. */
const A_MOMENT = 50

/**
 * Does something a moment after the present is painted, when the browser has nothing else to do; half a second later at the latest. Gives
 * the way to call it off. Safari does not say when it is idle: there it is the moment alone.
 */
export function whenIdle(then: () => void): () => void {
  let handle: number | undefined
  const timer = setTimeout(() => {
    if (typeof requestIdleCallback === 'undefined') then()
    else handle = requestIdleCallback(then, { timeout: 500 })
  }, A_MOMENT)
  return () => {
    clearTimeout(timer)
    if (handle !== undefined) cancelIdleCallback(handle)
  }
}
