import { DevicesReply } from '../../../shared/api/desk.ts'
import { DayReply } from '../../../shared/api/day.ts'
import type { SiteId } from '../../../shared/ids.ts'
import { Link } from 'wouter'
import { topic } from '../../log/topics.ts'
import { useDevice, useLedger, useMinute, useTopic } from '../../log/useAttendance.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { Stack } from '../../ui/Card.tsx'
import { Figures } from '../../ui/Figures.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import { useReply } from '../desk/useReply.ts'
import { Board } from './day/Board.tsx'
import { Parity } from './Parity.tsx'
import { AtSite, SitePicker } from './SitePicker.tsx'
import { siteDay } from './siteDay.ts'
import { walkInsOf } from './walkIns.ts'
import { PrintButton } from '../desk/PrintButton.tsx'

/** The school today and in the days before: who is in, what is still to be done, and whether this device agrees with the district. Works
 *  offline, but for the devices and the papers. */
export function SitePage() {
  const words = useWords()
  const { store } = useDevice()
  return (
    <>
      <PageHeader
        title={words.coordinator.today.title}
        sub={words.format.longDate(store.today())}
        actions={
          <>
            <SitePicker />
            <Link className={buttonClass()} href="/site/paper">
              <Icon name="file" /> {words.day.paper}
            </Link>
            <PrintButton />
          </>
        }
      />
      <AtSite>{(site) => <Day key={site.id} site={site.id} />}</AtSite>
    </>
  )
}

function Day({ site }: { readonly site: SiteId }) {
  const words = useWords()
  const w = words.coordinator.today
  const { store } = useDevice()
  const ledger = useLedger(topic.sessions)
  const now = useMinute()
  useTopic(topic.outbox)
  const { asked, reload } = useReply(DayReply, `/api/day?site=${encodeURIComponent(site)}`)
  const unsent = new Set(store.outbox.rows().map((row) => row.session))
  const { today, unfinished } = siteDay(ledger, site, store.today(), now, unsent)
  const open = today.filter((row) => row.here > 0 || row.state.kind === 'open')
  const toFinish = [...today, ...unfinished].filter((row) =>
    ['missing', 'toEnd', 'toCertify', 'stale', 'cameAllTheSame'].includes(row.state.kind),
  ).length
  const walkIns = walkInsOf(ledger, site).length
  return (
    <Stack>
      <Figures
        figures={[
          {
            label: w.figures.here,
            value: words.format.number(open.reduce((sum, row) => sum + row.here, 0)),
            note: w.figures.hereNote(open.length),
          },
          { label: w.figures.toFinish, value: words.format.number(toFinish), note: w.figures.toFinishNote, attention: toFinish > 0 },
          useUnsent(site),
          {
            label: w.figures.walkIns,
            value: <Link href="/site/walk-ins">{words.format.number(walkIns)}</Link>,
            note: w.figures.walkInsNote,
            attention: walkIns > 0,
          },
        ]}
      />
      <Parity />
      <Board site={site} day={asked} onChanged={reload} />
    </Stack>
  )
}

/** What waits on the school's devices, as far as they have said. */
function useUnsent(site: SiteId) {
  const words = useWords()
  const w = words.coordinator.today.figures
  const { asked } = useReply(DevicesReply, `/api/devices?site=${encodeURIComponent(site)}`)
  if (asked.kind !== 'ok') return { label: w.unsent, value: '–', note: asked.kind === 'waiting' ? undefined : w.unsentUnknown }
  const waiting = asked.value.devices.map((device) => device.report?.unsent ?? 0).filter((n) => n > 0)
  const unsent = waiting.reduce((sum, n) => sum + n, 0)
  return {
    label: w.unsent,
    value: <Link href="/site/devices">{words.format.number(unsent)}</Link>,
    note: w.unsentNote(waiting.length),
    attention: unsent > 0,
  }
}
