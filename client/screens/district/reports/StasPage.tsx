import { StasReply } from '../../../../shared/api/reports.ts'
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
import { Merge } from './Merge.tsx'
import { stasColumns } from './stasColumns.tsx'

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
          <FileLink href="/api/reports/stas.csv">
            <Icon name="download" /> {w.csv}
          </FileLink>
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
