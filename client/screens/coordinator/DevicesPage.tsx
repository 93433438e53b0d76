import { Suspense } from 'react'
import { DevicesReply, type DeviceRow } from '../../../shared/api/desk.ts'
import type { Instant } from '../../../shared/time.ts'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { Stack } from '../../ui/Card.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { StatusPill } from '../../ui/StatusPill.tsx'
import type { Column } from '../../ui/Table.tsx'
import { Table } from '../../ui/Table.tsx'
import { part } from '../../ui/part.ts'
import type { Words } from '../../words/index.ts'
import { useWords } from '../../words/index.ts'
import { Asking } from '../desk/Asking.tsx'
import tools from '../desk/Tools.module.css'
import { useReply } from '../desk/useReply.ts'
import { ChangeDevice, NewDeviceCode } from './DeviceActs.tsx'
import { ACT_TONE, actsFor, CLOCK_FINE, OLD_UNSENT } from './deviceBoard.ts'
import { ExpectedSessions } from './ExpectedSessions.tsx'
import { SignedByOthers } from './SignedByOthers.tsx'
import { SitePicker } from './SitePicker.tsx'
import { useSite } from './useSite.ts'

/** Codes and camera come only to who takes a parcel in. */
const TakeIn = part(() => import('../handOver/TakeIn.tsx').then((m) => m.TakeIn))

/**
 * Every device of the school: when it was last heard, what waits on it, whether its totals agree, and what to do about it. Above it the
 * sessions that somebody signed who was not there, and those from which nothing has arrived; below it the parcels of tablets that have no network.
 */
export function DevicesPage() {
  const words = useWords()
  const w = words.coordinator.devices
  const { site } = useSite()
  const { store, version } = useDevice()
  const account = useAccount()
  const { asked, reload } = useReply(
    DevicesReply,
    site && !account?.me.districtWide ? `/api/devices?site=${encodeURIComponent(site.id)}` : '/api/devices',
  )
  return (
    <>
      <PageHeader
        title={w.title}
        sub={w.sub}
        actions={
          <>
            {!account?.me.districtWide && <SitePicker />}
            <NewDeviceCode />
          </>
        }
      />
      <Stack>
        <SignedByOthers />
        <Asking asked={asked} onRetry={reload}>
          {(reply) => (
            <Stack>
              <ExpectedSessions devices={reply.devices} now={reply.serverTime} />
              <Table
                label={w.tableLabel}
                columns={columns(
                  words,
                  reply.serverTime,
                  (at) => words.format.moment(at, store.zone(), reply.serverTime),
                  account?.me.districtWide ? (id) => id && (store.ledger.site(id)?.name ?? '') : undefined,
                  version,
                  reload,
                )}
                rows={reply.devices}
                rowKey={(device) => device.id}
                initially={{ column: 'do', descending: true }}
                empty={<EmptyState title={w.emptyTitle}>{w.empty}</EmptyState>}
              />
            </Stack>
          )}
        </Asking>
        <Suspense>
          <TakeIn />
        </Suspense>
      </Stack>
    </>
  )
}

const WEIGHTS = { stop: 100, warn: 10, calm: 1, good: 0, accent: 0 } as const
const urgencyOf = (acts: ReturnType<typeof actsFor>): number => acts.reduce((sum, act) => sum + (WEIGHTS[ACT_TONE[act]] ?? 0), 0)

function columns(
  words: Words,
  now: Instant,
  moment: (at: Instant) => string,
  /** None where all are of one school. */
  siteName: ((id: DeviceRow['site']) => string | null) | undefined,
  version: string,
  onChanged: () => void,
): readonly Column<DeviceRow>[] {
  const w = words.coordinator.devices
  const at = (value: Instant | null | undefined) => (value == null ? w.never : moment(value))
  return [
    {
      id: 'device',
      head: w.device,
      wrap: true,
      by: (d) => d.name,
      cell: (d) => (
        <>
          <span className={tools.name}>{d.name}</span>
          <span className={tools.small}>{d.lastPerson}</span>
        </>
      ),
    },
    ...(siteName
      ? [
          {
            id: 'site',
            head: words.coordinator.site,
            by: (d: DeviceRow) => siteName(d.site),
            wrap: 'narrow' as const,
            cell: (d: DeviceRow) => siteName(d.site),
          },
        ]
      : []),
    {
      id: 'do',
      head: words.device.board.doTitle,
      wrap: true,
      by: (d) => urgencyOf(actsFor(d, now, version)),
      cell: (d) => {
        const [first, ...others] = actsFor(d, now, version)
        if (!first) return words.device.board.act.none
        return (
          <span title={others.map((act) => words.device.board.act[act]).join('. ')}>
            <StatusPill tone={ACT_TONE[first]}>{words.device.board.act[first]}</StatusPill>
          </span>
        )
      },
    },
    {
      id: 'seen',
      head: w.seen,
      wrap: 'narrow',
      by: (d) => d.lastSeenAt,
      cell: (d) => (
        <>
          {at(d.lastSeenAt)}
          <span className={tools.small}>{d.lastConfirmedAt == null ? w.neverConfirmed : w.confirmed(moment(d.lastConfirmedAt))}</span>
        </>
      ),
    },
    {
      id: 'unsent',
      head: w.unsent,
      numbers: true,
      wrap: 'narrow',
      by: (d) => d.report?.unsent ?? 0,
      cell: (d) => {
        const unsent = d.report?.unsent ?? 0
        if (unsent === 0) return '0'
        const isOld = d.report?.oldestUnsentAt != null && now - d.report.oldestUnsentAt > OLD_UNSENT
        const text = d.report?.oldestUnsentAt == null ? words.format.number(unsent) : w.unsentSince(unsent, at(d.report.oldestUnsentAt))
        return <StatusPill tone={isOld ? 'stop' : 'warn'}>{text}</StatusPill>
      },
    },
    {
      id: 'totals',
      head: w.totals,
      wrap: 'narrow',
      by: (d) => d.report?.totals ?? null,
      cell: (d) => {
        const totals = d.report?.totals ?? 'provisional'
        return <StatusPill tone={totals === 'match' ? 'good' : totals === 'differ' ? 'stop' : 'calm'}>{w[totals]}</StatusPill>
      },
    },
    {
      id: 'clock',
      head: w.clock,
      wrap: 'narrow',
      by: (d) => Math.abs(d.report?.clockOffset ?? 0),
      cell: (d) => {
        const off = d.report?.clockOffset
        if (off == null) return w.unknown
        return Math.abs(off) <= CLOCK_FINE ? (
          w.clockFine
        ) : (
          <StatusPill tone="warn">{w.clockOff(Math.round(Math.abs(off) / 1000))}</StatusPill>
        )
      },
    },
    {
      id: 'storage',
      head: w.storage,
      wrap: 'narrow',
      by: (d) => (d.report?.persisted ? 1 : 0),
      cell: (d) => (
        <>
          {d.report?.persisted == null ? w.unknown : d.report.persisted ? w.kept : w.notKept}
          <span className={tools.small}>{d.report && w.version(d.report.appVersion)}</span>
        </>
      ),
    },
    {
      id: 'acts',
      head: words.trust.devices.acts,
      cell: (d) => <ChangeDevice device={d} moment={moment} onChanged={onChanged} />,
    },
  ]
}
