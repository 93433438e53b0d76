/** One value of the whole app, outside of any screen; who listens is told when it changes. */
export interface Signal<T> {
  readonly get: () => T
  readonly set: (next: T) => void
  /** Called when it changes; gives the way to stop. */
  readonly on: (listener: () => void) => () => void
}

export function signal<T>(first: T): Signal<T> {
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
