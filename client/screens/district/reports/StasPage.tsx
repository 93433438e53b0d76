import { StasReply } from '../../../../shared/api/reports.ts'
import { reportedNext } from '../../../../shared/report/reportedNext.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { Table } from '../../../ui/Table.tsx'
import { useWords } from '../../../words/index.ts'
import { FileLink } from '../../desk/FileLink.tsx'
import { Asking } from '../../desk/Asking.tsx'
import styles from '../../desk/Tools.module.css'
import { useReply } from '../../desk/useReply.ts'
import { useSchoolYear } from '../useSchoolYear.ts'
import { YearSelect } from '../YearSelect.tsx'
import { Merge } from './Merge.tsx'
import { stasColumns } from './stasColumns.tsx'

/** Attendance Recovery Days for CALPADS: who, how many, what stands in the way, and the district's own file filled. */
export function StasPage({ mayMerge }: { readonly mayMerge: boolean }) {
  const { year, today, onYear } = useSchoolYear((day) => reportedNext(day).year)
  const words = useWords()
  const w = words.reports.stas
  const { asked, reload } = useReply(StasReply, `/api/reports/stas?year=${year}`, { isAnew: true })
  return (
    <>
      <PageHeader
        title={w.title}
        sub={asked.kind === 'ok' ? w.sub(words.format.dateWithYear(asked.value.asOf)) : undefined}
        actions={
          <>
            <YearSelect year={year} today={today} onYear={onYear} />
            <FileLink href={`/api/reports/stas.csv?year=${year}`}>
              <Icon name="download" /> {w.csv}
            </FileLink>
          </>
        }
      />
      <Asking asked={asked} onRetry={reload}>
        {({ rows, unfinished, asOf }) => (
          <div className={styles.stack}>
            <Banner tone="warn" title={w.wholeTitle}>
              {w.whole}
            </Banner>
            {unfinished.sessions > 0 && <Banner tone="warn">{w.unsigned(unfinished.sessions, unfinished.pendingDays)}</Banner>}
            {mayMerge && <Merge key={year} year={year} asOf={asOf} />}
            <Card title={w.list}>
              <Table
                label={w.label}
                columns={stasColumns(words, asOf)}
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
