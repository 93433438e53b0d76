import type { ReactNode } from 'react'
import styles from './Tools.module.css'

/** What stands above a table: find, filters, how many rows are left, what can be done with them. */
export function Tools({ count, children }: { readonly count?: string; readonly children: ReactNode }) {
  return (
    <div className={styles.tools}>
      {children}
      {count && (
        <span role="status" className={styles.count}>
          {count}
        </span>
      )}
    </div>
  )
}
