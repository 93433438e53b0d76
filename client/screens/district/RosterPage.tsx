import { RosterReply, type RosterRow } from '../../../shared/api.ts'
import { GRADES } from '../../../shared/registry.ts'
import { Link, useLocation } from 'wouter'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { FindField, Select } from '../../ui/Field.tsx'
import { Figures } from '../../ui/Figures.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { Table } from '../../ui/Table.tsx'
import type { Words } from '../../words/index.ts'
import { useWords } from '../../words/index.ts'
import { Asking } from '../desk/Asking.tsx'
import { Tools } from '../desk/Tools.tsx'
import styles from '../desk/Tools.module.css'
import { useReply } from '../desk/useReply.ts'
import { rosterColumns } from './rosterColumns.tsx'
import { isShown, needsAttention, sumOf, tookPart } from './rosterState.ts'
import { useRosterFilter } from './useRosterFilter.ts'

/** Every student of the district over all schools: what was earned, what may be claimed, what waits. */
export function RosterPage() {
  const words = useWords()
  const { asked, reload } = useReply(RosterReply, '/api/roster')
  const w = words.district.roster
  return (
    <>
      <PageHeader
        title={w.title}
        sub={asked.kind === 'ok' ? w.sub(words.format.dateWithYear(asked.value.asOf)) : undefined}
        actions={
          <>
            <Button onClick={() => window.print()}>
              <Icon name="print" /> {words.common.print}
            </Button>
            <a className={buttonClass()} href="/api/roster.csv" download>
              <Icon name="download" /> {w.csv}
            </a>
          </>
        }
      />
      <Asking asked={asked} onRetry={reload}>
        {(reply) => <Roster rows={reply.rows} />}
      </Asking>
    </>
  )
}

function Roster({ rows }: { readonly rows: readonly RosterRow[] }) {
  const words = useWords()
  const w = words.district.roster
  const [, navigate] = useLocation()
  const [filter, change] = useRosterFilter()
  if (rows.length === 0) {
    return (
      <EmptyState title={w.emptyTitle} action={<Link className={buttonClass({ look: 'primary' })} href="/import">{words.district.overview.importButton}</Link>}>
        {w.empty}
      </EmptyState>
    )
  }
  const shown = rows.filter((row) => isShown(row, filter))
  const sites = new Map(rows.flatMap((row) => (row.site ? [[row.site, row.siteName] as const] : [])))
  return (
    <div className={styles.stack}>
      <Figures figures={figures(words, rows)} />
      <div>
        <Tools count={words.common.table.shown(shown.length, rows.length)}>
          <FindField label={w.find} value={filter.find} onValue={(find) => change({ find })} />
          {sites.size > 1 && (
            <Select
              label={w.site}
              hideLabel
              value={filter.site}
              onValue={(site) => change({ site })}
              options={[{ value: '', label: w.allSites }, ...[...sites].map(([value, label]) => ({ value: value as string, label }))]}
            />
          )}
          <Select
            label={w.grade}
            hideLabel
            value={filter.grade}
            onValue={(grade) => change({ grade })}
            options={[{ value: '', label: w.allGrades }, ...GRADES.map((grade) => ({ value: grade as string, label: words.common.gradeOf(grade) }))]}
          />
          <Chip on={filter.attention} count={rows.filter(needsAttention).length} onToggle={() => change({ attention: !filter.attention })}>
            {w.attention}
          </Chip>
          <Chip on={filter.started} count={rows.filter(tookPart).length} onToggle={() => change({ started: !filter.started })}>
            {w.started}
          </Chip>
        </Tools>
        <Table
          label={w.tableLabel}
          columns={rosterColumns(words, shown)}
          rows={shown}
          rowKey={(row) => row.student}
          initially={{ column: 'student', descending: false }}
          onOpen={(row) => navigate(`/district/student/${row.student}`)}
          empty={
            <EmptyState
              title={w.noneFound}
              action={<Button onClick={() => change({ find: '', site: '', grade: '', attention: false, started: false })}>{w.clear}</Button>}
            >
              {w.noneFoundText}
            </EmptyState>
          }
        />
      </div>
    </div>
  )
}

function figures(words: Words, rows: readonly RosterRow[]) {
  const w = words.district.roster.figures
  const number = words.format.number
  const pending = sumOf(rows, 'pendingDays')
  const beyond = sumOf(rows, 'beyondCapDays')
  return [
    { label: w.students, value: number(rows.filter(tookPart).length), note: w.ofAll(rows.length) },
    { label: w.claimable, value: number(sumOf(rows, 'claimableDays')), note: w.claimableNote },
    { label: w.pending, value: number(pending), note: w.pendingNote, attention: pending > 0 },
    { label: w.banked, value: number(sumOf(rows, 'bankedDays')), note: w.bankedNote },
    { label: w.beyondCap, value: number(beyond), note: w.beyondCapNote, attention: beyond > 0 },
  ]
}
