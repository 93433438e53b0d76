import { signal } from '../signal.ts'

/** What the app itself got wrong last, beside what is drawn, in its own words; null once it was read. */
export const mistake = signal<string | null>(null)

const said = new WeakSet<object>()

/** Tells the browser what a boundary caught, so that it stands in the console; on the screen the page says it already. */
export function tellCaught(error: unknown): void {
  if (typeof error === 'object' && error !== null) said.add(error)
  reportError(error)
}

/** From now on an order that breaks in the middle is not passed over in silence. What others put into the page is theirs. */
export function noticeMistakes(): void {
  const look = (error: unknown): void => {
    // The app closes its store itself, when a page or a locker is left: what was being read then is nobody's loss.
    if (!(error instanceof Error) || said.has(error) || !isOurs(error) || error.name === 'DatabaseClosedError') return
    mistake.set(`${error.name}: ${error.message}`)
  }
  window.addEventListener('error', ({ error }) => look(error))
  window.addEventListener('unhandledrejection', ({ reason }) => look(reason))
}

/** Only what came about in a file of the app: a browser's own extensions break in its pages, too. */
const isOurs = ({ stack = '' }: Error): boolean => stack.includes(`${location.origin}/`)
