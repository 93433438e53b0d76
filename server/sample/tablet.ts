/** A tablet of the sample: it records as a real one does, number after number, each event bound to the one before. */
import type { AttendanceEvent } from '../../shared/events.ts'
import { as, type DeviceId, type EventId, type SiteId, type StaffId } from '../../shared/ids.ts'
import { eventHash } from '../../shared/sync/chain.ts'
import { type Instant, MINUTE } from '../../shared/time.ts'

type Carried<E> = E extends AttendanceEvent
  ? Omit<E, 'id' | 'v' | 'device' | 'deviceSeq' | 'prev' | 'actor' | 'site' | 'at' | 'recordedAt' | 'clock'>
  : never

export interface Tablet {
  readonly events: AttendanceEvent[]
  /** Records what `actor` tapped. `recordedAt` differs when a time was entered afterwards. */
  record(actor: StaffId, at: Instant, carries: Carried<AttendanceEvent>, recordedAt?: Instant): AttendanceEvent
}

export function openTablet(device: DeviceId, site: SiteId, newId: () => string): Tablet {
  const events: AttendanceEvent[] = []
  let prev = ''
  return {
    events,
    record(actor, at, carries, recordedAt = at) {
      const envelope = { id: as<EventId>(newId()), v: 1 as const, device, deviceSeq: events.length + 1, prev, actor, site, at, recordedAt }
      // The spread of a union with its envelope is that union again, which the compiler cannot follow.
      const event = { ...envelope, clock: { offset: 0, age: MINUTE }, ...carries } as AttendanceEvent
      prev = eventHash(event)
      events.push(event)
      return event
    },
  }
}
