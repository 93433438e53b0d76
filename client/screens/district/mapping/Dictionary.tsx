import { type Column as Field, LAYOUTS, type Sis } from '../../../../shared/report/writeBack/layouts.ts'
import { Card } from '../../../ui/Card.tsx'
import { Table } from '../../../ui/Table.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import styles from '../../desk/Tools.module.css'

/** What every column of every file holds: the documentation of the integration, made of the layouts that make the files. */
export function Dictionary({ sis }: { readonly sis: Sis }) {
  const words = useWords()
  const w = words.reports.sis
  return (
    <Card title={w.dictionary} sub={w.dictionarySub}>
      <div className={styles.stack}>
        {LAYOUTS[sis].map(({ file, rowFor, columns }) => (
          <div key={file}>
            <h3>{file}</h3>
            <p className="quiet">{w.rowFor[rowFor]}</p>
            <Table
              label={w.dictionaryLabel(file)}
              rows={columns}
              rowKey={(row) => row.name}
              columns={[
                { id: 'name', head: w.column, cell: (row) => <span className={styles.name}>{row.name}</span> },
                { id: 'holds', head: w.holds, cell: (row) => typeText(words, row) },
                { id: 'from', head: w.from, wrap: true, cell: (row) => w.sources[row.from] },
                { id: 'key', head: w.key2, cell: (row) => (row.key ? words.common.yes : '') },
              ]}
            />
          </div>
        ))}
      </div>
    </Card>
  )
}

function typeText(words: Words, { type }: Field): string {
  const w = words.reports.sis.types
  switch (type.kind) {
    case 'text':
      return w.text(type.most)
    case 'number':
      return w.number(type.least, type.most)
    case 'ssid':
    case 'date':
    case 'school':
    case 'code':
      return w[type.kind]
  }
}
