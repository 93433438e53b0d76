import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Figures.module.css'

export interface Figure {
  readonly label: string
  readonly value: ReactNode
  readonly note?: string | undefined
  /** An amount of money that leads somewhere; beside it there is no room. */
  readonly isLong?: boolean
  /** The note asks for somebody to look. */
  readonly attention?: boolean
}

/** Beside an amount of money there is no room: what it is stands under it. */
const isLong = (value: ReactNode): boolean => typeof value === 'string' && value.length > 5

/** A few figures side by side, each with its name and a note. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className={styles.figures}>
      {figures.map((figure) => (
        <div key={figure.label} className={cx(styles.figure, (figure.isLong ?? isLong(figure.value)) && styles.long)}>
          <dt className={figure.note ? undefined : styles.alone}>{figure.label}</dt>
          <dd className={styles.value}>{figure.value}</dd>
          {figure.note && <dd className={cx(styles.note, figure.attention && styles.warn)}>{figure.note}</dd>}
        </div>
      ))}
    </dl>
  )
}
