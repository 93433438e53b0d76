import type { Judgement, Ledger } from '../../../shared/attendance/ledger.ts'
import type { SessionId, SiteId } from '../../../shared/ids.ts'
import { as } from '../../../shared/ids.ts'
import type { Explanation } from '../../../shared/rules/california/explain.ts'
import { useWords } from '../../words/index.ts'
import { Cites } from './Cites.tsx'
import styles from './Student.module.css'

/** Each whole day: what it was made of, the absence it recovers, and on whose word. */
export function DaysEarned({
  ledger,
  days,
  totals,
}: {
  readonly ledger: Ledger
  readonly days: Explanation['days']
  readonly totals: Judgement
}) {
  const words = useWords()
  const s = words.student
  const school = (id: string | null): string => (id ? (ledger.site(as<SiteId>(id))?.name ?? '') : '')
  return (
    <section className={styles.part}>
      <h2>{s.days}</h2>
      {days.length === 0 && <p className="quiet">{s.noDays}</p>}
      <ol role="list" className={styles.rows}>
        {days.map((day, i) => (
          <li key={day.earnedOn} className={styles.row}>
            <div>
              <strong>{words.format.date(day.earnedOn)}</strong>
              <div className="quiet">{day.path === 'daily' ? s.daily : s.hourly}</div>
            </div>
            <div>
              <div>
                {day.recovers
                  ? `${s.recovers} ${words.format.dateWithYear(day.recovers)}`
                  : i < totals.claimableDays + totals.bankedDays
                    ? s.waits
                    : s.beyond}
              </div>
              {day.recovers && <div className="quiet">{school(day.school)}</div>}
            </div>
            <div className="quiet">
              {s.made(
                words.format.list(
                  day.made.map((part) => {
                    const title = ledger.session(as<SessionId>(part.session))?.title ?? ''
                    return s.atDate(
                      words.format.duration(part.minutes),
                      words.teacher.join([words.format.date(part.on), ...(title ? [title] : [])]),
                    )
                  }),
                ),
              )}
              <Cites keys={day.cites} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
