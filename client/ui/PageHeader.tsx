import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { useWords } from '../words/index.ts'
import styles from './PageHeader.module.css'
import { whenIdle } from './whenIdle.ts'

/** The one h1 of a screen; it also names the browser's tab and takes the focus when the route changes. */
export function PageHeader({ title, sub, actions }: { readonly title: string; readonly sub?: ReactNode; readonly actions?: ReactNode }) {
  const words = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${words.common.appName}`
  }, [title, words])
  // Once the page has been painted: taking the focus makes the browser lay it out.
  useEffect(
    () =>
      whenIdle(() => {
        const active = document.activeElement
        if (!active || active === document.body) heading.current?.focus({ preventScroll: true })
      }),
    [],
  )
  return (
    <div className={styles.header}>
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {sub && <p className={styles.sub}>{sub}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
