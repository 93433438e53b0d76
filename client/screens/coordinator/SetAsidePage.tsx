import { QuarantineReply, type QuarantinedRow } from '../../../shared/api.ts'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import type { Column } from '../../ui/Table.tsx'
import { Table } from '../../ui/Table.tsx'
import { useWords } from '../../words/index.ts'
import { Asking } from '../desk/Asking.tsx'
import tools from '../desk/Tools.module.css'
import { useReply } from '../desk/useReply.ts'
import { SitePicker } from './SitePicker.tsx'
import { useSite } from './useSite.ts'

/** What devices sent and the district keeps without counting, each with its reason. */
export function SetAsidePage() {
  const words = useWords()
  const w = words.coordinator.setAside
  const { site } = useSite()
  const { store } = useDevice()
  const account = useAccount()
  const wide = account?.me.districtWide ?? false
  const { asked, reload } = useReply(
    QuarantineReply,
    site && !wide ? `/api/quarantine?site=${encodeURIComponent(site.id)}` : '/api/quarantine',
  )
  const columns: readonly Column<QuarantinedRow>[] = [
    { id: 'what', head: w.what, by: (r) => w.types[r.type] ?? r.type, cell: (r) => w.types[r.type] ?? r.type },
    {
      id: 'reason',
      wrap: true,
      head: w.reason,
      by: (r) => w.reasons[r.reason],
      cell: (r) => (
        <>
          {w.reasons[r.reason]}
          <span className={tools.small}>{r.detail}</span>
        </>
      ),
    },
    { id: 'person', head: w.person, by: (r) => r.actor, cell: (r) => r.actor },
    { id: 'device', head: w.device, by: (r) => r.device, cell: (r) => r.device },
    { id: 'received', head: w.received, by: (r) => r.receivedAt, cell: (r) => words.format.dateTime(r.receivedAt, store.zone()) },
  ]
  return (
    <>
      <PageHeader title={w.title} sub={w.sub} actions={!wide && <SitePicker />} />
      <Asking asked={asked} onRetry={reload}>
        {(reply) => (
          <Table
            label={w.tableLabel}
            columns={columns}
            rows={reply.rows}
            rowKey={(r) => String(r.id)}
            initially={{ column: 'received', descending: true }}
            empty={<EmptyState title={w.noneTitle}>{w.none}</EmptyState>}
          />
        )}
      </Asking>
    </>
  )
}
