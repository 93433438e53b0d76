import { useEffect } from 'react'
import styles from './UndoBar.module.css'

export interface UndoBarProps {
  /** What was just done, as a sentence. */
  readonly message: string
  /** The word on the button; none makes this a plain notice. */
  readonly action?: string
  readonly onAction?: () => void
  /** Called when the time is up or another thing should take its place. */
  readonly onGone: () => void
  /** Milliseconds it stays. It waits while the pointer or the focus is on it. */
  readonly stays?: number
}

/** Says what was just done and offers to take it back. */
export function UndoBar({ message, action, onAction, onGone, stays = 8000 }: UndoBarProps) {
  useEffect(() => {
    const node = document.getElementById('undo-bar')
    let left = setTimeout(onGone, stays)
    const hold = () => clearTimeout(left)
    const release = () => {
      clearTimeout(left)
      left = setTimeout(onGone, stays)
    }
    node?.addEventListener('pointerenter', hold)
    node?.addEventListener('focusin', hold)
    node?.addEventListener('pointerleave', release)
    node?.addEventListener('focusout', release)
    return () => {
      clearTimeout(left)
      node?.removeEventListener('pointerenter', hold)
      node?.removeEventListener('focusin', hold)
      node?.removeEventListener('pointerleave', release)
      node?.removeEventListener('focusout', release)
    }
  }, [onGone, stays, message])
  return (
    <div id="undo-bar" className={styles.bar}>
      <span role="status">{message}</span>
      {action && (
        <button type="button" className={styles.act} onClick={onAction}>
          {action}
        </button>
      )}
    </div>
  )
}
