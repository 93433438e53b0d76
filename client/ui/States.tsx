import type { ReactNode } from 'react'
import { useWords } from '../words/index.ts'
import { Banner } from './Banner.tsx'
import { Button } from './Button.tsx'
import styles from './States.module.css'

/** Nothing is here yet: what would be, and the next step. */
export function EmptyState({
  title,
  children,
  action,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div className={styles.state}>
      <strong>{title}</strong>
      {children && <p>{children}</p>}
      {action}
    </div>
  )
}

/** Something comes over the network. It shows only after 400 ms, so that what is quick does not flicker. */
export function Loading({ children }: { readonly children?: ReactNode }) {
  const words = useWords()
  return (
    <div role="status" className={styles.loading}>
      {children ?? words.common.loading}
    </div>
  )
}

/** Something did not work: what, in a sentence, and the way to try again. */
export function ErrorNote({ message, onRetry }: { readonly message: string; readonly onRetry?: () => void }) {
  const words = useWords()
  return (
    <Banner tone="stop" live="assertive" actions={onRetry && <Button onClick={onRetry}>{words.common.tryAgain}</Button>}>
      {message}
    </Banner>
  )
}
