import type { EventId } from '../../../shared/ids.ts'
import type { Words } from '../../words/index.ts'

export interface Done {
  /** What was done, in the language of the moment it is read. */
  readonly message: (words: Words) => string
  readonly events: readonly EventId[]
}

/** What was done last and may be taken back. Apart from the roster, so that saying it draws one bar and not the room. */
export interface Notice {
  current(): Done | null
  say(done: Done | null): void
  subscribe(listener: () => void): () => void
}

export function openNotice(): Notice {
  let current: Done | null = null
  const listeners = new Set<() => void>()
  return {
    current: () => current,
    say(done) {
      current = done
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
