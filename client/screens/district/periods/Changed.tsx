import type { Changed as ChangedRow, PeriodReply } from '../../../../shared/api/periods.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { Link } from 'wouter'
import { Banner } from '../../../ui/Banner.tsx'
import { Card } from '../../../ui/Card.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import { reasonsHref } from '../schoolYear.ts'

/** What is other than was signed: who, by how much, and what came in since. */
export function Changed({ reply: { changed, signed, figures } }: { readonly reply: PeriodReply }) {
  const words = useWords()
  const w = words.periods.changed
  if (signed.length === 0) return null
  if (changed.length === 0) return <Banner tone="good">{w.same}</Banner>
  return (
    <Card title={w.title(changed.length)} sub={w.text}>
      <Table label={w.label} columns={columns(words, figures.asOf)} rows={changed} rowKey={(row) => `${row.student} ${row.siteName}`} />
    </Card>
  )
}

function columns(words: Words, asOf: SchoolDate): readonly Column<ChangedRow>[] {
  const w = words.periods.changed
  return [
    {
      id: 'student',
      head: w.student,
      by: (row) => row.name,
      cell: (row) => <Link href={reasonsHref(row.student, asOf)}>{row.name}</Link>,
    },
    { id: 'school', head: w.school, by: (row) => row.siteName, cell: (row) => row.siteName },
    { id: 'before', head: w.before, numbers: true, by: (row) => row.before, cell: (row) => row.before },
    { id: 'after', head: w.after, numbers: true, by: (row) => row.after, cell: (row) => <strong>{row.after}</strong> },
    { id: 'late', head: w.late, wrap: true, cell: (row) => row.late.map((one) => w.lateItem(one.what, one.seq)).join(', ') },
  ]
}
