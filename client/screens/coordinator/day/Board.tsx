import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { DayReply } from '../../../../shared/api/day.ts'
import type { SiteId } from '../../../../shared/ids.ts'
import type { Asked } from '../../desk/useReply.ts'
import { topic } from '../../../log/topics.ts'
import { useDevice, useLedger, useMinute, useTopic } from '../../../log/useAttendance.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Chip, Chips } from '../../../ui/Chip.tsx'
import { Select } from '../../../ui/Field.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import type { BoardFilter } from '../../../words/day.ts'
import { useWords } from '../../../words/index.ts'
import { SelectAll } from '../../desk/SelectAll.tsx'
import { Tools } from '../../desk/Tools.tsx'
import type { BoardRow } from './board.ts'
import { boardOf, isUnder } from './board.ts'
import { BoardTable } from './BoardTable.tsx'
import { DocumentsCard } from './DocumentsCard.tsx'
import { ResolveDialog } from './ResolveDialog.tsx'

const FILTERS: readonly BoardFilter[] = ['all', 'planned', 'open', 'missing', 'notArrived', 'toCertify', 'late', 'clock', 'walkIn']
const RANGES = ['1', '7', '14', '35'] as const
type Range = (typeof RANGES)[number]

/** A row without what may have been looked at already: until the server has said so, nobody is asked to look once more. */
const withoutDecided = (row: BoardRow): BoardRow => ({
  ...row,
  problems: row.problems.filter(({ kind }) => kind === 'missing' || kind === 'walkIn'),
})

/** The board: the sessions of today and some days before, what stands out in them, and the way to resolve it, one by one or many at once. */
export function Board({ site, day, onChanged }: { readonly site: SiteId; readonly day: Asked<DayReply>; readonly onChanged: () => void }) {
  const words = useWords()
  const w = words.day
  const { store } = useDevice()
  const ledger = useLedger(topic.sessions)
  const now = useMinute()
  useTopic(topic.outbox)
  const [params, setParams] = useSearchParams()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [resolving, setResolving] = useState<readonly string[]>([])
  const [said, setSaid] = useState<string>()
  const range = RANGES.find((one) => one === params.get('days')) ?? '7'
  const filter = FILTERS.find((one) => one === params.get('show')) ?? 'all'
  const unsent = new Set(store.outbox.rows().map((row) => row.session))
  const kept: DayReply = day.kind === 'ok' ? day.value : { resolutions: [], documents: [] }
  const all = boardOf({ ledger, site, today: store.today(), now, unsent, resolutions: kept.resolutions, days: Number(range) })
  const rows = day.kind === 'waiting' ? all.map(withoutDecided) : all
  const shown = rows.filter((row) => isUnder(row, filter))
  const picked = rows.filter((row) => chosen.has(row.key) && row.problems.some(({ kind }) => kind !== 'walkIn'))
  const change = (name: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        next.set(name, value)
        return next
      },
      { replace: true },
    )
  const choose = (row: BoardRow) =>
    setChosen((before) => (before.has(row.key) ? new Set([...before].filter((one) => one !== row.key)) : new Set([...before, row.key])))
  const withProblems = shown.filter((row) => row.problems.some(({ kind }) => kind !== 'walkIn'))
  return (
    <>
      <div>
        <Tools count={words.common.table.shown(shown.length, rows.length)}>
          <Select<Range>
            label={w.range}
            hideLabel
            value={range}
            onValue={(next) => change('days', next)}
            options={RANGES.map((value) => ({ value, label: w.ranges[value] }))}
          />
          <Chips label={w.filter}>
            {FILTERS.map((one) => (
              <Chip
                key={one}
                on={filter === one}
                count={rows.filter((row) => isUnder(row, one)).length}
                onToggle={() => change('show', one)}
              >
                {w.filters[one]}
              </Chip>
            ))}
          </Chips>
        </Tools>
        {withProblems.length > 0 && (
          <SelectAll keys={withProblems.map((row) => row.key)} chosen={chosen} picked={picked.length} onChosen={setChosen}>
            <Button onClick={() => setResolving(picked.map((row) => row.key))}>{w.resolveMany}</Button>
          </SelectAll>
        )}
        {said && (
          <Banner tone="good" live="polite">
            {said}
          </Banner>
        )}
        <BoardTable
          rows={shown}
          chosen={chosen}
          onChoose={choose}
          onResolve={(row) => setResolving([row.key])}
          empty={
            rows.length === 0 ? (
              <EmptyState title={w.emptyTitle}>{w.empty}</EmptyState>
            ) : (
              <EmptyState title={w.noneTitle}>{w.none}</EmptyState>
            )
          }
        />
      </div>
      <DocumentsCard documents={kept.documents} />
      {resolving.length > 0 && (
        <ResolveDialog
          rows={rows.filter((row) => resolving.includes(row.key))}
          site={site}
          documents={kept.documents}
          connected={day.kind === 'ok'}
          onClose={() => setResolving([])}
          onDone={() => {
            setResolving([])
            setChosen(new Set())
            setSaid(w.dialog.done)
            onChanged()
          }}
        />
      )}
    </>
  )
}
