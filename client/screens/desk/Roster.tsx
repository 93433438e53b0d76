import type { ReactNode } from 'react'
import type { RosterRow } from '../../../shared/api/desk.ts'
import { GRADES } from '../../../shared/registry.ts'
import { useLocation } from 'wouter'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { FindField, Select } from '../../ui/Field.tsx'
import { Figures } from '../../ui/Figures.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { Table } from '../../ui/Table.tsx'
import type { Words } from '../../words/index.ts'
import { useWords } from '../../words/index.ts'
import { rosterColumns } from './rosterColumns.tsx'
import { needsAttention, tookPart } from '../../../shared/report/needs.ts'
import { isShown, sumOf } from './rosterState.ts'
import { Tools } from './Tools.tsx'
import styles from './Tools.module.css'
import { useRosterFilter } from './useRosterFilter.ts'

/** Students with what they have recovered: the figures together, filters, and the table whose figures lead to their reasons. */
export function Roster({
  rows,
  hrefOf,
  empty,
}: {
  readonly rows: readonly RosterRow[]
  /** Where a student's reasons are shown. */
  readonly hrefOf: (student: string) => string
  /** Shown when there is no student at all. */
  readonly empty: ReactNode
}) {
  const words = useWords()
  const w = words.district.roster
  const [, navigate] = useLocation()
  const [filter, change] = useRosterFilter()
  if (rows.length === 0) return <>{empty}</>
  const shown = rows.filter((row) => isShown(row, filter))
  const sites = new Map(rows.flatMap((row) => (row.site ? [[row.site, row.siteName] as const] : [])))
  return (
    <div className={styles.stack}>
      <Figures figures={figures(words, rows)} />
      <div className={styles.fill}>
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
            options={[
              { value: '', label: w.allGrades },
              ...GRADES.map((grade) => ({ value: grade as string, label: words.common.gradeOf(grade) })),
            ]}
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
          columns={rosterColumns(words, shown, hrefOf, sites.size > 1)}
          rows={shown}
          rowKey={(row) => row.student}
          initially={{ column: 'student', descending: false }}
          onOpen={(row) => navigate(hrefOf(row.student))}
          empty={
            <EmptyState
              title={w.noneFound}
              action={
                <Button onClick={() => change({ find: '', site: '', grade: '', attention: false, started: false })}>{w.clear}</Button>
              }
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
