import { useEffect, useState } from 'react'
import { meetsFrom } from '../../../shared/attendance/planned.ts'
import { schoolDateOf } from '../../../shared/time.ts'
import { useAccount, useDevice, useLedger, useMinute, useSyncState } from '../../log/useAttendance.ts'
import { unkept } from '../../trust/keepApp.ts'
import { endsSoon, isOver } from '../../trust/recordingEnd.ts'
import type { StorageState } from '../../trust/storage.ts'
import { mayBeErased, readStorage, storageKind } from '../../trust/storage.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useSignal } from '../../ui/useSignal.ts'
import { useWords } from '../../words/index.ts'
import { AgainButton } from '../setup/SignInAgain.tsx'
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

/** Whether the app itself is kept on the device, every file of it: without that it does not open again. Null until the browser has said. */
function useKept(): boolean | null {
  const [isKept, setKept] = useState<boolean | null>('serviceWorker' in navigator ? null : false)
  useEffect(() => {
    let isHere = true
    void navigator.serviceWorker?.ready.then(() => isHere && setKept(true))
    return () => {
      isHere = false
    }
  }, [])
  return isKept
}

/** What the browser says of keeping us; null where it has not said. */
export interface Keeping {
  readonly storage: StorageState | null
  readonly isKept: boolean | null
}

export const useKeeping = (): Keeping => ({ storage: useStorage(), isKept: useKept() })

/** Whether all of the first download is here: known with the first words of the screen where it was here before. */
export function useHasPulled(): boolean {
  const { store } = useDevice()
  const { lastPulledAt } = useSyncState()
  return store.wasWhole || lastPulledAt !== null
}

/** Whether a day without a network may come: what is here, until when it may be used, and what is not as it should be. */
export function Readiness({ storage, isKept }: Keeping) {
  const words = useWords()
  const account = useAccount()
  const { store, watch } = useDevice()
  const ledger = useLedger()
  const now = useMinute()
  const hasPulled = useHasPulled()
  const isUnkept = useSignal(unkept)
  if (!account) return null
  const today = store.today()
  const sections = sectionsOf(ledger, account.me).filter((section) => meetsFrom(section, today))
  const students = new Set(sections.flatMap((section) => section.students))
  const until = words.format.date(schoolDateOf(account.offlineUntil, store.zone()))
  const ending = watch.ending(account)
  const isEnded = ending === 'jumped' || isOver(watch, account, now)
  const isEphemeral = storage !== null && storageKind(storage) === 'temporary'
  return (
    <div className={styles.ready}>
      {isKept === false ? (
        <Banner tone="warn">{words.teacher.notKept}</Banner>
      ) : isEnded ? null : isKept && hasPulled ? (
        <p className={styles.readyLine}>
          <Icon name="check" size={14} />
          {words.teacher.ready(sections.length, students.size, until)}
        </p>
      ) : isUnkept && !isKept ? (
        <Banner tone="warn" live="polite">
          {words.teacher.unkept}
        </Banner>
      ) : (
        <p className={styles.readyLine} role="status">
          {words.teacher.preparing}
        </p>
      )}
      {isEphemeral && <Banner tone="warn">{words.teacher.ephemeral}</Banner>}
      {!isEphemeral && hasPulled && storage && mayBeErased(storage, now) && <p className={styles.readyLine}>{words.teacher.mayBeErased}</p>}
      {!isEphemeral && hasPulled && storage?.persisted === false && <p className={styles.readyLine}>{words.teacher.notPersisted}</p>}
      {isEnded && (
        <Banner tone="warn" actions={<AgainButton isFirst />}>
          {ending === 'jumped' || ending === 'byClock' ? words.teacher.endedByClock : words.teacher.signInExpired}
        </Banner>
      )}
      {!isEnded && endsSoon(account, watch.look()) && <Banner actions={<AgainButton />}>{words.teacher.signInEnds(until)}</Banner>}
      {watch.isSetBack() && <Banner tone="warn">{words.teacher.clockSetBack}</Banner>}
    </div>
  )
}
