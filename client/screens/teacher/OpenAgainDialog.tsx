import { useState } from 'react'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import { recordVoid } from '../../log/commands.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import { endingsOf } from './endings.ts'
import styles from './Sheet.module.css'

/** Takes the end of a session back. The check-outs recorded with it stay, or go as well: who ended it knows whether anybody left. */
export function OpenAgainDialog({ session, onClose }: { readonly session: SessionState; readonly onClose: () => void }) {
  const words = useWords()
  const w = words.takeBack
  const { store } = useDevice()
  const endings = endingsOf(session)
  const checkOuts = endings.flatMap((ending) => ending.checkOuts)
  const [isAlso, setAlso] = useState(() => store.now() < session.window.until)
  const open = (): void => {
    const events = [...endings.map(({ end }) => end), ...(isAlso ? checkOuts : [])]
    recordVoid(
      store,
      session,
      events.map(({ id }) => id),
      w.openReason,
    )
    onClose()
  }
  return (
    <Dialog
      title={w.openTitle}
      onClose={onClose}
      actions={
        <>
          <Button large onClick={onClose}>
            {words.common.cancel}
          </Button>
          <Button look="primary" large onClick={open}>
            {w.openAgain}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <p>{w.openText}</p>
        {checkOuts.length > 0 && <Checkbox label={w.withCheckOuts(checkOuts.length)} checked={isAlso} onChecked={setAlso} />}
      </div>
    </Dialog>
  )
}
