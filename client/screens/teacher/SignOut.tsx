import { useState } from 'react'
import { useLocation } from 'wouter'
import { useDevice } from '../../log/useAttendance.ts'
import type { SyncState } from '../../sync/syncState.ts'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'
import styles from './Outbox.module.css'

/** The way out, with what it takes from the device and what it leaves. */
export function SignOut({ state }: { readonly state: SyncState }) {
  const words = useWords()
  const { session } = useDevice()
  const [, navigate] = useLocation()
  const [busy, setBusy] = useState(false)
  const leave = async (): Promise<void> => {
    setBusy(true)
    await session.signOut()
    navigate('/sign-in', { replace: true })
  }
  const unsent = state.unsent + state.attention
  return (
    <section className={styles.out}>
      <h2>{words.teacher.signOut}</h2>
      <p>{words.teacher.signOutText}</p>
      {unsent > 0 && <p>{words.teacher.signOutUnsent(unsent)}</p>}
      {state.network !== 'online' && <p>{words.teacher.signOutOffline}</p>}
      <Button large busy={busy} onClick={() => void leave()}>
        {words.teacher.signOut}
      </Button>
    </section>
  )
}
