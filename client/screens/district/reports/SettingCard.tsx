import type { ReactNode } from 'react'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import { useWords } from '../../../words/index.ts'
import styles from '../../desk/Tools.module.css'

interface SettingCardProps<Row> {
  readonly title: string
  readonly sub: string
  readonly label: string
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly columns: readonly Column<Row>[]
  /** What a row is called where it is taken back. */
  readonly rowName: (row: Row) => string
  readonly none: string
  readonly add: string
  readonly busy: boolean
  readonly problem: string | undefined
  readonly onAdd: () => Promise<void>
  readonly onRemove: (row: Row) => void
  /** The fields of one more row. */
  readonly children: ReactNode
}

/** What the district set so far, each to be taken back, and a row of fields for one more. */
export function SettingCard<Row>(props: SettingCardProps<Row>) {
  const w = useWords().reports.rates
  const { title, sub, label, rows, rowKey, columns, rowName, none, add, busy, problem, onAdd, onRemove, children } = props
  const remove: Column<Row> = {
    id: 'remove',
    head: '',
    cell: (row) => (
      <Button look="quiet" aria-label={w.remove(rowName(row))} onClick={() => onRemove(row)}>
        <Icon name="close" />
      </Button>
    ),
  }
  return (
    <Card title={title} sub={sub}>
      <div className={styles.form}>
        <Table label={label} rows={rows} rowKey={rowKey} empty={<p className="quiet">{none}</p>} columns={[...columns, remove]} />
        <div className={styles.pair}>{children}</div>
        {problem && (
          <Banner tone="stop" live="assertive">
            {problem}
          </Banner>
        )}
        <div className={styles.inline}>
          <Button busy={busy} onClick={onAdd}>
            <Icon name="plus" /> {add}
          </Button>
        </div>
      </div>
    </Card>
  )
}
