/** The names of this version's events, and how much one holds, apart from their schemas: who reads what was checked before need not load those. */
import type { EventType } from './events.ts'

const KNOWN: Readonly<Record<EventType, true>> = {
  SessionStarted: true,
  SupervisionStarted: true,
  SupervisionEnded: true,
  StudentCheckedIn: true,
  StudentCheckedOut: true,
  StudentNoted: true,
  EventVoided: true,
  SessionEnded: true,
  SessionCertified: true,
  WalkInAdded: true,
  WalkInMatched: true,
  ReviewDecided: true,
}

/** Whether this build knows an event's type and version. */
export const isKnownType = ({ type, v }: { readonly type: string; readonly v: number }): boolean => v === 1 && Object.hasOwn(KNOWN, type)

/** What the start of a session may hold at most: characters of its names, and breaks. Sections keep to it, since a session takes them over. */
export const SESSION_LIMITS = { room: 80, title: 120, breaks: 20 } as const
