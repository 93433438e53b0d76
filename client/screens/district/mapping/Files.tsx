import type { WriteBackReply } from '../../../../shared/api/writeBack.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { Table } from '../../../ui/Table.tsx'
import { useWords } from '../../../words/index.ts'
import { FileLink } from '../../desk/FileLink.tsx'
import styles from '../../desk/Tools.module.css'

/** The files with what keeps them from being made, and each to take. */
export function Files({ reply, year, onTaken }: { readonly reply: WriteBackReply; readonly year: number; readonly onTaken: () => void }) {
  const words = useWords()
  const w = words.reports.sis
  const { store } = useDevice()
  const { sis, files, faults, faultCount } = reply
  /** What the district must enter; rows can be left out, codes cannot. */
  const isHeld = (file: string) => faults.some((each) => each.file === file && (each.fault === 'noCode' || each.fault === 'badCode'))
  return (
    <Card title={w.filesTitle}>
      <div className={styles.stack}>
        {faultCount === 0 ? <Banner tone="good">{w.noFaults}</Banner> : <Banner tone="stop">{w.faultsTitle(faultCount)}</Banner>}
        <Table
          label={w.filesLabel}
          rows={files}
          rowKey={(row) => row.file}
          columns={[
            { id: 'file', head: w.file, cell: (row) => <span className={styles.name}>{row.file}</span> },
            { id: 'rows', head: w.rows, numbers: true, cell: (row) => words.format.number(row.rows) },
            { id: 'leftOut', head: w.leftOut, numbers: true, cell: (row) => words.format.number(row.leftOut) },
            {
              id: 'made',
              head: w.lastMade,
              cell: (row) => (row.lastMade === null ? w.never : words.format.dateTime(row.lastMade, store.zone())),
            },
            {
              id: 'take',
              head: '',
              cell: (row) =>
                isHeld(row.file) ? null : (
                  <FileLink
                    href={`/api/write-back/${sis}/${row.file}?year=${year}${row.leftOut > 0 ? '&leaveOut=yes' : ''}`}
                    onTaken={() => setTimeout(onTaken, 1500)}
                  >
                    <Icon name="download" /> {row.leftOut > 0 ? w.downloadWithout : w.download}
                  </FileLink>
                ),
            },
          ]}
        />
        {faults.length > 0 && (
          <Table
            label={w.faultsLabel}
            rows={faults}
            rowKey={(row) => String(faults.indexOf(row))}
            columns={[
              { id: 'student', head: w.student, by: (row) => row.name, cell: (row) => row.name || '–' },
              { id: 'fault', head: w.fault, wrap: true, by: (row) => row.fault, cell: (row) => w.faults[row.fault] },
              { id: 'column', head: w.column, by: (row) => `${row.file} ${row.column}`, cell: (row) => `${row.column} · ${row.file}` },
              { id: 'value', head: w.value, cell: (row) => <code>{row.value}</code> },
            ]}
          />
        )}
      </div>
    </Card>
  )
}
