import { useSignal } from '../ui/useSignal.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import type { Language } from './language.ts'
import { LANGUAGES, language } from './language.ts'
import type { LateWords } from './late.ts'

export { LANGUAGES, setLanguage } from './language.ts'
export type { Language } from './language.ts'

/** Every sentence a person reads. Areas are objects of sentences; a sentence with values is a function. */
export type Words = typeof en & LateWords

/** The areas of the teacher's screens; the others are there when `late.ts` has been imported. */
export const WORDS: Readonly<Record<Language, Words>> = { en: { ...en } as Words, es: { ...es } as Words }

/** Puts areas in that come later than the first screen. */
export function addWords(areas: Readonly<Record<Language, LateWords>>): void {
  for (const { id } of LANGUAGES) Object.assign(WORDS[id], areas[id])
}

/** The language of the screen; a component that asks is drawn again when it changes. */
export const useLanguage = (): Language => useSignal(language)

/** The words of the language of the screen. */
export const useWords = (): Words => WORDS[useLanguage()]
