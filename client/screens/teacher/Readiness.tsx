import { useEffect, useState } from 'react'
import { schoolDateOf } from '../../../shared/time.ts'
import { useAccount, useDevice, useLedger, useMinute, useSyncState } from '../../log/useAttendance.ts'
import type { StorageState } from '../../trust/storage.ts'
import { readStorage, storageKind } from '../../trust/storage.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useWords } from '../../words/index.ts'
import { sectionsOf } from './sessions.ts'
import styles from './Today.module.css'

/** What the browser says of our storage, asked when the screen opens. */
export function useStorage(): StorageState | null {
  const [state, setState] = useState<StorageState | null>(null)
  useEffect(() => {
    void readStorage().then(setState)
  }, [])
  return state
}

/** Whether a day without a network may come: what is here, until when it may be used, and what is not as it should be. */
export function Readiness() {
  const words = useWords()
  const account = useAccount()
  const { store } = useDevice()
  const ledger = useLedger()
  const sync = useSyncState()
  const storage = useStorage()
  const now = useMinute()
  if (!account) return null
  const sections = sectionsOf(ledger, account.me)
  const students = new Set(sections.flatMap((section) => section.students))
  const hasPulled = sync.lastPulledAt !== null
  const isEphemeral = storage !== null && storageKind(storage) === 'temporary'
  return (
    <div className={styles.ready}>
      {hasPulled ? (
        <p className={styles.readyLine}>
          <Icon name="check" size={14} />
          {words.teacher.ready(sections.length, students.size, words.format.date(schoolDateOf(account.offlineUntil, store.zone())))}
        </p>
      ) : (
        <p className={styles.readyLine} role="status">
          {words.teacher.preparing}
        </p>
      )}
      {isEphemeral && <Banner tone="warn">{words.teacher.ephemeral}</Banner>}
      {!isEphemeral && hasPulled && storage?.persisted === false && <p className={styles.readyLine}>{words.teacher.notPersisted}</p>}
      {account.offlineUntil < now && <Banner tone="warn">{words.teacher.signInExpired}</Banner>}
    </div>
  )
}
