import type { SessionState } from '../../../shared/attendance/fold.ts'
import { recordVoid } from '../../log/commands.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { useWords } from '../../words/index.ts'
import { ReasonDialog } from './ReasonDialog.tsx'

/** Asks once whether a session to which nobody came did not take place, and why; then takes its start back. */
export function NotHeldDialog({ session, onClose }: { readonly session: SessionState; readonly onClose: () => void }) {
  const w = useWords().takeBack
  const { store } = useDevice()
  const takeBack = (reason: string): void => {
    const starts = session.events.flatMap(({ event: one, voidedBy }) => (one.type === 'SessionStarted' && !voidedBy ? [one.id] : []))
    recordVoid(store, session, starts, reason)
    onClose()
  }
  return (
    <ReasonDialog
      title={w.notHeldTitle}
      button={w.notHeldButton}
      hint={w.whyHint}
      typedAs={`notHeld.${session.id}`}
      large
      onReason={takeBack}
      onClose={onClose}
    >
      <p>{w.notHeldText}</p>
    </ReasonDialog>
  )
}
