import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import type { StudentId } from '../../../shared/ids.ts'
import type { Explanation } from '../../../shared/rules/california/explain.ts'
import type { Instant, SchoolDate } from '../../../shared/time.ts'
import { fiscalYearOf } from '../../../shared/time.ts'
import { StatusPill } from '../../ui/StatusPill.tsx'
import { useWords } from '../../words/index.ts'
import { Cites } from './Cites.tsx'
import styles from './Student.module.css'

/** Every session of the year: when the student was in, what counted, and for each minute that did not, why. */
export function SessionsOf({
  ledger,
  student,
  asOf,
  now,
  notCounted,
}: {
  readonly ledger: Ledger
  readonly student: StudentId
  readonly asOf: SchoolDate
  readonly now: Instant
  readonly notCounted: Explanation['notCounted']
}) {
  const words = useWords()
  const year = fiscalYearOf(asOf)
  const sessions = ledger.sessionsOf(student).filter((session) => session.on <= asOf && fiscalYearOf(session.on) === year)
  const newestFirst = [...sessions].sort((a, b) => b.window.from - a.window.from)
  return (
    <section className={styles.part}>
      <h2>{words.student.sessions}</h2>
      {newestFirst.length === 0 && <p className="quiet">{words.student.noSessions}</p>}
      <ul role="list" className={styles.rows}>
        {newestFirst.map((session) => (
          <SessionRow
            key={session.id}
            ledger={ledger}
            session={session}
            student={student}
            lost={notCounted.filter((each) => each.session === session.id && !(each.reason === 'missingCheckOut' && goesOn(session, now)))}
          />
        ))}
      </ul>
    </section>
  )
}

/** Whoever is in a session that goes on has not been forgotten yet. */
const goesOn = ({ endedAt, window }: SessionState, now: Instant): boolean => endedAt === null && now < window.until

function SessionRow({
  ledger,
  session,
  student,
  lost,
}: {
  readonly ledger: Ledger
  readonly session: SessionState
  readonly student: StudentId
  readonly lost: Explanation['notCounted']
}) {
  const words = useWords()
  const s = words.student
  const zone = ledger.site(session.site)?.zone ?? ledger.district()?.zone ?? 'America/Los_Angeles'
  const entries = ledger.student(student)?.sameStudent ?? [student]
  const intervals = entries.flatMap((entry) => session.students.get(entry)?.intervals ?? [])
  const credit = ledger.sessionCredit(session.id, student)
  const { state } = session.certification
  return (
    <li className={styles.row}>
      <div>
        <strong>{words.format.date(session.on)}</strong>
        <div className="quiet">{session.title}</div>
        {state !== 'certified' && <StatusPill tone="warn">{state === 'stale' ? s.stale : s.notCertified}</StatusPill>}
      </div>
      <div>
        {intervals.map((each) => (
          <div key={each.inEvent}>
            {each.out === null
              ? s.stillIn(words.format.time(each.in, zone))
              : s.span(words.format.time(each.in, zone), words.format.time(each.out, zone))}
          </div>
        ))}
      </div>
      <div>
        <div>
          {s.present} {words.format.duration(credit.minutesPresent)} · {s.counted}{' '}
          <strong>{words.format.duration(credit.minutesCounted)}</strong>
        </div>
        {lost.map((each) => (
          <div key={`${each.on} ${each.reason}`} className="quiet">
            {s.notCountedLine(words.format.duration(each.minutes), words.reasons.notCounted[each.reason])}
            <Cites keys={each.cites} />
          </div>
        ))}
      </div>
    </li>
  )
}
