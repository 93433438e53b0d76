import { useRef, useState } from 'react'
import { useHalfTyped } from './useHalfTyped.ts'

export interface HalfDone<T> {
  readonly draft: T
  readonly change: (part: Partial<T>) => void
  /** Whether it was left half done before, and is here again. */
  readonly isBack: boolean
  /** Begins again with what the form begins with. */
  readonly anew: () => void
  /** Ends it, whether it was sent or given up. */
  readonly done: () => void
}

/**
 * A form that holds more than a few lines, as plain data, kept as `useHalfTyped` keeps those. It comes back as it was left, unless it begins
 * with something else by now: what somebody else has changed meanwhile is not put back.
 */
export function useHalfDone<T extends object>(form: string, initial: T): HalfDone<T> {
  const [begin] = useState(() => ({ draft: initial, text: JSON.stringify(initial) }))
  const { fields, set, done } = useHalfTyped(form, { of: begin.text, draft: begin.text })
  const [kept] = useState(
    () => (fields.of === begin.text && fields.draft !== begin.text ? read<T>(fields.draft) : undefined) ?? begin.draft,
  )
  const [draft, setDraft] = useState(kept)
  // Two changes of one moment: the second is made to what the first has made.
  const latest = useRef(kept)
  const [isBack, setBack] = useState(kept !== begin.draft)
  return {
    draft,
    isBack,
    change(part) {
      const next = { ...latest.current, ...part }
      latest.current = next
      setDraft(next)
      set({ of: begin.text, draft: JSON.stringify(next) })
    },
    anew() {
      latest.current = begin.draft
      setDraft(begin.draft)
      setBack(false)
      done()
    },
    done,
  }
}

function read<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}
