/**
 * One session's events, folded into what is known of it. Pure: any order of arrival gives the same, and an event that
 * arrives twice changes nothing.
 */
import type { EventOf, KeptEvent } from '../events.ts'
import type { EventId, SectionId, SessionId, SiteId, StaffId, StudentId } from '../ids.ts'
import { DAY, dateOfDay, type Instant, instant, type SchoolDate } from '../time.ts'
import { certifiedDigest } from './certify.ts'
import { gather, type Supervision, type WalkIn } from './gather.ts'
import { inOrder } from './order.ts'
import type { StudentInSession } from './studentInSession.ts'
import { effective } from './voids.ts'

export type { Mark, StudentInSession } from './studentInSession.ts'

export type Certification =
  | { readonly state: 'none' }
  | { readonly state: 'certified' | 'stale'; readonly at: Instant; readonly by: StaffId; readonly name: string; readonly event: EventId }

/** An event as the audit trail shows it: also those taken back, with the void that says who and why. */
export interface TrailEntry {
  readonly event: KeptEvent
  readonly voidedBy: EventOf<'EventVoided'> | null
}

export interface SessionState {
  readonly id: SessionId
  readonly site: SiteId
  readonly section: SectionId | null
  readonly on: SchoolDate
  readonly window: { readonly from: Instant; readonly until: Instant }
  readonly breaks: readonly { readonly from: Instant; readonly until: Instant; readonly meal?: boolean | undefined }[]
  readonly room: string
  readonly title: string
  /** False while the events of a session are here and its start is not (yet): window and date are then not known, and nothing counts. */
  readonly started: boolean
  readonly startedAt: Instant | null
  readonly startedBy: StaffId | null
  /** Why the session was recorded after the fact. */
  readonly reason: string | undefined
  readonly supervision: readonly Supervision[]
  readonly endedAt: Instant | null
  readonly students: ReadonlyMap<StudentId, StudentInSession>
  readonly certification: Certification
  readonly walkIns: readonly WalkIn[]
  /** What a certification of the session as it stands would sign. */
  readonly digest: string
  /** Events of a type or version this build does not know: kept, not counted. */
  readonly needsUpdate: number
  /** Everything that was recorded, in reading order. */
  readonly events: readonly TrailEntry[]
}

/** What the events of one session say. */
export function foldSession(id: SessionId, kept: readonly KeptEvent[]): SessionState {
  const ordered = inOrder(kept)
  const { events, voidedBy, unknown } = effective(ordered)
  const { start, certified, endedAt, supervision, students, walkIns } = gather(events)
  const first = ordered[0]
  const at = start?.at ?? first?.at ?? instant(0)
  // A signature is looked at when somebody asks, and once. Where every event holds, they come in order of their ids, or nearly so.
  let digest: string | undefined
  const digestNow = (): string => (digest ??= certifiedDigest(events.length === kept.length ? kept : events))
  return {
    id,
    site: start?.site ?? first?.site ?? ('' as SiteId),
    section: start?.section ?? null,
    on: start?.on ?? dateOfDay(Math.floor(at / DAY)),
    window: start?.window ?? { from: at, until: at },
    breaks: start?.breaks ?? [],
    room: start?.room ?? '',
    title: start?.title ?? '',
    started: start !== undefined,
    startedAt: start?.at ?? null,
    startedBy: start?.actor ?? null,
    reason: start?.reason,
    supervision,
    endedAt,
    students,
    walkIns,
    needsUpdate: unknown,
    get digest() {
      return digestNow()
    },
    get certification(): Certification {
      if (!certified) return { state: 'none' }
      const state = certified.digest === digestNow() ? 'certified' : 'stale'
      return { state, at: certified.at, by: certified.actor, name: certified.name, event: certified.id }
    },
    get events() {
      return ordered.map((event) => ({ event, voidedBy: voidedBy.get(event.id) ?? null }))
    },
  }
}
