/** Whether the server has asked for a sign-in again, for the screens that show it; and how often somebody has come back in this page. */
let isEnded = false
let back = 0
const listeners = new Set<() => void>()

export const hasEnded = (): boolean => isEnded
/** Whatever was asked for in vain is asked for again when this has grown. */
export const timesBack = (): number => back
export function onEnded(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function noteEnded(): void {
  if (isEnded) return
  isEnded = true
  for (const listener of listeners) listener()
}

export function noteBack(): void {
  isEnded = false
  back++
  for (const listener of listeners) listener()
}

/** Asks whoever is here to sign in again; false when that is put off. */
type Asker = () => Promise<boolean>
let asker: Asker | undefined
/** The frame that can ask says so, until it is gone. */
export function askBy(next: Asker): () => void {
  asker = next
  return () => {
    if (asker === next) asker = undefined
  }
}
/** For an order that was refused because the sign-in has ended: true when it can be given once more. */
export const askAgain: Asker = () => asker?.() ?? Promise.resolve(false)
