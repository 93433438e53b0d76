import { Link } from 'wouter'
import { GRADES } from '../../../../shared/registry.ts'
import type { PlanRow } from '../../../../shared/report/planner.ts'
import { PERIODS } from '../../../../shared/rules/california/periods.ts'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import type { Tone } from '../../../ui/tone.ts'
import type { Words } from '../../../words/index.ts'
import styles from '../../desk/Tools.module.css'
import { daysRecovered } from './planView.ts'

type Kind = PlanRow['gain']['kind']
const TONE: Readonly<Record<Kind, Tone>> = { day: 'good', hours: 'accent', toBank: 'calm', nothing: 'stop' }
const RANK: Readonly<Record<Kind, number>> = { day: 0, hours: 1, toBank: 2, nothing: 3 }

/** What a session would give, in a few words. */
export function gainText(words: Words, { gain, hoursBefore, hoursAfter }: PlanRow): string {
  const w = words.rules.planner
  switch (gain.kind) {
    case 'day':
      return w.gains.day
    case 'hours':
      return w.gains.hours(words.common.hours(Math.max(0, hoursAfter - hoursBefore)))
    case 'toBank':
      return w.gains.toBank
    case 'nothing':
      return w.gains.nothing(w.reasons[gain.reason])
  }
}

export function planColumns(words: Words, rows: readonly PlanRow[]): readonly Column<PlanRow>[] {
  const w = words.rules.planner
  const { format } = words
  const number = (id: string, head: string, value: (row: PlanRow) => number): Column<PlanRow> => ({
    id,
    head,
    numbers: true,
    by: value,
    cell: (row) => format.number(value(row)),
  })
  return [
    {
      id: 'student',
      head: w.student,
      wrap: true,
      by: (row) => `${row.last} ${row.first}`,
      cell: (row) => (
        <>
          <Link className={styles.name} href={`/student/${row.student}`}>
            {row.last}, {row.first}
          </Link>
          <span className={styles.small}>{row.localId}</span>
        </>
      ),
      total: words.common.students(rows.length),
    },
    {
      id: 'grade',
      head: w.grade,
      by: (row) => (row.grade ? GRADES.indexOf(row.grade) : null),
      cell: (row) => (row.grade ? words.common.gradeShort(row.grade) : ''),
    },
    {
      id: 'gain',
      head: w.gain,
      wrap: true,
      by: (row) => RANK[row.gain.kind],
      cell: (row) => <StatusPill tone={TONE[row.gain.kind]}>{gainText(words, row)}</StatusPill>,
      total: words.common.days(daysRecovered(rows)),
    },
    { id: 'minutes', head: w.counts, numbers: true, by: (row) => row.minutes, cell: (row) => format.duration(row.minutes) },
    number('left', w.left, (row) => row.remainingBefore),
    number('claimable', w.claimable, (row) => row.claimableAfter),
    number('hours', w.hours, (row) => row.hoursAfter),
    {
      id: 'sessions',
      head: w.sessions,
      numbers: true,
      by: (row) => row.sessionsToDay,
      cell: (row) => (row.sessionsToDay === null ? '–' : format.number(row.sessionsToDay)),
    },
    ...PERIODS.map(
      (period): Column<PlanRow> => ({
        id: period,
        head: w.beginBy(words.periods.periodNames[period]),
        wrap: 'narrow',
        by: (row) => row.beginBy[period] ?? '',
        cell: (row) => {
          const by = row.beginBy[period]
          if (row.sessionsToDay === null) return '–'
          return by === null ? w.tooLate : format.dateWithYear(by)
        },
      }),
    ),
  ]
}
