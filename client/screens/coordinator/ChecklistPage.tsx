import { SiteChecklistReply } from '../../../shared/api/periods.ts'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Stack } from '../../ui/Card.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { useWords } from '../../words/index.ts'
import { Asking } from '../desk/Asking.tsx'
import { PrintButton } from '../desk/PrintButton.tsx'
import { Tools } from '../desk/Tools.tsx'
import { useReply } from '../desk/useReply.ts'
import { Checklist } from '../district/periods/Checklist.tsx'
import { Choose } from '../district/periods/Choose.tsx'
import { useChosenPeriod } from '../district/periods/useChosenPeriod.ts'
import { SitePicker } from './SitePicker.tsx'
import { useSite } from './useSite.ts'

/** What stands open at the school before a period can be signed: the district's own checklist, with the lines of this school alone. */
export function ChecklistPage() {
  const words = useWords()
  const w = words.periods
  const { store } = useDevice()
  const { site } = useSite()
  const me = useAccount()?.me
  const today = store.today()
  const [chosen, choose] = useChosenPeriod(today)
  const query = `period=${chosen.period}&year=${chosen.year}`
  const { asked, reload } = useReply(SiteChecklistReply, site && `/api/periods/checklist?${query}&site=${encodeURIComponent(site.id)}`, {
    isAnew: true,
  })
  const date = words.format.dateWithYear
  return (
    <>
      <PageHeader
        title={w.ofSite.title}
        sub={asked.kind === 'ok' && site ? w.sub(date(asked.value.asOf), date(asked.value.cutOff)) : undefined}
        actions={
          <>
            <SitePicker />
            <PrintButton />
          </>
        }
      />
      <Tools>
        <Choose chosen={chosen} today={today} onChange={choose} />
      </Tools>
      {!site ? (
        <EmptyState title={me?.districtWide ? words.coordinator.noSchoolYet : words.coordinator.noSite} />
      ) : (
        <Asking asked={asked} onRetry={reload}>
          {({ checklist, asOf }) => (
            <Stack>
              {checklist.every(({ count }) => count === 0) && <Banner tone="good">{w.ofSite.nothing(site.name)}</Banner>}
              <Checklist items={checklist} asOf={asOf} />
            </Stack>
          )}
        </Asking>
      )}
    </>
  )
}
