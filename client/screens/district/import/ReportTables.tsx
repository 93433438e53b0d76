import { useState } from 'react'
import type { ImportFault, ImportReport } from '../../../../shared/api/registry.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { FindField } from '../../../ui/Field.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { finds } from '../../../../shared/finding.ts'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import { useWords } from '../../../words/index.ts'
import { save } from '../../desk/save.ts'
import tools from '../../desk/Tools.module.css'
import { Tools } from '../../desk/Tools.tsx'
import type { KindRow } from './counts.ts'
import { byName, kindRows } from './counts.ts'
import { faultsCsv } from './faultsCsv.ts'
import styles from './Import.module.css'

/** What an import would do or did, by kind of record, and what was wrong in the files. */
export function ReportTables({ title, report }: { readonly title: string; readonly report: ImportReport }) {
  const words = useWords()
  const w = words.district.imports
  const number = words.format.number
  const count = (id: Exclude<keyof KindRow, 'kind'>, head: string): Column<KindRow> => ({
    id,
    head,
    numbers: true,
    by: (row) => row[id],
    cell: (row) => number(row[id]),
  })
  const columns: readonly Column<KindRow>[] = [
    { id: 'kind', head: w.kind, cell: (row) => row.kind },
    count('rows', w.rowsRead),
    count('added', w.added),
    count('changed', w.changed),
    count('unchanged', w.unchanged),
    count('ended', w.ended),
  ]
  return (
    <>
      <Card title={title} sub={Object.keys(report.ended).length > 0 ? w.endedNote : undefined}>
        <Table
          label={title}
          columns={columns}
          rows={byName(kindRows(report), (kind) => w.kinds[kind] ?? kind)}
          rowKey={(row) => row.kind}
        />
      </Card>
      {report.notes && (
        <Banner title={w.notesTitle}>
          <ul className={tools.list}>
            {report.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Banner>
      )}
      <Faults faults={report.faults} />
    </>
  )
}

/** A fault of the whole upload names the place where its files lay, which says nothing to people. */
const isFile = (name: string): boolean => /\.(csv|txt|zip)$/i.test(name)

/** What was wrong in the files, row by row. */
export function Faults({ faults }: { readonly faults: readonly ImportFault[] }) {
  const words = useWords()
  const w = words.district.imports
  const [find, setFind] = useState('')
  if (faults.length === 0) return <p role="status">{w.faults(0)}</p>
  const numbered = faults.map((fault, n) => ({ ...fault, expected: w.explained(fault), n }))
  const shown =
    find.trim() === '' ? numbered : numbered.filter((f) => finds(`${f.file} ${f.line} ${f.column} ${f.value} ${f.expected}`, find.trim()))
  const columns: readonly Column<(typeof numbered)[number]>[] = [
    { id: 'file', head: w.file, by: (f) => f.file, cell: (f) => (isFile(f.file) ? f.file : w.allFiles) },
    { id: 'line', head: w.line, numbers: true, by: (f) => f.line, cell: (f) => (f.line === 0 ? w.wholeFile : words.format.number(f.line)) },
    { id: 'column', head: w.column, by: (f) => f.column, cell: (f) => f.column },
    { id: 'value', wrap: true, head: w.value, by: (f) => f.value, cell: (f) => <span className={styles.value}>{f.value}</span> },
    { id: 'expected', wrap: true, head: w.expected, by: (f) => f.expected, cell: (f) => f.expected },
  ]
  return (
    <Card
      title={w.faults(faults.length)}
      sub={w.faultsText}
      actions={
        <Button onClick={() => save('faults.csv', faultsCsv(faults), 'text/csv')}>
          <Icon name="download" /> {w.downloadFaults}
        </Button>
      }
    >
      <div>
        <Tools count={words.common.table.shown(shown.length, faults.length)}>
          <FindField label={w.findFault} value={find} onValue={setFind} />
        </Tools>
        <Table label={w.faultsLabel} columns={columns} rows={shown} rowKey={(f) => String(f.n)} />
      </div>
    </Card>
  )
}
