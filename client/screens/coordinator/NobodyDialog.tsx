import { recordVoid } from '../../log/commands.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { Banner } from '../../ui/Banner.tsx'
import { useWords } from '../../words/index.ts'
import { ReasonDialog } from '../teacher/ReasonDialog.tsx'
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
  const w = useWords().coordinator.walkIns
  const { store } = useDevice()
  const takeBack = (reason: string): void => {
    recordVoid(store, session, entriesOf(session, student), reason)
    onDone()
  }
  return (
    <ReasonDialog
      title={w.nobodyTitle(name)}
      button={w.nobodyOfOurs}
      hint={w.nobodyHint}
      typedAs={`nobody.${session.id}.${student}`}
      onReason={takeBack}
      onClose={onClose}
    >
      <p>{w.nobodyText}</p>
      {session.certification.state === 'certified' && <Banner tone="warn">{w.nobodyCertified}</Banner>}
    </ReasonDialog>
  )
}
