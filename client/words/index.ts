import { useSyncExternalStore } from 'react'
import { en } from './en.ts'
import { es } from './es.ts'
import type { Language } from './language.ts'
import { language, onLanguage } from './language.ts'

export { LANGUAGES, setLanguage } from './language.ts'
export type { Language } from './language.ts'

/** Every sentence a person reads. Areas are objects of sentences; a sentence with values is a function. */
export type Words = typeof en

export const WORDS: Readonly<Record<Language, Words>> = { en, es }

/** The language of the screen; a component that asks is drawn again when it changes. */
export const useLanguage = (): Language => useSyncExternalStore(onLanguage, language, language)

/** The words of the language of the screen. */
export const useWords = (): Words => WORDS[useLanguage()]
