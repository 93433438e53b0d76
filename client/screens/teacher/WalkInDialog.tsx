import { finds, wordsOf } from '../../../shared/finding.ts'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { StudentId } from '../../../shared/ids.ts'
import { parseLocalTime } from '../../../shared/time.ts'
import { recordCheckIn, recordWalkIn } from '../../log/commands.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { useHalfTyped } from '../../trust/useHalfTyped.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField, TimeField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import type { Done } from './notice.ts'
import { nameOf } from './rows.ts'
import styles from './Sheet.module.css'
import { momentIn } from './wallClock.ts'

const MOST_SHOWN = 8

/** Somebody came who is not on the list: a student of the school, found by name, or a name to be matched later. */
export function WalkInDialog({
  session,
  roster,
  isLive,
  onSay,
  onClose,
}: {
  readonly session: SessionState
  readonly roster: readonly StudentId[]
  readonly isLive: boolean
  readonly onSay: (message: Done['message'], written: ReturnType<typeof recordCheckIn>) => void
  readonly onClose: () => void
}) {
  const words = useWords()
  const { store, newId } = useDevice()
  const { ledger } = store
  const { fields, set, done } = useHalfTyped(`walkIn.${session.id}`, { name: '', time: '' })
  const { time } = fields
  const name = fields.name.trim()
  const known: StudentId[] = []
  if (wordsOf(name).join('').length >= 2) {
    for (const { student } of ledger.students()) {
      if (known.length === MOST_SHOWN) break
      if (!finds(`${student.first} ${student.last}`, name) || roster.includes(student.id)) continue
      if (ledger.enrollmentOn(student.id, session.on)?.site === session.site) known.push(student.id)
    }
  }
  // Outside the session's own time nobody can say "now": when the student came is asked for, never assumed.
  const zone = ledger.site(session.site)?.zone ?? store.zone()
  const parsed = parseLocalTime(time)
  const isTimed = isLive || parsed !== undefined
  const entered = !isLive && parsed ? { at: momentIn(session, parsed, zone), reason: words.teacher.addWalkIn } : undefined
  const cannot = isTimed ? undefined : words.teacher.needTime
  const leave = (): void => {
    done()
    onClose()
  }
  const add = (student: StudentId): void => {
    if (!isTimed) return
    const known = nameOf(ledger, session, student)
    onSay(({ teacher }) => teacher.checkedIn(known), recordCheckIn(store, session, [student], entered))
    leave()
  }
  const addUnknown = (): void => {
    if (name === '' || !isTimed) return
    onSay(({ teacher }) => teacher.checkedIn(name), recordWalkIn(store, newId, session, name, entered))
    leave()
  }
  return (
    <Dialog title={words.teacher.walkInTitle} inField onClose={leave}>
      <div className={styles.fields}>
        <TextField
          label={words.teacher.walkInFind}
          hint={words.teacher.walkInHint}
          value={fields.name}
          onValue={(next) => set({ name: next })}
          maxLength={120}
          autoComplete="off"
        />
        {!isLive && <TimeField label={words.teacher.time} value={time} onValue={(next) => set({ time: next })} />}
        {known.length > 0 && (
          <div className={styles.part}>
            <h3>{words.teacher.walkInKnown}</h3>
            <ul role="list" className={styles.people}>
              {known.map((student) => {
                const grade = ledger.enrollmentOn(student, session.on)?.grade
                const about = grade ? words.teacher.gradeOf(grade.replace(/^0/, '')) : ''
                return (
                  <li key={student}>
                    <button
                      type="button"
                      className={styles.person}
                      aria-label={words.teacher.checkInKnown(`${nameOf(ledger, session, student)} ${about}`)}
                      onClick={() => add(student)}
                    >
                      <span>{nameOf(ledger, session, student)}</span> <span className="quiet">{about}</span>
                    </button>
                  </li>
                )
              })}
            </ul>
          </div>
        )}
        {name !== '' && (
          <Button large wide cannot={cannot} showWhy onClick={addUnknown}>
            {words.teacher.walkInUnknown(name)}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
