import type { DocumentView } from '../../../../shared/api/day.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { Card } from '../../../ui/Card.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import styles from './Day.module.css'

/** The papers kept at a school, each with the fingerprint that the entries name. */
export function DocumentsCard({ documents }: { readonly documents: readonly DocumentView[] }) {
  const words = useWords()
  const w = words.day.documents
  const { store } = useDevice()
  if (documents.length === 0) return null
  const session = (one: DocumentView): string => (one.session ? (store.ledger.session(one.session)?.title ?? '') : '')
  const columns: readonly Column<DocumentView>[] = [
    {
      id: 'name',
      head: w.name,
      by: (row) => row.name,
      cell: (row) => (
        <a className={`${tools.name} ${tools.short}`} href={`/api/documents/${row.id}/file`} target="_blank" rel="noreferrer">
          {row.name}
        </a>
      ),
    },
    { id: 'session', head: w.session, by: session, cell: (row) => `${session(row)}${row.on ? ` ${words.format.date(row.on)}` : ''}` },
    { id: 'size', head: w.size, numbers: true, by: (row) => row.bytes, cell: (row) => w.kb(Math.ceil(row.bytes / 1000)) },
    { id: 'hash', head: w.hash, cell: (row) => <span className={styles.hash} title={row.sha256}>{`${row.sha256.slice(0, 16)}…`}</span> },
    { id: 'by', head: w.by, by: (row) => row.byName, cell: (row) => row.byName },
    { id: 'at', head: w.at, by: (row) => row.at, cell: (row) => words.format.dateTime(row.at, store.zone()) },
  ]
  return (
    <Card title={w.title}>
      <Table label={w.label} columns={columns} rows={documents} rowKey={(row) => row.id} />
    </Card>
  )
}
