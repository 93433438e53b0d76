import { useState } from 'react'
import type { Figures, PadcLineView } from '../../../../shared/api/periods.ts'
import { FigureStudents } from '../../../../shared/api/periods.ts'
import { Link } from 'wouter'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import styles from '../../desk/Tools.module.css'
import { useReply } from '../../desk/useReply.ts'
import { PADC_CITES } from '../../../../shared/report/padc.ts'
import { Cites } from '../../student/Cites.tsx'
import { dollars } from '../money.ts'
import { reasonsHref } from '../schoolYear.ts'

type Row = PadcLineView['rows'][number]
type SiteRow = Row['sites'][number]

/** A reporter's line as on the entry screen, the schools behind it, and behind each the students. */
export function LineTable({ line, figures }: { readonly line: PadcLineView; readonly figures: Figures }) {
  const words = useWords()
  const w = words.periods.line
  const [shown, setShown] = useState<SiteRow>()
  const title = line.reporter === null ? w.title : w.titleOf(line.reporter)
  const sites = line.rows.flatMap((row) => row.sites)
  return (
    <Card title={title} sub={w.sub}>
      <div className={styles.stack}>
        <Table label={w.label(title)} columns={spanColumns(words, line)} rows={line.rows} rowKey={(row) => row.span} />
        {figures.gaps.map(({ reason, days, siteName, site }) => (
          <Banner key={`${reason} ${site}`} tone="warn">
            {reason === 'noCalendar' ? w.gapCalendar(days, siteName) : w.gapGrade(days, siteName)}
          </Banner>
        ))}
        <h3>{w.schools}</h3>
        <Table
          label={w.schoolsLabel}
          columns={siteColumns(words, setShown)}
          rows={sites}
          rowKey={(row) => `${row.site} ${row.span}`}
          onOpen={setShown}
          empty={<p className="quiet">{w.none}</p>}
        />
        <Cites keys={PADC_CITES} />
      </div>
      {shown && <Behind row={shown} figures={figures} onClose={() => setShown(undefined)} />}
    </Card>
  )
}

function spanColumns(words: Words, line: PadcLineView): readonly Column<Row>[] {
  const w = words.periods.line
  const money = (cents: number | null) => (cents === null ? '–' : dollars(words.format, cents))
  return [
    { id: 'span', head: w.span, cell: (row) => <span className={styles.name}>{row.span}</span> },
    { id: 'days', head: w.days, numbers: true, cell: (row) => words.format.number(row.days), total: words.format.number(line.total.days) },
    { id: 'ada', head: w.ada, numbers: true, cell: (row) => row.ada, total: line.total.ada },
    { id: 'rate', head: w.rate, numbers: true, cell: (row) => money(row.money.rate) },
    {
      id: 'estimate',
      head: w.estimate,
      numbers: true,
      cell: (row) => money(row.money.cents),
      total: line.cents > 0 ? money(line.cents) : '–',
    },
  ]
}

function siteColumns(words: Words, show: (row: SiteRow) => void): readonly Column<SiteRow>[] {
  const w = words.periods.line
  return [
    { id: 'school', head: w.school, by: (row) => row.name, cell: (row) => <span className={styles.name}>{row.name}</span> },
    { id: 'span', head: w.span, by: (row) => row.span, cell: (row) => row.span },
    { id: 'days', head: w.days, numbers: true, by: (row) => row.days, cell: (row) => words.format.number(row.days) },
    { id: 'divisor', head: w.divisor, numbers: true, by: (row) => row.divisor, cell: (row) => (row.divisor === 0 ? '–' : row.divisor) },
    { id: 'ada', head: w.ada, numbers: true, by: (row) => Number(row.ada ?? 0), cell: (row) => row.ada ?? '–' },
    {
      id: 'students',
      head: w.students,
      numbers: true,
      by: (row) => row.students,
      cell: (row) => (
        <Button look="quiet" aria-label={w.show(row.students, row.name, row.span)} onClick={() => show(row)}>
          {words.format.number(row.students)}
        </Button>
      ),
    },
  ]
}

function Behind({ row, figures, onClose }: { readonly row: SiteRow; readonly figures: Figures; readonly onClose: () => void }) {
  const words = useWords()
  const w = words.periods.line
  const path = `/api/periods/students?period=${figures.period}&year=${figures.year}&site=${encodeURIComponent(row.site)}&span=${encodeURIComponent(row.span)}`
  const { asked, reload } = useReply(FigureStudents, path)
  return (
    <Dialog title={w.behind(row.name, row.span)} onClose={onClose}>
      <Asking asked={asked} onRetry={reload}>
        {({ students }) => (
          <Table
            label={w.behindLabel}
            rows={students}
            rowKey={(each) => each.student}
            columns={[
              { id: 'student', head: w.student, cell: (each) => <Link href={reasonsHref(each.student, figures.asOf)}>{each.name}</Link> },
              { id: 'days', head: w.days, numbers: true, cell: (each) => each.days.length },
              {
                id: 'recovered',
                head: w.recovered,
                wrap: true,
                cell: (each) => each.days.map((day) => words.format.date(day.recovers)).join('; '),
              },
            ]}
          />
        )}
      </Asking>
    </Dialog>
  )
}
