import type { RosterRow } from '../../../shared/api/desk.ts'
import type { SiteId } from '../../../shared/ids.ts'
import { rosterRows } from '../../../shared/report/rows.ts'
import { readAt, stillInUntil } from '../../../shared/report/stillIn.ts'
import { fiscalYear, fiscalYearOf } from '../../../shared/time.ts'
import { topic } from '../../log/topics.ts'
import { useDevice, useLedger, useMinute } from '../../log/useAttendance.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { useWords } from '../../words/index.ts'
import { Roster } from '../desk/Roster.tsx'
import { useSchoolYear } from '../district/useSchoolYear.ts'
import { YearSelect } from '../district/YearSelect.tsx'
import { AtSite, SitePicker } from './SitePicker.tsx'
import { useSite } from './useSite.ts'

/**
 * The students of one school, from this device's own log: the same figures as the district's roster, also without a network. Of this year up to
 * today, or of an earlier one up to its last day.
 */
export function StudentsPage() {
  const words = useWords()
  const { site } = useSite()
  const { year, first, today, onYear } = useSchoolYear(fiscalYearOf)
  const w = words.coordinator.students
  return (
    <>
      <PageHeader
        title={w.title}
        sub={site && w.sub(site.name)}
        actions={
          <>
            <SitePicker />
            <YearSelect year={year} today={today} onYear={onYear} />
          </>
        }
      />
      <AtSite>{(at) => <Students site={at.id} siteName={at.name} earlier={year === first ? undefined : year} />}</AtSite>
    </>
  )
}

function Students({ site, siteName, earlier }: { readonly site: SiteId; readonly siteName: string; readonly earlier: number | undefined }) {
  const words = useWords()
  const { store } = useDevice()
  const ledger = useLedger(topic.students)
  const now = useMinute()
  const last = earlier === undefined ? undefined : fiscalYear(earlier).last
  const asOf = last ?? store.today()
  const rows = rosterRows(ledger, asOf, { site }).map(({ absences, ...row }): RosterRow => {
    const view = row.flags.includes('missingCheckOut') ? ledger.student(row.student) : undefined
    const read = readAt(row, view ? stillInUntil(ledger, view, asOf) : null, now)
    return { ...read, flags: [...read.flags], eligibleAbsences: absences, siteName, minimumDayMinutes: 0 }
  })
  const w = words.coordinator.students
  return (
    <Roster
      rows={rows}
      hrefOf={(student) => `/student/${student}${last ? `?asOf=${last}` : ''}`}
      empty={<EmptyState title={w.emptyTitle}>{w.empty}</EmptyState>}
    />
  )
}
