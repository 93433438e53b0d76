import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { useWords } from '../../words/index.ts'
import styles from './Paper.module.css'
import { nameOf, rosterOf } from './rows.ts'

/** The session as a sheet to file: every student with each time in and out, the minutes, and who signed. Made only when it is printed. */
export function SessionPaper({ session }: { readonly session: SessionState }) {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    // The browser lays the paper out right after it has said so.
    const before = (): void => flushSync(() => setPrinting(true))
    const after = (): void => setPrinting(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return isPrinting ? <Sheet session={session} /> : null
}

function Sheet({ session }: { readonly session: SessionState }) {
  const words = useWords()
  const { ledger, zone: districtZone } = useDevice().store
  const zone = ledger.site(session.site)?.zone ?? districtZone()
  const { certification } = session
  return (
    <div className={styles.sheet}>
      <p>{ledger.site(session.site)?.name}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.teacher.student}</th>
            <th scope="col">{words.common.grade}</th>
            <th scope="col">{words.student.times}</th>
            <th scope="col">{words.student.present}</th>
            <th scope="col">{words.student.counted}</th>
          </tr>
        </thead>
        <tbody>
          {rosterOf(ledger, session).map((student) => {
            const intervals = session.students.get(student)?.intervals ?? []
            const credit = ledger.sessionCredit(session.id, student)
            const grade = ledger.enrollmentOn(student, session.on)?.grade
            return (
              <tr key={student}>
                <th scope="row">{nameOf(ledger, session, student)}</th>
                <td>{grade && words.common.gradeShort(grade)}</td>
                <td>
                  {intervals.length === 0 && words.teacher.absent}
                  {intervals.map((each) => (
                    <div key={each.inEvent}>
                      {each.out === null
                        ? words.student.stillIn(words.format.time(each.in, zone))
                        : words.student.span(words.format.time(each.in, zone), words.format.time(each.out, zone))}
                    </div>
                  ))}
                </td>
                <td>{intervals.length > 0 && words.format.duration(credit.minutesPresent)}</td>
                <td>{intervals.length > 0 && words.format.duration(credit.minutesCounted)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {certification.state === 'certified' ? (
        <p>
          {words.teacher.statement} {words.teacher.certifiedBy(certification.name, words.format.dateTime(certification.at, zone))}
        </p>
      ) : (
        <p className={styles.sign}>
          {words.teacher.notCertified}. {words.teacher.statement}
        </p>
      )}
    </div>
  )
}
