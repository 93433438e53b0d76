import { useState } from 'react'
import { ReconcileReply } from '../../../../shared/api/writeBack.ts'
import type { Sis } from '../../../../shared/report/writeBack/layouts.ts'
import { api } from '../../../sync/http.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Table } from '../../../ui/Table.tsx'
import { useWords } from '../../../words/index.ts'
import { FileButton } from '../../desk/FileButton.tsx'
import styles from '../../desk/Tools.module.css'
import { useOrder } from '../../desk/useOrder.ts'

/** The system's own export, held against what is here: who differs, by how much, why. */
export function Reconcile({ sis, year }: { readonly sis: Sis; readonly year: number }) {
  const words = useWords()
  const w = words.reports.sis
  const [reply, setReply] = useState<ReconcileReply>()
  const { busy, problem, send } = useOrder()
  const take = async (file: File) =>
    setReply(await send(() => api(ReconcileReply, 'POST', `/api/write-back/${sis}/reconcile?year=${year}`, file)))
  const shown = (value: string | null) => (value === null ? w.noRow : value === 'row' ? w.row : value)
  return (
    <Card title={w.backTitle} sub={w.backSub}>
      <div className={styles.stack}>
        <div className={styles.inline}>
          <FileButton label={w.choose} busy={busy} onFile={take} />
        </div>
        {problem && (
          <Banner tone="stop" live="assertive">
            {problem}
          </Banner>
        )}
        {reply && reply.missing.length > 0 && (
          <Banner tone="stop" live="polite">
            {w.missing(words.format.list(reply.missing))}
          </Banner>
        )}
        {reply && reply.missing.length === 0 && (
          <>
            <Banner live="polite" tone={reply.differences.length === 0 ? 'good' : 'warn'} title={w.differences(reply.differences.length)}>
              {w.same(reply.same, reply.file)} {reply.otherYears > 0 && w.otherYears(reply.otherYears)}
            </Banner>
            {reply.differences.length > 0 && (
              <Table
                label={w.differencesLabel}
                rows={reply.differences}
                rowKey={(row) => `${row.key} ${row.column}`}
                columns={[
                  {
                    id: 'who',
                    head: w.student,
                    by: (row) => row.name || row.key,
                    cell: (row) => (
                      <>
                        <span className={styles.name}>{row.name || '–'}</span>
                        <span className={styles.small}>{row.key}</span>
                      </>
                    ),
                  },
                  { id: 'column', head: w.column, by: (row) => row.column, cell: (row) => row.column },
                  { id: 'here', head: w.here, numbers: true, cell: (row) => shown(row.here) },
                  { id: 'there', head: w.there, numbers: true, cell: (row) => shown(row.there) },
                  { id: 'by', head: w.by, numbers: true, by: (row) => row.by ?? 0, cell: (row) => signed(row.by) },
                  { id: 'why', head: w.why, wrap: true, by: (row) => row.reason, cell: (row) => w.reasons[row.reason] },
                ]}
              />
            )}
          </>
        )}
      </div>
    </Card>
  )
}

const signed = (by: number | null): string => (by === null ? '' : by > 0 ? `+${by}` : `−${Math.abs(by)}`)
