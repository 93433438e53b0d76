import type { FormEvent } from 'react'
import { useId, useState } from 'react'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import { recordVoid } from '../../log/commands.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { useHalfTyped } from '../../trust/useHalfTyped.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import styles from './Sheet.module.css'

/** Asks once whether a session to which nobody came did not take place, and why; then takes its start back. */
export function NotHeldDialog({ session, onClose }: { readonly session: SessionState; readonly onClose: () => void }) {
  const words = useWords()
  const w = words.takeBack
  const { store } = useDevice()
  const { fields, set, done } = useHalfTyped(`notHeld.${session.id}`, { reason: '' })
  const reason = fields.reason.trim()
  const form = useId()
  const [tried, setTried] = useState(false)
  const leave = (): void => {
    done()
    onClose()
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (reason === '') return
    const starts = session.events.flatMap(({ event: one, voidedBy }) => (one.type === 'SessionStarted' && !voidedBy ? [one.id] : []))
    recordVoid(store, session, starts, reason)
    leave()
  }
  return (
    <Dialog
      title={w.notHeldTitle}
      inField
      onClose={leave}
      actions={
        <>
          <Button large onClick={leave}>
            {words.common.cancel}
          </Button>
          <Button look="primary" large type="submit" form={form}>
            {w.notHeldButton}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.fields} onSubmit={save} noValidate>
        <p>{w.notHeldText}</p>
        <TextField
          label={words.teacher.reason}
          hint={w.whyHint}
          value={fields.reason}
          onValue={(next) => set({ reason: next })}
          maxLength={500}
          error={tried && reason === '' ? words.teacher.needReason : undefined}
        />
      </form>
    </Dialog>
  )
}
