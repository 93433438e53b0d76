import type { ReactNode } from 'react'
import styles from './Chip.module.css'

/** A filter that is on or off, with how many it holds. */
export function Chip({
  on,
  count,
  onToggle,
  children,
}: {
  readonly on: boolean
  readonly count?: number | string
  readonly onToggle: () => void
  readonly children: ReactNode
}) {
  return (
    <button type="button" className={styles.chip} aria-pressed={on} onClick={onToggle}>
      {children}
      {count !== undefined && <span className={styles.count}>{count}</span>}
    </button>
  )
}

/** Chips that belong together, under one name. */
export function Chips({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div role="group" aria-label={label} className={styles.chips}>
      {children}
    </div>
  )
}
