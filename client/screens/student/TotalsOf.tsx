import type { Judgement } from '../../../shared/attendance/ledger.ts'
import { Pips } from '../../ui/Pips.tsx'
import { useWords } from '../../words/index.ts'
import styles from './Student.module.css'

/** Where the student stands: days, what is left, what is missing to the next day, and what holds it. */
export function TotalsOf({ totals, isStillThere }: { readonly totals: Judgement; readonly isStillThere: boolean }) {
  const words = useWords()
  const s = words.student
  const of = Math.ceil(totals.minimumDayMinutes / 60)
  const done = Math.min(of, Math.floor(totals.minutes / 60))
  const figures: readonly (readonly [string, number])[] = [
    [s.recovered, totals.claimableDays],
    [s.left, totals.remainingDays],
    [s.absences, totals.eligibleAbsences],
    ...(totals.pendingDays > 0 ? [[s.pending, totals.pendingDays] as const] : []),
    ...(totals.bankedDays > 0 ? [[s.banked, totals.bankedDays] as const] : []),
    ...(totals.beyondCapDays > 0 ? [[s.beyond, totals.beyondCapDays] as const] : []),
  ]
  const missing = Math.max(0, of * 60 - done * 60)
  return (
    <section className={styles.part}>
      <dl className={styles.figures}>
        {figures.map(([label, n]) => (
          <div key={label} className={styles.figure}>
            <dt>{label}</dt>
            <dd>{words.format.number(n)}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.next}>
        <Pips done={done} of={of} label={s.pips(done, of)} />
        <span>{s.pips(done, of)}</span>
      </div>
      <p className="quiet">
        {s.minimumDay(words.format.duration(totals.minimumDayMinutes))}{' '}
        {totals.heldBy !== 'yearlyMost' && s.next(words.format.duration(missing), words.format.duration(totals.minimumDayMinutes))}
      </p>
      <p>{words.reasons.heldBy[totals.heldBy]}</p>
      {isStillThere && <p>{s.stillThere}</p>}
      {totals.flags.length > 0 && (
        <ul className={styles.flags} role="list">
          {totals.flags.map((flag) => (
            <li key={flag}>{words.reasons.flags[flag]}</li>
          ))}
        </ul>
      )}
    </section>
  )
}
