/** The language of the screen: one value for the whole app, kept between visits, known before anything else loads. */
export type Language = 'en' | 'es'
export const LANGUAGES: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'es', name: 'Español' },
]

const KEY = 'recoup.language'
const listeners = new Set<() => void>()

function remembered(): Language {
  try {
    const kept = localStorage.getItem(KEY)
    if (kept === 'en' || kept === 'es') return kept
  } catch {
    // Storage may be refused: then the browser's own language decides each time.
  }
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
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // It holds until the page is closed.
  }
  for (const listener of listeners) listener()
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
