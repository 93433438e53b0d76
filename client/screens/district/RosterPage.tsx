import { type ReactNode, useDeferredValue, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import type { RosterPageReply as Reply, RosterShow } from '../../../shared/api/totals.ts'
import { ROSTER_PAGE, ROSTER_SHOWS, ROSTER_SORTS, RosterPageReply } from '../../../shared/api/totals.ts'
import { GRADES } from '../../../shared/registry.ts'
import { fiscalYearOf } from '../../../shared/time.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { Chip, Chips } from '../../ui/Chip.tsx'
import { FindField, Select } from '../../ui/Field.tsx'
import { Figures } from '../../ui/Figures.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { Table } from '../../ui/Table.tsx'
import { useWords } from '../../words/index.ts'
import { FileLink } from '../desk/FileLink.tsx'
import { Asking } from '../desk/Asking.tsx'
import { PrintButton } from '../desk/PrintButton.tsx'
import { Tools } from '../desk/Tools.tsx'
import styles from '../desk/Tools.module.css'
import { columnsOf } from './roster/columns.tsx'
import { EarlierRoster } from './roster/EarlierRoster.tsx'
import { rosterFigures } from './roster/figures.ts'
import { addressOf, FIRST_COLUMNS, queryOf, type RosterView, viewOf } from './roster/views.ts'
import { ViewTools } from './roster/ViewTools.tsx'
import { useSchoolYear } from './useSchoolYear.ts'
import { useTotals } from './useTotals.ts'
import { YearSelect } from './YearSelect.tsx'

type Ready = Extract<Reply, { ready: true }>

/** Every student of the district over all schools: what was earned, what may be claimed, what waits. Of this year, or of an earlier one. */
export function RosterPage() {
  const { year, first, today, onYear } = useSchoolYear(fiscalYearOf)
  // The page of another year is another: whoever chose it by the keyboard stays where they were.
  const [isChosen, setChosen] = useState(false)
  const choose = (next: number) => {
    setChosen(true)
    onYear(next)
  }
  const choice = <YearSelect year={year} today={today} onYear={choose} autoFocus={isChosen} />
  return year === first ? <ThisYear choice={choice} /> : <EarlierRoster year={year} choice={choice} />
}

/** The server filters and sorts, so that fifty thousand are as quick as fifty. */
function ThisYear({ choice }: { readonly choice: ReactNode }) {
  const words = useWords()
  const w = words.district.roster
  const [params, setParams] = useSearchParams()
  const view = viewOf(params)
  const [pages, setPages] = useState(1)
  const query = useDeferredValue(queryOf(view, pages))
  const { asked, reload, isBehind } = useTotals(RosterPageReply, `/api/totals/roster?${query}`)
  const setView = (next: RosterView) => {
    setPages(1)
    setParams(addressOf(next), { replace: true })
  }
  return (
    <>
      <PageHeader
        title={w.title}
        sub={asked.kind === 'ok' && asked.value.ready ? w.sub(words.format.dateWithYear(asked.value.asOf)) : undefined}
        actions={
          <>
            {choice}
            <PrintButton />
            <FileLink href={`/api/totals/roster.csv?${query}`}>
              <Icon name="download" /> {w.csv}
            </FileLink>
            <FileLink href={`/api/totals/roster.xlsx?${query}`}>
              <Icon name="download" /> {words.dashboard.roster.xlsx}
            </FileLink>
          </>
        }
      />
      {isBehind && (
        <p className="quiet" role="status">
          {words.dashboard.following}
        </p>
      )}
      <Asking asked={asked} onRetry={reload}>
        {(page) =>
          page.ready ? (
            <Merged page={page} view={view} onView={setView} onMore={() => setPages(pages + 1)} />
          ) : (
            <Banner live="polite">{words.dashboard.working}</Banner>
          )
        }
      </Asking>
    </>
  )
}

const SHOWN: readonly RosterShow[] = ROSTER_SHOWS
const CLEAR: RosterView = { find: '', site: '', grade: '', show: '', sort: 'student', descending: false, columns: FIRST_COLUMNS }

function Merged({
  page,
  view,
  onView,
  onMore,
}: {
  readonly page: Ready
  readonly view: RosterView
  readonly onView: (view: RosterView) => void
  readonly onMore: () => void
}) {
  const words = useWords()
  const w = words.district.roster
  const r = words.dashboard.roster
  const [, navigate] = useLocation()
  if (page.of === 0)
    return (
      <EmptyState
        title={w.emptyTitle}
        action={
          <Link className={buttonClass({ look: 'primary' })} href="/import">
            {words.district.overview.importButton}
          </Link>
        }
      >
        {w.empty}
      </EmptyState>
    )
  const change = (part: Partial<RosterView>) => onView({ ...view, ...part })
  const counts: Partial<Record<RosterShow, number>> = { attention: page.needs, started: page.took }
  return (
    <div className={styles.stack}>
      <Figures figures={rosterFigures(words, page)} />
      <div className={styles.fill}>
        <Tools count={words.common.table.shown(page.shown, page.of)}>
          <FindField label={w.find} value={view.find} onValue={(find) => change({ find })} />
          {page.sites.length > 1 && (
            <Select
              label={w.site}
              hideLabel
              value={view.site}
              onValue={(site) => change({ site })}
              options={[{ value: '', label: w.allSites }, ...page.sites.map(({ id, name }) => ({ value: id as string, label: name }))]}
            />
          )}
          <Select
            label={w.grade}
            hideLabel
            value={view.grade}
            onValue={(grade) => change({ grade })}
            options={[
              { value: '', label: w.allGrades },
              ...GRADES.map((grade) => ({ value: grade as string, label: words.common.gradeOf(grade) })),
            ]}
          />
          <Chips label={r.show}>
            {SHOWN.map((show) => (
              <Chip
                key={show}
                on={view.show === show}
                {...(counts[show] !== undefined && { count: words.format.number(counts[show]) })}
                onToggle={() => change({ show: view.show === show ? '' : show })}
              >
                {r.shows[show]}
              </Chip>
            ))}
          </Chips>
          <ViewTools view={view} onView={onView} />
        </Tools>
        <Table
          label={w.tableLabel}
          columns={columnsOf(words, page, view.columns)}
          rows={page.rows}
          rowKey={(row) => row.student}
          ordered={{ column: view.sort, descending: view.descending }}
          onOrder={({ column, descending }) => change({ sort: ROSTER_SORTS.find((sort) => sort === column) ?? 'student', descending })}
          onOpen={(row) => navigate(`/district/student/${row.student}`)}
          empty={
            <EmptyState title={w.noneFound} action={<Button onClick={() => onView(CLEAR)}>{w.clear}</Button>}>
              {w.noneFoundText}
            </EmptyState>
          }
        />
        {page.rows.length < page.shown && (
          <p className={`${styles.inline} ${styles.acts}`}>
            <span className="quiet">{r.shownOf(page.rows.length, page.shown)}</span>
            <Button onClick={onMore}>{r.more(Math.min(ROSTER_PAGE, page.shown - page.rows.length))}</Button>
          </p>
        )}
      </div>
    </div>
  )
}
