/** The language of the screen: one value for the whole app, kept between visits, known before anything else loads. */
import { keepNote, readNote } from '../notes.ts'
import { signal } from '../signal.ts'

export type Language = 'en' | 'es'
export const LANGUAGES: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'es', name: 'Español' },
]

const KEY = 'recoup.language'

function remembered(): Language {
  const kept = readNote(KEY)
  if (kept === 'en' || kept === 'es') return kept
  // Where nothing is remembered the browser's own language decides each time.
  return typeof navigator !== 'undefined' && navigator.language?.startsWith('es') ? 'es' : 'en'
}

export const language = signal<Language>(remembered())
if (typeof document !== 'undefined') document.documentElement.lang = language.get()

/** Changes the language everywhere at once. */
export function setLanguage(next: Language): void {
  if (next === language.get()) return
  document.documentElement.lang = next
  // Where it is not remembered it holds until the page is closed.
  keepNote(KEY, next)
  language.set(next)
}
