import type { ReactNode } from 'react'
import { useState } from 'react'
import { SectionsReply } from '../../../../shared/api/registry.ts'
import { meetsFrom } from '../../../../shared/attendance/planned.ts'
import type { Section } from '../../../../shared/registry.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { Link, useLocation } from 'wouter'
import { useAccount, useDevice } from '../../../log/useAttendance.ts'
import { buttonClass } from '../../../ui/Button.tsx'
import { Chip } from '../../../ui/Chip.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import { Tools } from '../../desk/Tools.tsx'
import tools from '../../desk/Tools.module.css'
import { mayEditSections } from '../../desk/may.ts'
import { useReply } from '../../desk/useReply.ts'
import { AtSite, SitePicker } from '../SitePicker.tsx'

type Row = SectionsReply['sections'][number]

/** The groups of a school that meet to recover attendance. */
export function SectionsPage() {
  const words = useWords()
  const w = words.coordinator.sections
  const account = useAccount()
  const add = account && mayEditSections(account.me.role) && (
    <Link className={buttonClass({ look: 'primary' })} href="/sections/new">
      {w.add}
    </Link>
  )
  return (
    <>
      <PageHeader
        title={w.title}
        sub={w.sub}
        actions={
          <>
            <SitePicker />
            {add}
          </>
        }
      />
      <AtSite>{(site) => <Sections site={site.id} add={add} />}</AtSite>
    </>
  )
}

function Sections({ site, add }: { readonly site: string; readonly add: ReactNode }) {
  const words = useWords()
  const w = words.coordinator.sections
  const { store } = useDevice()
  const [, navigate] = useLocation()
  const [ended, setEnded] = useState(false)
  const { asked, reload } = useReply(SectionsReply, `/api/sections?site=${encodeURIComponent(site)}`)
  return (
    <Asking asked={asked} onRetry={reload}>
      {(reply) => {
        const endedCount = reply.sections.filter((row) => row.ended).length
        const shown = reply.sections.filter((row) => ended || !row.ended)
        return (
          <>
            {endedCount > 0 && (
              <Tools>
                <Chip on={ended} count={endedCount} onToggle={() => setEnded(!ended)}>
                  {w.showEnded}
                </Chip>
              </Tools>
            )}
            <Table
              label={w.tableLabel}
              columns={columns(words, store.today(), (section) =>
                words.format.list(section.staff.map((id) => store.ledger.staff(id)?.name ?? '–')),
              )}
              rows={shown}
              rowKey={(row) => row.id}
              initially={{ column: 'name', descending: false }}
              onOpen={(row) => navigate(`/sections/${row.id}`)}
              empty={
                <EmptyState title={w.emptyTitle} action={add}>
                  {w.empty}
                </EmptyState>
              }
            />
          </>
        )
      }}
    </Asking>
  )
}

/** When a section meets, in a few words. */
export function meetsText(words: Words, { meets, window }: Section): string {
  const { format } = words
  const hours = `${format.wallTime(window.from)} – ${format.wallTime(window.until)}`
  const w = words.coordinator.sections
  return meets.kind === 'dates' ? w.dates(meets.dates.length, hours) : w.weekly(meets.weekdays.map(format.weekdayShort).join(', '), hours)
}

function columns(words: Words, today: SchoolDate, teachers: (section: Section) => string): readonly Column<Row>[] {
  const w = words.coordinator.sections
  return [
    {
      id: 'name',
      head: w.name,
      by: (row) => row.section.name,
      cell: (row) => (
        <span className={tools.inline}>
          <Link className={tools.name} href={`/sections/${row.id}`}>
            {row.section.name}
          </Link>
          {row.ended ? <StatusPill>{w.ended}</StatusPill> : !meetsFrom(row.section, today) && <StatusPill>{w.over}</StatusPill>}
        </span>
      ),
    },
    { id: 'meets', head: w.meets, by: (row) => meetsText(words, row.section), cell: (row) => meetsText(words, row.section) },
    { id: 'room', head: w.room, by: (row) => row.section.room, cell: (row) => row.section.room },
    { id: 'teachers', head: w.teachers, by: (row) => teachers(row.section), cell: (row) => teachers(row.section) },
    {
      id: 'students',
      head: w.students,
      numbers: true,
      by: (row) => row.section.students.length,
      cell: (row) => words.format.number(row.section.students.length),
    },
  ]
}
