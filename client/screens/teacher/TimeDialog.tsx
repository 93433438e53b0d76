import type { FormEvent } from 'react'
import { useId, useState } from 'react'
import type { Mark, SessionState } from '../../../shared/attendance/fold.ts'
import type { StudentId } from '../../../shared/ids.ts'
import { localTimeOf, parseLocalTime } from '../../../shared/time.ts'
import { recordCheckIn, recordCheckOut, recordCorrection } from '../../log/commands.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { useHalfTyped } from '../../trust/useHalfTyped.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField, TimeField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import { nameOf } from './rows.ts'
import styles from './Sheet.module.css'
import { momentIn } from './wallClock.ts'

/** Records a check-in or check-out at another time than now, or puts another time in the place of a mark's. A reason goes with it. */
export function TimeDialog({
  session,
  student,
  way,
  mark,
  onClose,
}: {
  readonly session: SessionState
  readonly student: StudentId
  readonly way: 'in' | 'out'
  readonly mark?: Mark
  readonly onClose: () => void
}) {
  const words = useWords()
  const { store } = useDevice()
  const zone = store.ledger.site(session.site)?.zone ?? store.zone()
  const { fields, set, done } = useHalfTyped(mark ? `correction.${mark.id}` : `time.${session.id}.${student}.${way}`, {
    time: mark ? (localTimeOf(mark.at, zone) as string) : '',
    reason: '',
  })
  const { time, reason } = fields
  const form = useId()
  const [tried, setTried] = useState(false)
  const parsed = parseLocalTime(time)
  const at = parsed && momentIn(session, parsed, zone)
  const fault = at === undefined ? words.teacher.needTime : at > store.now() ? words.teacher.timeAhead : undefined
  const name = nameOf(store.ledger, session, student)

  const leave = (): void => {
    done()
    onClose()
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (at === undefined || fault || reason.trim() === '') return
    const entered = { at, reason: reason.trim() }
    if (mark) recordCorrection(store, session, mark, entered)
    else (way === 'in' ? recordCheckIn : recordCheckOut)(store, session, [student], entered)
    leave()
  }
  return (
    <Dialog
      title={way === 'in' ? words.teacher.timeTitleIn(name) : words.teacher.timeTitleOut(name)}
      inField
      onClose={leave}
      actions={
        <>
          <Button large onClick={leave}>
            {words.common.cancel}
          </Button>
          <Button look="primary" large type="submit" form={form}>
            {mark ? words.teacher.correct : words.teacher.record}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.fields} onSubmit={save} noValidate>
        <TimeField
          label={mark ? words.teacher.newTime : words.teacher.time}
          value={time}
          onValue={(next) => set({ time: next })}
          error={tried ? fault : undefined}
        />
        <TextField
          label={words.teacher.reason}
          hint={words.teacher.reasonHint}
          value={reason}
          onValue={(next) => set({ reason: next })}
          maxLength={500}
          error={tried && reason.trim() === '' ? words.teacher.needReason : undefined}
        />
      </form>
    </Dialog>
  )
}
