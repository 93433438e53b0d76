import type { ReactNode } from 'react'
import { useId } from 'react'
import styles from './Card.module.css'

/** A part of a screen under its own heading. */
export function Card({
  title,
  sub,
  actions,
  children,
}: {
  readonly title?: string
  readonly sub?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  const heading = useId()
  return (
    <section className={styles.card} aria-labelledby={title ? heading : undefined}>
      {title && (
        <div className={styles.head}>
          <div>
            <h2 id={heading}>{title}</h2>
            {sub && <p className={styles.sub}>{sub}</p>}
          </div>
          {actions}
        </div>
      )}
      {children}
    </section>
  )
}

/** Parts of a screen, one under the other. */
export const Stack = ({ children }: { readonly children: ReactNode }) => <div className={styles.stack}>{children}</div>
