import { useRegisterSW } from 'virtual:pwa-register/react'
import { useDevice, useLedger, useMinute } from '../../log/useAttendance.ts'
import { askToBeWoken } from '../../sync/wake.ts'
import { keepApp } from '../../trust/keepApp.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'
import styles from './Notice.module.css'

const HOUR = 3_600_000

/**
 * Keeps the app and its worker in step: asks to be woken for what waits, and offers a new version. Never while a session is running, and
 * never by itself: accepting it reloads every open tab.
 */
export function UpdateNotice() {
  const words = useWords()
  const device = useDevice()
  const ledger = useLedger()
  const now = useMinute()
  const {
    needRefresh: [isReady],
    updateServiceWorker,
  } = useRegisterSW({
    onRegisteredSW: (url, registered) =>
      keepApp(url, registered, (registration) => {
        askToBeWoken(registration, device)
        setInterval(() => void registration.update().catch(() => undefined), HOUR)
      }),
  })
  if (!isReady) return null
  for (const session of ledger.sessions()) if (session.started && session.endedAt === null && now < session.window.until) return null
  return (
    <div className={styles.notice}>
      <Banner live="polite" actions={<Button onClick={() => void updateServiceWorker(true)}>{words.teacher.update}</Button>}>
        {words.teacher.newVersion}
      </Banner>
    </div>
  )
}
