import { memo } from 'react'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { LanguageSwitch } from '../../ui/LanguageSwitch.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { useWords } from '../../words/index.ts'
import { whereFrom } from '../desk/whereFrom.ts'
import styles from './Frame.module.css'
import { SyncLine } from './SyncLine.tsx'

/** The frame of the teacher's screens: the way home, how things stand, and the device; then the page. `foot` stays at the bottom edge. */
export function Frame({ children, foot }: { readonly children: ReactNode; readonly foot?: ReactNode }) {
  const words = useWords()
  return (
    <div className={cx(styles.frame, foot !== undefined && styles.withFoot)}>
      <a className="skipLink" href="#main">
        {words.common.skipToContent}
      </a>
      <Top />
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      {foot && <footer className={styles.foot}>{foot}</footer>}
    </div>
  )
}

/** Drawn again only when something of its own changes, not with every tap below it. */
const Top = memo(function Top() {
  const words = useWords()
  const account = useAccount()
  const { locker } = useDevice()
  const [path] = useLocation()
  const isTeacher = account?.me.role === 'teacher' || account?.me.role === 'substitute'
  return (
    <header className={styles.top}>
      <div className={styles.line}>
        <Link href="/" className={styles.brand}>
          <Mark />
          <span>{words.common.appName}</span>
        </Link>
        {account && !isTeacher && (
          <Link href={whereFrom()} className={cx(styles.device, styles.back)}>
            ‹ {words.common.back}
          </Link>
        )}
        {isTeacher && path !== '/today' && (
          <Link href="/today" className={cx(styles.device, styles.back)}>
            ‹ {words.teacher.home}
          </Link>
        )}
        <span className={styles.space} />
        {path !== '/device' && (
          <Link href="/device" className={styles.device}>
            {words.teacher.device}
          </Link>
        )}
        {locker && (
          <Button look="quiet" onClick={locker.lock}>
            {words.teacher.lock}
          </Button>
        )}
        <LanguageSwitch />
      </div>
      <div className={styles.line}>
        <SyncLine />
        {account?.sample && <span className={styles.sample}>{words.common.sampleMark}</span>}
      </div>
    </header>
  )
})
