import type { FormEvent } from 'react'
import { useId, useState } from 'react'
import { recordVoid } from '../../log/commands.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { useHalfTyped } from '../../trust/useHalfTyped.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import styles from '../teacher/Sheet.module.css'
import { entriesOf } from './settledWalkIns.ts'
import type { WaitingWalkIn } from './walkIns.ts'

/** Says of a walk-in that it is nobody of ours, and why: the typed name and its marks are taken back. */
export function NobodyDialog({
  walkIn: { session, student, name },
  onClose,
  onDone,
}: {
  readonly walkIn: WaitingWalkIn
  readonly onClose: () => void
  readonly onDone: () => void
}) {
  const words = useWords()
  const w = words.coordinator.walkIns
  const { store } = useDevice()
  const { fields, set, done } = useHalfTyped(`nobody.${session.id}.${student}`, { reason: '' })
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
    recordVoid(store, session, entriesOf(session, student), reason)
    done()
    onDone()
  }
  return (
    <Dialog
      title={w.nobodyTitle(name)}
      inField
      onClose={leave}
      actions={
        <>
          <Button onClick={leave}>{words.common.cancel}</Button>
          <Button look="primary" type="submit" form={form}>
            {w.nobodyOfOurs}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.fields} onSubmit={save} noValidate>
        <p>{w.nobodyText}</p>
        {session.certification.state === 'certified' && <Banner tone="warn">{w.nobodyCertified}</Banner>}
        <TextField
          label={words.teacher.reason}
          hint={w.nobodyHint}
          value={fields.reason}
          onValue={(next) => set({ reason: next })}
          maxLength={500}
          error={tried && reason === '' ? words.teacher.needReason : undefined}
        />
      </form>
    </Dialog>
  )
}
