import { cx } from './cx.ts'
import styles from './Pips.module.css'

/** So many of so many, as small squares. `label` says it in words, such as "2 of 4 hours to the next day". */
export function Pips({ done, of, label }: { readonly done: number; readonly of: number; readonly label: string }) {
  return (
    <span role="img" aria-label={label} title={label} className={styles.pips}>
      {Array.from({ length: of }, (_, i) => (
        <span key={i} className={cx(styles.pip, i < done && styles.full)} />
      ))}
    </span>
  )
}
