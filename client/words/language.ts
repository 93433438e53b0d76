/** The language of the screen: one value for the whole app, kept between visits, known before anything else loads. */
import { keepNote, readNote } from '../notes.ts'

export type Language = 'en' | 'es'
export const LANGUAGES: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'es', name: 'Español' },
]

const KEY = 'recoup.language'
const listeners = new Set<() => void>()

function remembered(): Language {
  const kept = readNote(KEY)
  if (kept === 'en' || kept === 'es') return kept
  // Where nothing is remembered the browser's own language decides each time.
  return typeof navigator !== 'undefined' && navigator.language?.startsWith('es') ? 'es' : 'en'
}

let current: Language = remembered()
if (typeof document !== 'undefined') document.documentElement.lang = current

export const language = (): Language => current

/** Changes the language everywhere at once. */
export function setLanguage(next: Language): void {
  if (next === current) return
  current = next
  document.documentElement.lang = next
  // Where it is not remembered it holds until the page is closed.
  keepNote(KEY, next)
  for (const listener of listeners) listener()
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
