import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import type { StudentId } from '../../../shared/ids.ts'
import { readAt, stillInUntil } from '../../../shared/report/stillIn.ts'
import type { SchoolDate } from '../../../shared/time.ts'
import { useMinute } from '../../log/useAttendance.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import { DaysEarned } from './DaysEarned.tsx'
import { SessionsOf } from './SessionsOf.tsx'
import styles from './Student.module.css'
import { TotalsOf } from './TotalsOf.tsx'

/**
 * The reasons behind one student's figures: every session with what counted and what did not, the days earned and the absences they
 * recover, what comes next, and on whose word. It shows what the ledger it is given holds: the device's own, or one made for one student.
 */
export function StudentPage({
  ledger,
  student,
  asOf,
  actions,
}: {
  readonly ledger: Ledger
  readonly student: StudentId
  readonly asOf: SchoolDate
  readonly actions?: ReactNode
}) {
  const words = useWords()
  const now = useMinute()
  const view = ledger.student(student)
  if (!view)
    return (
      <PageHeader
        title={words.student.notHere}
        actions={
          actions ?? (
            <Link href="/" className={buttonClass({ large: true })}>
              {words.teacher.home}
            </Link>
          )
        }
      />
    )
  const enrollment = ledger.enrollmentOn(student, asOf) ?? view.enrollments.at(-1)
  const site = enrollment && ledger.site(enrollment.site)
  const facts = [
    ...(enrollment ? [words.common.gradeOf(enrollment.grade)] : []),
    ...(site ? [site.name] : []),
    view.student.localId,
    words.student.asOf(words.format.dateWithYear(asOf)),
  ]
  const explained = ledger.explain(student, asOf)
  const totals = readAt(ledger.judge(student, asOf), stillInUntil(ledger, view, asOf), now)
  return (
    <>
      <PageHeader
        title={words.student.titleOf(`${view.student.first} ${view.student.last}`.trim())}
        sub={words.teacher.join(facts)}
        actions={actions}
      />
      <div className={styles.parts}>
        <TotalsOf totals={totals} isStillThere={totals.stillThere === true} />
        <DaysEarned ledger={ledger} days={explained.days} totals={totals} />
        <SessionsOf ledger={ledger} student={student} asOf={asOf} now={now} notCounted={explained.notCounted} />
      </div>
    </>
  )
}
