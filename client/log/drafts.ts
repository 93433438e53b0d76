import type { AttendanceEvent, EventOf, EventType } from '../../shared/events.ts'
import type { EventId } from '../../shared/ids.ts'
import { as } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import type { Unchained } from './record.ts'

type Envelope = 'id' | 'v' | 'device' | 'deviceSeq' | 'prev' | 'actor' | 'at' | 'recordedAt' | 'clock'

/** What happened, before the device adds who recorded it, where and when. `at` is now unless it is given; `id` may be chosen by those who must name it. */
export type EventDraft = {
  [T in EventType]: Omit<EventOf<T>, Envelope> & { readonly at?: Instant; readonly id?: EventId }
}[EventType]

/** Adds the device's part. The id is made here, before anything else happens. */
export function toEvent(
  draft: EventDraft,
  device: Pick<AttendanceEvent, 'device' | 'actor' | 'recordedAt' | 'clock'>,
  newId: () => string,
): Unchained {
  return { ...draft, id: draft.id ?? as<EventId>(newId()), v: 1, at: draft.at ?? device.recordedAt, ...device } as Unchained
}
