/** Notes that a browser keeps for us beside its database: a word each, read before anything else is. It may refuse to keep any. */

/** The note of this name; null where there is none, undefined where the browser gives none. */
export function readNote(name: string): string | null | undefined {
  try {
    return localStorage.getItem(name)
  } catch {
    return undefined
  }
}

/** Keeps a note, or takes it away (null). Whether the browser did: what is noted must never be what somebody recorded. */
export function keepNote(name: string, text: string | null): boolean {
  try {
    if (text === null) localStorage.removeItem(name)
    else localStorage.setItem(name, text)
    return true
  } catch {
    return false
  }
}
