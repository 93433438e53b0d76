/** What a coordinator sees of the log itself: devices and what they still hold, and what waits in quarantine. */
import { type DeviceRow, type QuarantinedRow } from '../../shared/api/desk.ts'
import { type DeviceReport, QuarantineReason } from '../../shared/api/sync.ts'
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
  readonly public_key: string | null
  readonly revoked_at: Instant | null
  /** JSON of the last person's record. */
  readonly person: string | null
}

interface QuarantineLine {
  readonly id: number
  readonly event: string | null
  readonly type: string
  readonly site: string | null
  readonly device: string
  readonly device_name: string
  readonly actor: string | null
  readonly actor_name: string
  readonly reason: string
  readonly detail: string
  readonly received_at: Instant
  readonly body: string
  /** The event that took its place in the log. */
  readonly rival: string | null
}

export interface Overview {
  devices(scope: Scope): DeviceRow[]
  quarantine(scope: Scope): QuarantinedRow[]
}

/** Whether a site lies in a scope. What has no site of its own is shown to those who see every site. */
export const isInScope = (scope: Scope, site: string | null): boolean => scope === 'all' || (site !== null && scope.includes(site))

export function openOverview(log: Log): Overview {
  // A device belongs where it was revoked, else where its last event was recorded, before any event to its person's first site. Its person
  // is who is signed in, else who recorded last, before any event who came to it last.
  const devices = log.db.prepare<[], DeviceLine & { site: string | null }>(
    `SELECT d.*, v.body AS person,
       coalesce(d.revoked_site, (SELECT e.site FROM event e WHERE e.device = d.id ORDER BY e.device_seq DESC LIMIT 1),
         json_extract(v.body, '$.sites[0]')) AS site
     FROM device d
     LEFT JOIN record r ON r.kind = 'staff' AND r.id = coalesce(d.staff,
       (SELECT json_extract(e.body, '$.actor') FROM event e WHERE e.device = d.id ORDER BY e.device_seq DESC LIMIT 1),
       (SELECT s.staff FROM signed_in s WHERE s.device = d.id ORDER BY s.at DESC LIMIT 1))
     LEFT JOIN record_version v ON v.seq = r.seq
     ORDER BY d.name, d.id`,
  )
  const quarantine = log.db.prepare<[], QuarantineLine>(
    `SELECT q.*, coalesce(d.name, '') AS device_name, coalesce(json_extract(v.body, '$.name'), '') AS actor_name,
       (SELECT e.body FROM event e WHERE (e.id = q.event OR (e.device = q.claimed_device AND e.device_seq = q.device_seq))
         AND e.hash <> q.hash ORDER BY e.seq LIMIT 1) AS rival
     FROM quarantine q
     LEFT JOIN device d ON d.id = q.device
     LEFT JOIN record r ON r.kind = 'staff' AND r.id = q.actor
     LEFT JOIN record_version v ON v.seq = r.seq
     WHERE q.decision IS NULL ORDER BY q.received_at DESC, q.id DESC LIMIT 1000`,
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
          isSigned: row.public_key !== null,
          revokedAt: row.revoked_at,
          report: row.report === null ? null : (JSON.parse(row.report) as DeviceReport),
        })),
    quarantine: (scope) =>
      quarantine
        .all()
        .filter((row) => isInScope(scope, row.site))
        .map((row) => ({
          id: row.id,
          event: row.event === null ? null : as<EventId>(row.event),
          type: row.type,
          site: row.site === null ? null : as(row.site),
          device: row.device,
          deviceName: row.device_name,
          actor: row.actor ?? '',
          actorName: row.actor_name,
          reason: QuarantineReason.parse(row.reason),
          detail: row.detail,
          receivedAt: row.received_at,
          body: JSON.parse(row.body) as unknown,
          rival: row.rival === null ? null : (JSON.parse(row.rival) as unknown),
        })),
  }
}
