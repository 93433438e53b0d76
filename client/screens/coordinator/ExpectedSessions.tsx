import type { DeviceRow } from '../../../shared/api/desk.ts'
import type { Instant } from '../../../shared/time.ts'
import { topic } from '../../log/topics.ts'
import { useDevice, useLedger } from '../../log/useAttendance.ts'
import { Card } from '../../ui/Card.tsx'
import { StatusPill } from '../../ui/StatusPill.tsx'
import { useWords } from '../../words/index.ts'
import handOver from '../handOver/HandOver.module.css'
import type { Missing } from './deviceBoard.ts'
import { expectedOf } from './deviceBoard.ts'
import { useShownSites } from './useSite.ts'

/** Which of today's planned sessions the district has heard of, and where to look for the others. */
export function ExpectedSessions({ devices, now }: { readonly devices: readonly DeviceRow[]; readonly now: Instant }) {
  const words = useWords()
  const w = words.device.board
  const { store } = useDevice()
  const ledger = useLedger(topic.sessions)
  const { due, received, missing } = expectedOf(ledger, useShownSites(), store.today(), now, devices)
  if (due === 0) return null
  return (
    <Card title={w.expectedTitle} sub={w.expected(received, due)}>
      {missing.length === 0 ? (
        <p>{w.allReceived}</p>
      ) : (
        <ul role="list" className={handOver.list}>
          {missing.map((each) => (
            <Silent key={each.section} missing={each} now={now} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Silent({ missing, now }: { readonly missing: Missing; readonly now: Instant }) {
  const words = useWords()
  const w = words.device.board
  const { store } = useDevice()
  const zone = store.ledger.site(missing.site)?.zone ?? store.zone()
  const [device] = missing.devices
  const unsent = device?.report?.unsent ?? 0
  return (
    <li className={handOver.item}>
      <StatusPill tone="stop">{w.nothingFrom(missing.room, missing.title)}</StatusPill>
      <span>{w.planned(missing.title, words.format.time(missing.window.from, zone), words.format.time(missing.window.until, zone))}</span>
      {device ? (
        <span className="quiet">
          {unsent > 0
            ? w.fromReport(device.name, unsent)
            : w.lastHeard(
                device.name,
                device.lastSeenAt === null ? words.coordinator.devices.never : words.format.moment(device.lastSeenAt, zone, now),
              )}
        </span>
      ) : (
        <span className="quiet">{w.noDevice}</span>
      )}
    </li>
  )
}
