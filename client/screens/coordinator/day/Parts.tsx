import { useState } from 'react'
import { Link } from 'wouter'
import type { Mark } from '../../../../shared/attendance/fold.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { Button, buttonClass } from '../../../ui/Button.tsx'
import { Checkbox, TimeField } from '../../../ui/Field.tsx'
import { useWords } from '../../../words/index.ts'
import { nameOf } from '../../teacher/rows.ts'
import { type BoardRow, doubtfulMarks, lateMarks } from './board.ts'
import styles from './Day.module.css'
import { type Change, closes, endOf, fieldOf, stillIn } from './resolving.ts'

/** The students nobody checked out, each with the time at which they left. */
export function MissingPart({
  rows,
  times,
  faults,
  onTimes,
}: {
  readonly rows: readonly BoardRow[]
  readonly times: Readonly<Record<string, string>>
  readonly faults: Change['faults']
  readonly onTimes: (times: Readonly<Record<string, string>>) => void
}) {
  const words = useWords()
  const w = words.day.dialog
  const { store } = useDevice()
  const [all, setAll] = useState('')
  const zone = store.zone()
  const fill = (timeOf: (row: BoardRow) => string) => {
    const next = { ...times }
    for (const row of rows) {
      for (const student of stillIn(row)) {
        const field = fieldOf(row, student)
        if ((next[field] ?? '') === '' && closes(row, student, timeOf(row), zone)) next[field] = timeOf(row)
      }
    }
    onTimes(next)
  }
  return (
    <section className={styles.part}>
      <h3>{w.missing}</h3>
      <p className="quiet">{w.missingText}</p>
      {rows.map((row) => (
        <div key={row.key}>
          <h4>
            <Link href={`/session/${row.session}`}>{`${row.title}, ${words.format.date(row.on)}`}</Link>
          </h4>
          {row.held &&
            stillIn(row).map((student) => {
              const field = fieldOf(row, student)
              const fault = faults[field]
              const name = row.held ? nameOf(store.ledger, row.held, student) : ''
              return (
                <div key={student} className={styles.line}>
                  <Link href={`/student/${student}`}>{name}</Link>
                  <TimeField
                    label={w.leftAt(name)}
                    hideLabel
                    value={times[field] ?? ''}
                    onValue={(time) => onTimes({ ...times, [field]: time })}
                    error={fault && w.faults[fault]}
                  />
                </div>
              )
            })}
        </div>
      ))}
      <div className={styles.fill}>
        <TimeField label={w.fill} value={all} onValue={setAll} />
        <Button onClick={() => fill(() => all)}>{w.fillButton}</Button>
        <Button onClick={() => fill((row) => endOf(row, zone))}>{w.fillEnd}</Button>
      </div>
    </section>
  )
}

/** Times entered later and clocks in doubt: looked at, they stand as they are. */
export function LookPart({
  rows,
  looked,
  onLooked,
}: {
  readonly rows: readonly BoardRow[]
  readonly looked: ReadonlySet<string>
  readonly onLooked: (row: BoardRow, isLooked: boolean) => void
}) {
  const words = useWords()
  const w = words.day.dialog
  const { store } = useDevice()
  const zone = store.zone()
  const way = (mark: Mark): string => (mark.type === 'StudentCheckedIn' ? w.in : w.out)
  return (
    <section className={styles.part}>
      <h3>{`${w.late} · ${w.clock}`}</h3>
      <p className="quiet">{rows.some((row) => row.problems.some(({ kind }) => kind === 'late')) ? w.lateText : w.clockText}</p>
      {rows.map((row) => {
        const { held } = row
        if (held === null) return null
        return (
          <div key={row.key}>
            <h4>
              <Link href={`/session/${row.session}`}>{`${row.title}, ${words.format.date(row.on)}`}</Link>
            </h4>
            <ul>
              {lateMarks(held, zone).map((mark) => (
                <li key={mark.id}>
                  <Link href={`/student/${mark.student}`}>{nameOf(store.ledger, held, mark.student)}</Link>{' '}
                  <span className="quiet">
                    {w.lateLine(way(mark), words.format.time(mark.at, zone), words.format.dateTime(mark.recordedAt, zone))}
                    {mark.reason && ` · ${mark.reason}`}
                  </span>
                </li>
              ))}
              {doubtfulMarks(held).map((mark) => (
                <li key={`clock ${mark.id}`}>
                  <Link href={`/student/${mark.student}`}>{nameOf(store.ledger, held, mark.student)}</Link>{' '}
                  <span className="quiet">
                    {w.clockLine(
                      way(mark),
                      words.format.time(mark.at, zone),
                      words.format.duration(Math.round(Math.abs(mark.clock.offset ?? 0) / 60_000)),
                    )}
                  </span>
                </li>
              ))}
            </ul>
            <Checkbox label={w.looked} checked={looked.has(row.key)} onChecked={(is) => onLooked(row, is)} />
          </div>
        )
      })}
    </section>
  )
}

/** Planned sessions of which nothing arrived. */
export function NotArrivedPart({
  rows,
  notHeld,
  onNotHeld,
}: {
  readonly rows: readonly BoardRow[]
  readonly notHeld: ReadonlySet<string>
  readonly onNotHeld: (row: BoardRow, is: boolean) => void
}) {
  const words = useWords()
  const w = words.day.dialog
  return (
    <section className={styles.part}>
      <h3>{w.notArrived}</h3>
      <p className="quiet">{w.notArrivedText}</p>
      {rows.map((row) => (
        <div key={row.key} className={styles.line}>
          <Checkbox
            label={`${w.wasNotHeld}: ${row.title}, ${words.format.date(row.on)}`}
            checked={notHeld.has(row.key)}
            onChecked={(is) => onNotHeld(row, is)}
          />
          <Link className={buttonClass()} href={`/site/paper/key?section=${row.section}&on=${row.on}`}>
            {w.keyIn}
          </Link>
        </div>
      ))}
      <Link href="/site/devices">{w.devices}</Link>
    </section>
  )
}
