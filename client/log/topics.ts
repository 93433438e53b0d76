import type { Touched } from '../../shared/attendance/ledger.ts'
import type { KeptEvent } from '../../shared/events.ts'

/**
 * Who wants to know of what. A topic has a version; whoever shows it reads the ledger again when the version has changed. One tap
 * raises the topics of one row and one session, so one row is drawn again.
 */
export interface Topics {
  version(topic: string): number
  subscribe(topic: string, listener: () => void): () => void
  /** Raises topics; each listener is told once, however many of its topics are among them. */
  raise(topics: Iterable<string>): void
  raiseAll(): void
}

export function openTopics(): Topics {
  const versions = new Map<string, number>()
  const listeners = new Map<string, Set<() => void>>()
  const raise = (topics: Iterable<string>): void => {
    const told = new Set<() => void>()
    for (const topic of new Set(topics)) {
      versions.set(topic, (versions.get(topic) ?? 0) + 1)
      for (const listener of listeners.get(topic) ?? []) told.add(listener)
    }
    for (const listener of told) listener()
  }
  return {
    version: (topic) => versions.get(topic) ?? 0,
    subscribe(topic, listener) {
      const all = listeners.get(topic) ?? new Set()
      listeners.set(topic, all.add(listener))
      return () => {
        all.delete(listener)
        if (all.size === 0) listeners.delete(topic)
      }
    },
    raise,
    raiseAll: () => raise([...listeners.keys()]),
  }
}

/** The topics there are. */
export const topic = {
  /** One student's marks in one session. */
  row: (session: string, student: string): string => `row ${session} ${student}`,
  /** Where those marks stand on their way to the disk and to the district. */
  way: (session: string, student: string): string => `way ${session} ${student}`,
  /** What one student's time in one session counts for: worked out from the whole year, so raised after the paint. */
  totals: (session: string, student: string): string => `totals ${session} ${student}`,
  /** Counts, warnings and state of one session. */
  session: (session: string): string => `session ${session}`,
  /** The list of sessions, the registry, anything a list shows. */
  sessions: 'sessions',
  /** Any student's totals. */
  students: 'students',
  /** How far loading is. */
  phase: 'phase',
  /** What is unsent, sent, confirmed, or needs attention. */
  outbox: 'outbox',
  /** Who is signed in. */
  account: 'account',
  /** Something could not be stored. */
  fault: 'fault',
} as const

const studentOf = (event: KeptEvent): string | null => ('student' in event && typeof event.student === 'string' ? event.student : null)

/** A topic of every place that events touched. */
export const placesOf = ({ sessions, students }: Touched, name: (session: string, student: string) => string): string[] =>
  [...sessions].flatMap((session) => [...students].map((student) => name(session, student)))

/** The rows to draw: a mark is on one; a void, a match, a teacher who comes may be about any row of the session. */
export function rowsTouched(events: readonly KeptEvent[], touched: Touched): string[] {
  const isMarks = events.every((event) => event.type === 'StudentCheckedIn' || event.type === 'StudentCheckedOut')
  return isMarks ? events.flatMap((event) => topicOfRow(topic.row, event)) : placesOf(touched, topic.row)
}

/** The place on that row that says how far it got. */
export const wayTopics = (event: KeptEvent): string[] => topicOfRow(topic.way, event)

/** What that row counts for. */
export const totalsTopics = (event: KeptEvent): string[] => topicOfRow(topic.totals, event)

function topicOfRow(name: (session: string, student: string) => string, event: KeptEvent): string[] {
  const student = studentOf(event)
  return 'session' in event && typeof event.session === 'string' && student ? [name(event.session, student)] : []
}

/** The session an event belongs to. */
export const sessionTopics = (event: KeptEvent): string[] =>
  'session' in event && typeof event.session === 'string' ? [topic.session(event.session)] : []
