import { StasReply, type StasRowView } from '../../../../shared/api/reports.ts'
import { Link } from 'wouter'
import { Banner } from '../../../ui/Banner.tsx'
import { buttonClass } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import styles from '../../desk/Tools.module.css'
import { useReply } from '../../desk/useReply.ts'
import { Merge } from './Merge.tsx'

/** Attendance Recovery Days for CALPADS: who, how many, what stands in the way, and the district's own file filled. */
export function StasPage({ mayMerge }: { readonly mayMerge: boolean }) {
  const words = useWords()
  const w = words.reports.stas
  const { asked, reload } = useReply(StasReply, '/api/reports/stas')
  return (
    <>
      <PageHeader
        title={w.title}
        sub={asked.kind === 'ok' ? w.sub(words.format.dateWithYear(asked.value.asOf)) : undefined}
        actions={
          <a className={buttonClass()} href="/api/reports/stas.csv" download>
            <Icon name="download" /> {w.csv}
          </a>
        }
      />
      <Asking asked={asked} onRetry={reload}>
        {({ rows, unfinished }) => (
          <div className={styles.stack}>
            <Banner tone="warn" title={w.wholeTitle}>
              {w.whole}
            </Banner>
            {unfinished.sessions > 0 && <Banner tone="warn">{w.unsigned(unfinished.sessions, unfinished.pendingDays)}</Banner>}
            {mayMerge && <Merge />}
            <Card title={w.list}>
              <Table
                label={w.label}
                columns={stasColumns(words)}
                rows={rows}
                rowKey={(row) => `${row.student} ${row.site}`}
                initially={{ column: 'state', descending: false }}
                empty={<EmptyState title={w.none}>{w.noneText}</EmptyState>}
              />
            </Card>
          </div>
        )}
      </Asking>
    </>
  )
}

/** The columns of students with recovered days, also of those whom a file forgot. */
export function stasColumns(words: Words): readonly Column<StasRowView>[] {
  const w = words.reports.stas
  return [
    {
      id: 'student',
      head: w.student,
      by: (row) => row.name,
      cell: (row) => (
        <>
          <Link className={styles.name} href={`/district/student/${row.student}`}>
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
