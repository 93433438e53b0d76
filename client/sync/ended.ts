/** Whether the server has asked for a sign-in again, for the screens that show it; and how often somebody has come back in this page. */
import { signal } from '../signal.ts'

export const ended = signal(false)
/** Whatever was asked for in vain is asked for again when this has grown. */
export const timesBack = signal(0)

export function noteEnded(): void {
  if (!ended.get()) ended.set(true)
}

export function noteBack(): void {
  ended.set(false)
  timesBack.set(timesBack.get() + 1)
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
