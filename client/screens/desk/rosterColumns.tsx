import type { RosterRow } from '../../../shared/api/desk.ts'
import { GRADES } from '../../../shared/registry.ts'
import { Link } from 'wouter'
import { cx } from '../../ui/cx.ts'
import { StatusPill } from '../../ui/StatusPill.tsx'
import type { Column } from '../../ui/Table.tsx'
import type { Words } from '../../words/index.ts'
import styles from './Tools.module.css'
import { stateOf, sumOf } from './rosterState.ts'

/** The columns of the merged roster. Every figure leads to the reasons of its student, where `hrefOf` says they are. */
export function rosterColumns(
  words: Words,
  shown: readonly RosterRow[],
  hrefOf: (student: string) => string,
  withSchool: boolean,
): readonly Column<RosterRow>[] {
  const w = words.district.roster
  const number = words.format.number
  const figure = (id: string, head: string, value: (row: RosterRow) => number, total?: number): Column<RosterRow> => ({
    id,
    head,
    numbers: true,
    by: value,
    cell: (row) => (
      <Link
        className={cx(styles.figureLink, value(row) === 0 && styles.zero)}
        href={hrefOf(row.student)}
        aria-label={w.reasonsFor(`${head} ${value(row)}`, `${row.first} ${row.last}`)}
      >
        {number(value(row))}
      </Link>
    ),
    ...(total !== undefined && { total: number(total) }),
  })
  return [
    {
      id: 'student',
      head: w.student,
      by: (row) => `${row.last} ${row.first}`,
      cell: (row) => (
        <Link className={cx(styles.name, styles.short)} href={hrefOf(row.student)} title={`${row.last}, ${row.first}`}>
          {row.last}, {row.first}
        </Link>
      ),
      total: words.common.students(shown.length),
    },
    { id: 'number', head: w.number, by: (row) => row.localId, cell: (row) => <span className="quiet">{row.localId}</span> },
    {
      id: 'grade',
      head: w.grade,
      by: (row) => (row.grade ? GRADES.indexOf(row.grade) : null),
      cell: (row) => (row.grade ? words.common.gradeShort(row.grade) : ''),
    },
    ...(!withSchool
      ? []
      : [
          {
            id: 'site',
            head: w.site,
            by: (row: RosterRow) => row.siteName,
            cell: (row: RosterRow) => (
              <span className={cx(styles.short, styles.school)} title={row.siteName}>
                {row.siteName}
              </span>
            ),
          },
        ]),
    figure('absences', w.absences, (row) => row.eligibleAbsences, sumOf(shown, 'eligibleAbsences')),
    figure('hours', w.hours, (row) => row.hours),
    figure('earned', w.earned, (row) => row.earnedDays, sumOf(shown, 'earnedDays')),
    figure('pending', w.pending, (row) => row.pendingDays, sumOf(shown, 'pendingDays')),
    figure('claimable', w.claimable, (row) => row.claimableDays, sumOf(shown, 'claimableDays')),
    figure('banked', w.banked, (row) => row.bankedDays, sumOf(shown, 'bankedDays')),
    figure('left', w.left, (row) => row.remainingDays, sumOf(shown, 'remainingDays')),
    {
      id: 'state',
      head: w.state,
      by: (row) => stateOf(words, row).text,
      cell: (row) => {
        const state = stateOf(words, row)
        return (
          <span className={styles.short} title={state.text}>
            <StatusPill tone={state.tone}>{state.text}</StatusPill>
          </span>
        )
      },
    },
  ]
}
