import { Link } from 'wouter'
import type { RosterLine, RosterPageReply } from '../../../../shared/api/totals.ts'
import { cx } from '../../../ui/cx.ts'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import type { Words } from '../../../words/index.ts'
import { stateOf } from '../../desk/rosterState.ts'
import styles from '../../desk/Tools.module.css'
import type { RosterColumn } from './views.ts'

type Ready = Extract<RosterPageReply, { ready: true }>

/** What each column is called. */
export function headsOf(words: Words): Readonly<Record<RosterColumn, string>> {
  const w = words.district.roster
  const { number, grade, site, absences, hours, earned, pending, claimable, banked, left, state } = w
  const { ssid, beyond, came, lastCame } = words.dashboard.roster
  return { number, ssid, grade, site, absences, hours, earned, pending, claimable, banked, beyond, left, came, lastCame, state }
}

const hrefOf = (row: RosterLine): string => `/district/student/${row.student}`

/** The columns of the merged roster that a view shows. `by` says only that a column sorts: the server sorts it. */
export function columnsOf(words: Words, page: Ready, shown: readonly RosterColumn[]): readonly Column<RosterLine>[] {
  const w = words.district.roster
  const heads = headsOf(words)
  const number = words.format.number
  const figure = (id: RosterColumn, value: (row: RosterLine) => number, total?: number): Column<RosterLine> => ({
    id,
    head: heads[id],
    numbers: true,
    by: value,
    cell: (row) => (
      <Link
        className={cx(styles.figureLink, value(row) === 0 && styles.zero)}
        href={hrefOf(row)}
        aria-label={w.reasonsFor(`${heads[id]} ${value(row)}`, `${row.first} ${row.last}`)}
      >
        {number(value(row))}
      </Link>
    ),
    ...(total !== undefined && { total: number(total) }),
  })
  const { sums } = page
  const all: Readonly<Record<RosterColumn, Column<RosterLine>>> = {
    number: { id: 'number', head: heads.number, by: (row) => row.localId, cell: (row) => <span className="quiet">{row.localId}</span> },
    ssid: { id: 'ssid', head: heads.ssid, cell: (row) => <span className="quiet">{row.ssid ?? '–'}</span> },
    grade: { id: 'grade', head: heads.grade, by: (row) => row.grade, cell: (row) => (row.grade ? words.common.gradeShort(row.grade) : '') },
    site: {
      id: 'site',
      head: heads.site,
      by: (row) => row.siteName,
      cell: (row) => (
        <span className={cx(styles.short, styles.school)} title={row.siteName}>
          {row.siteName}
        </span>
      ),
    },
    absences: figure('absences', (row) => row.eligibleAbsences, sums.absences),
    hours: figure('hours', (row) => row.hours),
    earned: figure('earned', (row) => row.earnedDays, sums.earned),
    pending: figure('pending', (row) => row.pendingDays, sums.pending),
    claimable: figure('claimable', (row) => row.claimableDays, sums.claimable),
    banked: figure('banked', (row) => row.bankedDays, sums.banked),
    beyond: figure('beyond', (row) => row.beyondCapDays, sums.beyond),
    left: figure('left', (row) => row.remainingDays, sums.left),
    came: {
      id: 'came',
      head: heads.came,
      numbers: true,
      by: (row) => row.came,
      cell: (row) => words.dashboard.roster.cameOf(row.came, row.planned),
    },
    lastCame: {
      id: 'lastCame',
      head: heads.lastCame,
      by: (row) => row.lastCame,
      cell: (row) => (row.lastCame ? words.format.date(row.lastCame) : '–'),
    },
    state: {
      id: 'state',
      head: heads.state,
      cell: (row) => {
        const state = stateOf(words, row)
        return (
          <span className={styles.short} title={state.text}>
            <StatusPill tone={state.tone}>{state.text}</StatusPill>
          </span>
        )
      },
    },
  }
  return [
    {
      id: 'student',
      head: w.student,
      by: (row) => row.last,
      cell: (row) => (
        <Link className={cx(styles.name, styles.short)} href={hrefOf(row)} title={`${row.last}, ${row.first}`}>
          {row.last}, {row.first}
        </Link>
      ),
      total: words.common.students(page.shown),
    },
    ...shown.map((column) => all[column]),
  ]
}
