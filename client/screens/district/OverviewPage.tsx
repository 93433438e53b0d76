import { RegistrySummary } from '../../../shared/api/registry.ts'
import { Link } from 'wouter'
import { Banner } from '../../ui/Banner.tsx'
import { buttonClass } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { StatusPill } from '../../ui/StatusPill.tsx'
import type { Column } from '../../ui/Table.tsx'
import { Table } from '../../ui/Table.tsx'
import type { Words } from '../../words/index.ts'
import { useWords } from '../../words/index.ts'
import { Asking } from '../desk/Asking.tsx'
import styles from '../desk/Tools.module.css'
import { useReply } from '../desk/useReply.ts'
import { nextSteps } from './nextSteps.ts'

type SiteRow = RegistrySummary['sites'][number]

/** Which schools there are, what is known of each, and what is still missing before the figures can be right. */
export function OverviewPage({ mayImport }: { readonly mayImport: boolean }) {
  const words = useWords()
  const w = words.district.overview
  const { asked, reload } = useReply(RegistrySummary, '/api/registry')
  const importLink = mayImport && (
    <Link className={buttonClass({ look: 'primary' })} href="/import">
      {w.importButton}
    </Link>
  )
  return (
    <>
      <PageHeader title={w.title} sub={asked.kind === 'ok' ? asked.value.district : undefined} actions={importLink} />
      <Asking asked={asked} onRetry={reload}>
        {(summary) => (
          <div className={styles.stack}>
            {summary.sites.length > 0 && (
              <Banner tone={nextSteps(summary).length === 0 ? 'good' : 'accent'} title={w.next}>
                <NextSteps summary={summary} />
              </Banner>
            )}
            <Table
              label={w.tableLabel}
              columns={columns(words, summary)}
              rows={summary.sites}
              rowKey={(row) => row.id}
              initially={{ column: 'site', descending: false }}
              empty={
                <EmptyState title={w.emptyTitle} action={importLink}>
                  {w.empty}
                </EmptyState>
              }
            />
          </div>
        )}
      </Asking>
    </>
  )
}

function NextSteps({ summary }: { readonly summary: RegistrySummary }) {
  const words = useWords()
  const w = words.district.overview.nextSteps
  const steps = nextSteps(summary)
  if (steps.length === 0) return <>{w.nothing}</>
  return (
    <ul className={styles.list}>
      {steps.map((step) => (
        <li key={step.kind}>
          {step.kind === 'calendar' ? w.calendar(words.format.list(step.sites), words.periods.yearName(step.year)) : w[step.kind]}
        </li>
      ))}
    </ul>
  )
}

function columns(words: Words, summary: RegistrySummary): readonly Column<SiteRow>[] {
  const w = words.district.overview
  const number = words.format.number
  const count = (id: 'students' | 'staff' | 'sections' | 'absences', total?: number): Column<SiteRow> => ({
    id,
    head: w[id],
    numbers: true,
    by: (row) => row[id],
    cell: (row) => number(row[id]),
    ...(total !== undefined && { total: number(total) }),
  })
  return [
    { id: 'site', head: w.site, by: (row) => row.name, cell: (row) => <span className={styles.name}>{row.name}</span> },
    count('students', summary.students),
    count('staff', summary.staff),
    count('sections'),
    count('absences', summary.absences),
    {
      id: 'calendar',
      head: w.calendar,
      by: (row) => (row.hasCalendar ? 1 : 0),
      cell: (row) => <StatusPill tone={row.hasCalendar ? 'good' : 'warn'}>{row.hasCalendar ? w.hasCalendar : w.noCalendar}</StatusPill>,
    },
  ]
}
