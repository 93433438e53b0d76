/** One value that screens are drawn by, outside of any of them. */
export interface Noted<T> {
  readonly get: () => T
  readonly set: (next: T) => void
  /** Called when it changes; gives the way to stop. */
  readonly on: (listener: () => void) => () => void
}

export function note<T>(first: T): Noted<T> {
  let value = first
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      value = next
      for (const listener of listeners) listener()
    },
    on: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
