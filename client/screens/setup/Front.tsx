import type { ReactNode } from 'react'
import { cx } from '../../ui/cx.ts'
import { LanguageSwitch } from '../../ui/LanguageSwitch.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { useWords } from '../../words/index.ts'
import styles from './Door.module.css'

/** The frame of every page that is shown before anybody has signed in. */
export function Front({
  narrow = false,
  sample = false,
  children,
}: {
  readonly narrow?: boolean
  readonly sample?: boolean
  readonly children: ReactNode
}) {
  const words = useWords()
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <span className={styles.brand}>
          <Mark />
          {words.common.appName}
        </span>
        {sample && <span className={styles.sample}>{words.common.sampleMark}</span>}
        <LanguageSwitch />
      </header>
      <main id="main" className={cx(styles.main, narrow && styles.narrow)}>
        {children}
      </main>
    </div>
  )
}
