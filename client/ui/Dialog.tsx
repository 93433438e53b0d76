import type { ReactNode } from 'react'
import { useId, useLayoutEffect, useRef } from 'react'
import { useWords } from '../words/index.ts'
import { cx } from './cx.ts'
import styles from './Dialog.module.css'
import { Icon } from './Icon.tsx'

/**
 * A question that must be answered or put away before anything else: the browser's own modal, so that focus stays inside, Escape
 * closes it and focus returns to where it was. Shown while it is rendered; `onClose` takes it away.
 */
export function Dialog({
  title,
  wide = false,
  inField = false,
  onClose,
  actions,
  children,
}: {
  readonly title: string
  readonly wide?: boolean
  /** The focus begins in the first field: for a dialog that is there to be typed in. */
  readonly inField?: boolean
  readonly onClose: () => void
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  const words = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // Before the page without it is drawn: a dialog closed after it left the page no longer knows where the focus was.
  useLayoutEffect(() => {
    const node = dialog.current
    if (node && !node.open) node.showModal()
    if (inField) node?.querySelector<HTMLElement>('input, select, textarea')?.focus()
    return () => node?.close()
  }, [inField])
  return (
    <dialog
      ref={dialog}
      className={cx(styles.dialog, wide && styles.wide)}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className={styles.inner}>
        <div className={styles.top}>
          <h2 id={heading}>{title}</h2>
          <button type="button" className={styles.close} aria-label={words.common.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        {children}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </dialog>
  )
}
