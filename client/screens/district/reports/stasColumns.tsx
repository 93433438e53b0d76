import { Link } from 'wouter'
import type { StasRowView } from '../../../../shared/api/reports.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import type { Words } from '../../../words/index.ts'
import styles from '../../desk/Tools.module.css'
import { reasonsHref } from '../schoolYear.ts'

/** The columns of students with recovered days, also of those whom a file forgot. */
export function stasColumns(words: Words, asOf: SchoolDate): readonly Column<StasRowView>[] {
  const w = words.reports.stas
  return [
    {
      id: 'student',
      head: w.student,
      by: (row) => row.name,
      cell: (row) => (
        <>
          <Link className={styles.name} href={reasonsHref(row.student, asOf)}>
            {row.name}
          </Link>
          <span className={styles.small}>{row.localId}</span>
        </>
      ),
    },
    { id: 'ssid', head: w.ssid, by: (row) => row.ssid ?? '', cell: (row) => row.ssid ?? '–' },
    { id: 'school', head: w.school, by: (row) => row.siteName, cell: (row) => <span className={styles.short}>{row.siteName}</span> },
    { id: 'days', head: w.days, numbers: true, by: (row) => row.days, cell: (row) => row.days },
    { id: 'absences', head: w.absences, numbers: true, by: (row) => row.absences, cell: (row) => row.absences },
    {
      id: 'state',
      head: w.state,
      wrap: true,
      by: (row) => (row.problems.length > 0 ? `0${row.problems.join(' ')}` : '1'),
      cell: (row) =>
        row.problems.length === 0 ? (
          <StatusPill tone="good">{w.ok}</StatusPill>
        ) : (
          row.problems.map((problem) => (
            <StatusPill key={problem} tone="stop">
              {w.problems[problem]}
            </StatusPill>
          ))
        ),
    },
    { id: 'dates', head: w.dates, wrap: true, cell: (row) => row.recovered.map((day) => words.format.date(day.recovers)).join('; ') },
  ]
}
