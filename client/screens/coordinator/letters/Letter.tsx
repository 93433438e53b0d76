import type { Language } from '../../../words/index.ts'
import styles from './Letters.module.css'
import type { MergeValues } from './merge.ts'
import { merged } from './merge.ts'

/** One letter on a page of its own, in its own language whatever the screen's is. */
export function Letter({
  language,
  title,
  body,
  values,
}: {
  readonly language: Language
  readonly title: string
  readonly body: string
  readonly values: MergeValues
}) {
  return (
    <article className={styles.letter} lang={language}>
      <header>
        <span>
          <strong>{values.school}</strong>
          <br />
          {values.district}
        </span>
        <span>{values.today}</span>
      </header>
      <h2>{merged(title, values)}</h2>
      {merged(body, values)}
    </article>
  )
}
