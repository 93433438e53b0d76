import { Link } from 'wouter'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { StudentId } from '../../../shared/ids.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'

/** What can be done with the session as a whole. */
export function Acts({ session, onWalkIn }: { readonly session: SessionState; readonly onWalkIn: () => void }) {
  const words = useWords()
  const { state } = session.certification
  return (
    <>
      <Button large onClick={onWalkIn}>
        {words.teacher.addWalkIn}
      </Button>
      {session.endedAt === null ? (
        <Link href={`/session/${session.id}/end`} role="button" className={buttonClass({ look: 'primary', large: true })}>
          {words.teacher.endSession}
        </Link>
      ) : (
        state !== 'certified' && (
          <Link href={`/session/${session.id}/certify`} role="button" className={buttonClass({ look: 'primary', large: true })}>
            {state === 'stale' ? words.teacher.certifyAgainButton : words.teacher.certify}
          </Link>
        )
      )}
    </>
  )
}

/** What can be done with the students selected. */
export function SelectedActs({
  session,
  selected,
  onBulk,
}: {
  readonly session: SessionState
  readonly selected: ReadonlySet<StudentId>
  readonly onBulk: (way: 'in' | 'out', students: readonly StudentId[]) => void
}) {
  const words = useWords()
  const isHere = (student: StudentId): boolean => session.students.get(student)?.since != null
  const coming = [...selected].filter((student) => !isHere(student))
  const leaving = [...selected].filter(isHere)
  const none = selected.size === 0 ? words.teacher.nothingSelected : undefined
  return (
    <>
      {(coming.length > 0 || leaving.length === 0) && (
        <Button look="primary" large cannot={none} onClick={() => onBulk('in', coming)}>
          {words.teacher.checkInSelected(coming.length)}
        </Button>
      )}
      {leaving.length > 0 && (
        <Button large onClick={() => onBulk('out', leaving)}>
          {words.teacher.checkOutSelected(leaving.length)}
        </Button>
      )}
    </>
  )
}
