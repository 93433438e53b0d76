import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { FollowUpsReply as Reply } from '../../../../shared/api/followUps.ts'
import { FollowUpsReply } from '../../../../shared/api/followUps.ts'
import type { SiteId } from '../../../../shared/ids.ts'
import { ATTENTION, DEFAULT_ATTENTION } from '../../../../shared/report/attention.ts'
import { topic } from '../../../log/topics.ts'
import { useAccount, useDevice, useLedger, useMinute } from '../../../log/useAttendance.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button, buttonClass } from '../../../ui/Button.tsx'
import { Stack } from '../../../ui/Card.tsx'
import { Chip, Chips } from '../../../ui/Chip.tsx'
import { FindField } from '../../../ui/Field.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { Table } from '../../../ui/Table.tsx'
import { finds } from '../../../../shared/finding.ts'
import { useWords } from '../../../words/index.ts'
import { whyNot } from '../../desk/whyNot.ts'
import { mayDecide } from '../../desk/may.ts'
import { SelectAll } from '../../desk/SelectAll.tsx'
import { Tools } from '../../desk/Tools.tsx'
import tools from '../../desk/Tools.module.css'
import { useReply } from '../../desk/useReply.ts'
import { AtSite, SitePicker } from '../SitePicker.tsx'
import { useSite } from '../useSite.ts'
import { AssignDialog } from './AssignDialog.tsx'
import { CaseDialog } from './CaseDialog.tsx'
import { casesOf } from './cases.ts'
import { Choices } from './Choices.tsx'
import { columnsOf } from './columns.tsx'
import { figuresOf } from './figures.ts'
import { Figures } from '../../../ui/Figures.tsx'
import type { Standing } from './standing.ts'
import { standingsAt } from './standing.ts'
import { PrintButton } from '../../desk/PrintButton.tsx'

/** The students of a school as somebody who looks after them sees them: who stopped coming, who is near a limit, what is being done. */
export function FollowUpPage() {
  const words = useWords()
  const w = words.followUp
  const { site } = useSite()
  return (
    <>
      <PageHeader
        title={w.title}
        sub={site && w.sub(site.name)}
        actions={
          <>
            <SitePicker />
            <PrintButton />
          </>
        }
      />
      <AtSite>{(at) => <FollowUp key={at.id} site={at.id} />}</AtSite>
    </>
  )
}

const NOTHING: Reply = { entries: [], staff: [], choices: DEFAULT_ATTENTION, imported: null }
const FILTERS = ['attention', 'open', ...ATTENTION] as const
type Filter = (typeof FILTERS)[number] | 'all'

function FollowUp({ site }: { readonly site: SiteId }) {
  const words = useWords()
  const w = words.followUp
  const { store } = useDevice()
  const account = useAccount()
  const ledger = useLedger(topic.students)
  const now = useMinute()
  const { asked, reload } = useReply(FollowUpsReply, `/api/follow-ups?site=${encodeURIComponent(site)}`)
  const [params, setParams] = useSearchParams()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [opened, setOpened] = useState<string>()
  const [assigning, setAssigning] = useState(false)
  const [said, setSaid] = useState<string>()
  const known = asked.kind === 'ok' ? asked.value : NOTHING
  const today = store.today()
  const rows = standingsAt(ledger, site, today, now, known.choices, known.imported?.added ?? {})
  const cases = casesOf(known.entries)
  const most = ledger.policyOn(today).yearlyMost
  if (rows.length === 0)
    return (
      <EmptyState
        title={w.emptyTitle}
        action={
          <Link className={buttonClass({ look: 'primary' })} href="/sections">
            {words.coordinator.nav.sections}
          </Link>
        }
      >
        {w.empty}
      </EmptyState>
    )
  const filter = (FILTERS.find((one) => one === params.get('show')) ?? 'all') as Filter
  const find = params.get('find') ?? ''
  const change = (name: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  const holds = (row: Standing, one: Filter): boolean => {
    if (one === 'all') return true
    if (one === 'attention') return row.attention.length > 0
    if (one === 'open') return cases.get(row.student)?.open ?? false
    return row.attention.includes(one)
  }
  const shown = rows.filter(
    (row) => holds(row, filter) && (find.trim() === '' || finds(`${row.last} ${row.first} ${row.localId}`, find.trim())),
  )
  const picked = rows.filter((row) => chosen.has(row.student))
  const choose = (student: string) =>
    setChosen((before) => (before.has(student) ? new Set([...before].filter((one) => one !== student)) : new Set([...before, student])))
  const open = rows.find((row) => row.student === opened)
  const chip = (one: Filter, label: string) => (
    <Chip
      key={one}
      on={filter === one}
      count={rows.filter((row) => holds(row, one)).length}
      onToggle={() => change('show', filter === one || one === 'all' ? '' : one)}
    >
      {label}
    </Chip>
  )
  return (
    <Stack>
      {asked.kind !== 'ok' && asked.kind !== 'waiting' && (
        <Banner tone="warn" title={whyNot(words, asked)} actions={<Button onClick={reload}>{words.common.tryAgain}</Button>}>
          {words.desk.needsServer}
        </Banner>
      )}
      <Figures figures={figuresOf(words, rows, cases, today, most, known.choices.missedInRow)} />
      <div className={tools.fill}>
        <Tools count={words.common.table.shown(shown.length, rows.length)}>
          <FindField label={words.district.roster.find} value={find} onValue={(value) => change('find', value)} />
          <Chips label={w.filter}>
            {chip('all', w.everybody)}
            {chip('attention', w.needAttention)}
            {ATTENTION.map((kind) => chip(kind, w.kinds[kind]))}
            {chip('open', w.openOnes)}
          </Chips>
        </Tools>
        {filter !== 'all' && filter !== 'attention' && filter !== 'open' && (
          <p className="quiet">{w.kindText(most, known.choices.eligibleFrom, known.choices.missedInRow)[filter]}</p>
        )}
        <SelectAll keys={shown.map((row) => row.student)} chosen={chosen} picked={picked.length} onChosen={setChosen}>
          <Button cannot={asked.kind === 'ok' ? undefined : words.common.noNetwork} onClick={() => setAssigning(true)}>
            {w.assignMany}
          </Button>
          <Link className={buttonClass()} href={`/site/letters?students=${picked.map((row) => row.student).join(',')}`}>
            {w.lettersFor}
          </Link>
        </SelectAll>
        {said && (
          <Banner tone="good" live="polite">
            {said}
          </Banner>
        )}
        <Table
          label={w.tableLabel}
          columns={columnsOf({ words, cases, today, most, chosen, choose, open: (row) => setOpened(row.student) })}
          rows={shown}
          rowKey={(row) => row.student}
          initially={{ column: 'state', descending: false }}
          onOpen={(row) => setOpened(row.student)}
          empty={<EmptyState title={w.noneTitle}>{w.none}</EmptyState>}
        />
      </div>
      {account && mayDecide(account.me.role) && asked.kind === 'ok' && <Choices choices={known.choices} onSaved={reload} />}
      {known.imported && <p className="quiet">{w.importedOn(words.format.dateTime(known.imported.at, store.zone()))}</p>}
      {open && (
        <CaseDialog
          row={open}
          site={site}
          one={cases.get(open.student)}
          staff={known.staff}
          onClose={() => setOpened(undefined)}
          onWritten={reload}
        />
      )}
      {assigning && (
        <AssignDialog
          rows={picked}
          site={site}
          staff={known.staff}
          onClose={() => setAssigning(false)}
          onDone={(n) => {
            setAssigning(false)
            setChosen(new Set())
            setSaid(w.many.done(n))
            reload()
          }}
        />
      )}
    </Stack>
  )
}
