import { LANGUAGES, setLanguage, useLanguage, useWords } from '../words/index.ts'
import styles from './LanguageSwitch.module.css'

/** English or Spanish, each under its own name, everywhere in the same place. */
export function LanguageSwitch() {
  const words = useWords()
  const current = useLanguage()
  return (
    <div role="group" aria-label={words.common.language} className={styles.switch}>
      {LANGUAGES.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          lang={id}
          aria-pressed={id === current}
          aria-label={`${id.toUpperCase()} ${name}`}
          title={name}
          onClick={() => setLanguage(id)}
        >
          {id.toUpperCase()}
        </button>
      ))}
    </div>
  )
}
