/**
 * What the scenarios ask of a browser, whoever made it. Three answer: Chromium out of npm, Firefox and WebKit out of Debian. Offline is the
 * server's end, not a switch: no engine can be mistaken about that.
 */

/** An element that was found, in the engine's own words. */
export type Handle = object | string

export interface Tab {
  goto(url: string): Promise<void>
  reload(): Promise<void>
  /** Runs a function in the page. It stands alone: it sees its arguments and the page. Both ways only what JSON can say. */
  run<A extends readonly unknown[], T>(work: (...args: A) => T | Promise<T>, ...args: A): Promise<T>
  /** Runs a script in the page, for what it leaves there. */
  load(script: string): Promise<void>
  /** The element that such a function gives; undefined when it gives none. */
  find<A extends readonly unknown[]>(work: (...args: A) => Element | null, ...args: A): Promise<Handle | undefined>
  /** A click by a pointer, as a finger does it. */
  press(element: Handle): Promise<void>
  /** Key by key, into the field that has the focus after a press on it. */
  type(element: Handle, text: string): Promise<void>
  close(): Promise<void>
}

export interface Browser {
  tab(): Promise<Tab>
  /** Every process of it, at once: no goodbye, nothing flushed. The profile stays. */
  kill(): Promise<void>
  /** Ends it as people do. The profile stays. */
  close(): Promise<void>
}

export interface Engine {
  readonly name: string
  /** Why it cannot be had on this machine; undefined when it can. */
  missing(): string | undefined
  /** Opens a browser on a profile, a folder that may be empty; `room` is how many bytes all of its sites may store, where the engine can be told. */
  open(profile: string, room?: number): Promise<Browser>
}

/** The text of a function that runs another with arguments, for engines that take text. */
export const callOf = (work: (...args: never[]) => unknown, args: readonly unknown[]): string =>
  `(${work.toString()})(...${JSON.stringify(args)})`

/** Gives up on what a browser does not answer: a hang is told as one. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer in ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
