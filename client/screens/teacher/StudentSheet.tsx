import type { FormEvent } from 'react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Mark, SessionState } from '../../../shared/attendance/fold.ts'
import type { StudentId } from '../../../shared/ids.ts'
import { recordNote, recordVoid } from '../../log/commands.ts'
import { topic } from '../../log/topics.ts'
import { useDevice, useTopic } from '../../log/useAttendance.ts'
import { useHalfTyped } from '../../trust/useHalfTyped.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import { MarkLabel } from './RosterRow.tsx'
import { isTemporary, nameOf } from './rows.ts'
import styles from './Sheet.module.css'
import { TimeDialog } from './TimeDialog.tsx'

/** Everything about one student in this session: each mark with its state, corrections, notes, and the way to the whole year. */
export function StudentSheet({
  session,
  student,
  onClose,
  onTime,
}: {
  readonly session: SessionState
  readonly student: StudentId
  readonly onClose: () => void
  readonly onTime: (way: 'in' | 'out') => void
}) {
  const words = useWords()
  const { store } = useDevice()
  useTopic(topic.row(session.id, student))
  useTopic(topic.way(session.id, student))
  const [changing, setChanging] = useState<Mark | null>(null)
  const { fields, set, done } = useHalfTyped(`note.${session.id}.${student}`, { note: '' })
  const zone = store.ledger.site(session.site)?.zone ?? store.zone()
  const here = session.students.get(student)
  const name = nameOf(store.ledger, session, student)
  const keepNote = (event: FormEvent): void => {
    event.preventDefault()
    const note = fields.note.trim()
    if (note === '') return
    recordNote(store, session, student, note)
    done()
  }
  if (changing) {
    return (
      <TimeDialog
        session={session}
        student={student}
        way={changing.type === 'StudentCheckedIn' ? 'in' : 'out'}
        mark={changing}
        onClose={() => setChanging(null)}
      />
    )
  }
  return (
    <Dialog title={name} onClose={onClose}>
      <div className={styles.part}>
        <h3>{words.teacher.marks}</h3>
        {(here?.marks.length ?? 0) === 0 && <p className="quiet">{words.teacher.noMarks}</p>}
        <ul role="list" className={styles.marks}>
          {here?.marks.map((mark) => {
            const isIn = mark.type === 'StudentCheckedIn'
            const time = words.format.time(mark.at, zone)
            return (
              <li key={mark.id}>
                <span>
                  {isIn ? words.teacher.markIn(time) : words.teacher.markOut(time)} <MarkLabel mark={store.outbox.mark(mark.id)} />
                </span>
                <Button aria-label={isIn ? words.teacher.changeIn(time) : words.teacher.changeOut(time)} onClick={() => setChanging(mark)}>
                  {words.teacher.change}
                </Button>
                <Button look="quiet" onClick={() => recordVoid(store, session, [mark.id], words.teacher.takeBack)}>
                  {words.teacher.takeBack}
                </Button>
              </li>
            )
          })}
        </ul>
        <div className={styles.acts}>
          <Button onClick={() => onTime('in')}>{words.teacher.checkInAt}</Button>
          <Button onClick={() => onTime('out')}>{words.teacher.checkOutAt}</Button>
        </div>
      </div>
      <div className={styles.part}>
        <form className={styles.noteRow} onSubmit={keepNote}>
          <TextField label={words.teacher.note} value={fields.note} onValue={(note) => set({ note })} maxLength={500} />
          <Button type="submit">{words.teacher.addNote}</Button>
        </form>
        <ul role="list" className={styles.marks}>
          {here?.notes.map((each) => (
            <li key={`${each.at} ${each.text}`}>
              <span>{each.text}</span>
              <span className="quiet">{words.format.time(each.at, zone)}</span>
            </li>
          ))}
        </ul>
      </div>
      {!isTemporary(store.ledger, student) && (
        <div className={styles.acts}>
          <Link href={`/student/${student}`} className={buttonClass({ large: true, wide: true })}>
            {words.teacher.openStudent}
          </Link>
        </div>
      )}
    </Dialog>
  )
}
