import type { RosterRow } from '../../../shared/api.ts'
import type { SiteId } from '../../../shared/ids.ts'
import { rosterRows } from '../../../shared/report/rows.ts'
import { topic } from '../../log/topics.ts'
import { useDevice, useLedger } from '../../log/useAttendance.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { useWords } from '../../words/index.ts'
import { Roster } from '../desk/Roster.tsx'
import { AtSite, SitePicker } from './SitePicker.tsx'
import { useSite } from './useSite.ts'

/** The students of one school, from this device's own log: the same figures as the district's roster, also without a network. */
export function StudentsPage() {
  const words = useWords()
  const { site } = useSite()
  const w = words.coordinator.students
  return (
    <>
      <PageHeader title={w.title} sub={site && w.sub(site.name)} actions={<SitePicker />} />
      <AtSite>{(at) => <Students site={at.id} siteName={at.name} />}</AtSite>
    </>
  )
}

function Students({ site, siteName }: { readonly site: SiteId; readonly siteName: string }) {
  const words = useWords()
  const { store } = useDevice()
  const ledger = useLedger(topic.students)
  const rows = rosterRows(ledger, store.today(), { site }).map(
    ({ absences, ...row }): RosterRow => ({ ...row, flags: [...row.flags], eligibleAbsences: absences, siteName, minimumDayMinutes: 0 }),
  )
  const w = words.coordinator.students
  return <Roster rows={rows} hrefOf={(student) => `/student/${student}`} empty={<EmptyState title={w.emptyTitle}>{w.empty}</EmptyState>} />
}
