import type { PolicyPreview } from '../../../../shared/api/registry.ts'
import { GRADES } from '../../../../shared/registry.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Figures } from '../../../ui/Figures.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import styles from '../../desk/Tools.module.css'

type Year = PolicyPreview['years'][number]
type Row = Year['students'][number]
type Figure = keyof Row['before']

/** What a policy would change in one fiscal year: the district's days before and after, and every student behind them. */
export function PolicyChanges({ year, ended }: { readonly year: Year; readonly ended: boolean }) {
  const words = useWords()
  const w = words.rules.policy
  const date = words.format.dateWithYear(year.asOf)
  const names = namesOf(words)
  const number = words.format.number
  return (
    <Card title={ended ? w.wouldBackTitle(date) : w.wouldTitle(date)}>
      <div className={styles.stack}>
        <Banner live="polite" tone={year.students.length === 0 ? 'good' : 'warn'}>
          {year.students.length === 0 ? w.nothing : w.students(year.students.length)}
        </Banner>
        {year.students.length > 0 && (
          <>
            <Figures
              figures={DAYS.map((figure) => ({
                label: names[figure],
                value: number(year.after[figure]),
                note: w.now(number(year.before[figure])),
              }))}
            />
            <Table
              label={w.previewLabel(date)}
              columns={columns(words)}
              rows={year.students}
              rowKey={(row) => row.student}
              initially={{ column: 'student', descending: false }}
            />
          </>
        )}
      </div>
    </Card>
  )
}

const DAYS: readonly Figure[] = ['earnedDays', 'claimableDays', 'bankedDays', 'pendingDays']

const namesOf = ({ rules: { policy: w } }: Words): Readonly<Record<Figure, string>> => ({
  earnedDays: w.earned,
  claimableDays: w.claimable,
  bankedDays: w.banked,
  pendingDays: w.pending,
  minutes: w.towards,
})

function columns(words: Words): readonly Column<Row>[] {
  const w = words.rules.policy
  const names = namesOf(words)
  const figure = (id: Figure, text: (value: number) => string): Column<Row> => ({
    id,
    head: names[id],
    numbers: true,
    by: (row) => row.after[id] - row.before[id],
    cell: (row) => {
      const before = text(row.before[id])
      const after = text(row.after[id])
      if (before === after) return <span className={styles.zero}>{before}</span>
      return (
        <strong>
          <span className="visuallyHidden">{w.fromTo(names[id], before, after)}</span>
          <span aria-hidden="true">{w.arrow(before, after)}</span>
        </strong>
      )
    },
  })
  return [
    {
      id: 'student',
      head: w.student,
      by: (row) => `${row.last} ${row.first}`,
      cell: (row) => (
        <>
          <span className={styles.name}>
            {row.last}, {row.first}
          </span>
          <span className={styles.small}>{row.localId}</span>
        </>
      ),
    },
    {
      id: 'grade',
      head: w.grade,
      by: (row) => (row.grade ? GRADES.indexOf(row.grade) : null),
      cell: (row) => (row.grade ? words.common.gradeShort(row.grade) : ''),
    },
    { id: 'site', head: w.site, by: (row) => row.siteName, cell: (row) => <span className={styles.short}>{row.siteName}</span> },
    ...DAYS.map((id) => figure(id, words.format.number)),
    figure('minutes', words.format.duration),
  ]
}
