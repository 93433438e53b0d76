/** What a coordinator sees of the log itself: devices and what they still hold, and what waits in quarantine. */
import { type DeviceReport, type DeviceRow, QuarantineReason, type QuarantinedRow } from '../../shared/api.ts'
import { as, type DeviceId, type EventId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import type { Scope } from './deliver.ts'
import type { Log } from './log.ts'

interface DeviceLine {
  readonly id: string
  readonly name: string
  readonly last_seen_at: Instant | null
  readonly last_confirmed_at: Instant | null
  readonly report: string | null
  readonly staff: string | null
  /** JSON of the last person's record. */
  readonly person: string | null
}

export interface Overview {
  devices(scope: Scope): DeviceRow[]
  quarantine(scope: Scope): QuarantinedRow[]
}

/** Whether a site lies in a scope. What has no site of its own is shown to those who see every site. */
export const isInScope = (scope: Scope, site: string | null): boolean => scope === 'all' || (site !== null && scope.includes(site))

export function openOverview(log: Log): Overview {
  // A device belongs where its last event was recorded, before any event to its person's first site.
  const devices = log.db.prepare<[], DeviceLine & { site: string | null }>(
    `SELECT d.*, v.body AS person,
       coalesce((SELECT e.site FROM event e WHERE e.device = d.id ORDER BY e.device_seq DESC LIMIT 1), json_extract(v.body, '$.sites[0]')) AS site
     FROM device d
     LEFT JOIN record r ON r.kind = 'staff' AND r.id = coalesce(d.staff,
       (SELECT json_extract(e.body, '$.actor') FROM event e WHERE e.device = d.id ORDER BY e.device_seq DESC LIMIT 1))
     LEFT JOIN record_version v ON v.seq = r.seq
     ORDER BY d.name, d.id`,
  )
  const quarantine = log.db.prepare<[], Record<string, string | number | null>>(
    'SELECT * FROM quarantine WHERE decision IS NULL ORDER BY received_at DESC, id DESC LIMIT 1000',
  )
  return {
    devices: (scope) =>
      devices
        .all()
        .filter((row) => isInScope(scope, row.site))
        .map((row) => ({
          id: as<DeviceId>(row.id),
          name: row.name,
          site: row.site === null ? null : as(row.site),
          lastPerson: row.person === null ? '' : (JSON.parse(row.person) as { name: string }).name,
          lastSeenAt: row.last_seen_at,
          lastConfirmedAt: row.last_confirmed_at,
          report: row.report === null ? null : (JSON.parse(row.report) as DeviceReport),
        })),
    quarantine: (scope) =>
      quarantine
        .all()
        .filter((row) => isInScope(scope, row['site'] as string | null))
        .map((row) => ({
          id: Number(row['id']),
          event: row['event'] === null ? null : as<EventId>(String(row['event'])),
          type: String(row['type']),
          device: String(row['device']),
          actor: String(row['actor'] ?? ''),
          reason: QuarantineReason.parse(row['reason']),
          detail: String(row['detail']),
          receivedAt: Number(row['received_at']) as Instant,
        })),
  }
}
