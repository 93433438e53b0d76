/** What goes into an audit packet: the sessions asked for, the students in them, and everything on which their totals rest. */
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import type { SessionId, StudentId } from '../../../shared/ids.ts'
import type { Packet, PacketSubject } from '../../../shared/report/packet.ts'
import { cutOff } from '../../../shared/rules/california/periods.ts'
import { fiscalYear, fiscalYearOf, type SchoolDate } from '../../../shared/time.ts'
import type { Log } from '../../log/log.ts'
import { openPacketParts, type PacketParts } from '../../log/packetParts.ts'
import { openPacketScope } from '../../log/packetScope.ts'
import { openStudentLedger, openStudentSessions } from '../../log/studentLedger.ts'

/** More sessions than a person would look through are a packet of their own each. */
export const MOST_SESSIONS = 2000

export type GatherFault = { readonly fault: 'nothing' | 'tooMany' }

export interface Gathered {
  /** In the order of their beginnings. */
  readonly sessions: readonly SessionId[]
  /** The students whose figures the packet states, each once, by name. */
  readonly students: readonly StudentId[]
  readonly asOf: SchoolDate
  readonly parts: PacketParts
  readonly through: Packet['through']
}

/** Finds what a packet holds, of one moment. The events themselves are read when they are written. */
export function gatherPacket(log: Log, subject: PacketSubject, today: SchoolDate): Gathered | GatherFault {
  return log.read(() => {
    const wanted = openPacketScope(log)(subject, MOST_SESSIONS + 1)
    if (subject.kind !== 'student' && wanted.length > MOST_SESSIONS) return { fault: 'tooMany' }
    // Of these sessions alone: it tells which of them were held when, and who was there.
    const ledger = openStudentLedger(log)({ students: [], sessions: wanted })
    const sessions = sessionsOf(ledger, subject, today)
    if (sessions.length === 0) return { fault: 'nothing' }
    if (sessions.length > MOST_SESSIONS) return { fault: 'tooMany' }
    const students = studentsOf(ledger, subject, sessions)
    const asOf = asOfDate(subject, sessions, today)
    const entries = [...new Set(students.flatMap((id) => ledger.student(id)?.sameStudent ?? [id]))]
    const all = new Set([...sessions.map(({ id }) => id as string), ...openStudentSessions(log)(entries)])
    return {
      ...{ sessions: sessions.map(({ id }) => id), students, asOf },
      parts: openPacketParts(log).parts([...all], entries),
      through: { epoch: log.epoch, seq: log.head() },
    }
  })
}

const earlier = (a: SchoolDate, b: SchoolDate): SchoolDate => (a < b ? a : b)
const lastOf = ({ period, year, last = cutOff(period, year) }: PacketSubject & { kind: 'period' }): SchoolDate => last

/** Today, or the end of what the packet speaks of when that is over: figures begin anew with each fiscal year. */
function asOfDate(subject: PacketSubject, sessions: readonly SessionState[], today: SchoolDate): SchoolDate {
  if (subject.kind === 'period') return earlier(today, lastOf(subject))
  const years = sessions.map(({ on }) => fiscalYearOf(on))
  return earlier(today, fiscalYear(years.reduce((a, b) => Math.max(a, b))).last)
}

function sessionsOf(ledger: Ledger, subject: PacketSubject, today: SchoolDate): readonly SessionState[] {
  const wanted = subject.kind === 'sessions' ? new Set(subject.sessions) : undefined
  const isIn = (session: SessionState): boolean => {
    switch (subject.kind) {
      case 'period':
        return (
          session.on >= fiscalYear(subject.year).first &&
          session.on <= earlier(today, lastOf(subject)) &&
          (subject.site === null || session.site === subject.site)
        )
      case 'site':
        return session.site === subject.site && session.on >= subject.from && session.on <= subject.until
      case 'student':
        return (
          (subject.year === undefined || fiscalYearOf(session.on) === subject.year) &&
          (ledger.student(subject.student as StudentId)?.sameStudent ?? []).some((id) => session.students.has(id))
        )
      case 'sessions':
        return wanted?.has(session.id) ?? false
    }
  }
  return [...ledger.sessions()]
    .filter((session) => session.started && isIn(session))
    .sort((a, b) => a.window.from - b.window.from || (a.id < b.id ? -1 : 1))
}

function studentsOf(ledger: Ledger, subject: PacketSubject, sessions: readonly SessionState[]): readonly StudentId[] {
  const marked =
    subject.kind === 'student'
      ? [subject.student as StudentId]
      : sessions.flatMap((session) => [...session.students.values()].flatMap(({ student, marks }) => (marks.length > 0 ? [student] : [])))
  const once = new Set(marked.map((id) => ledger.student(id)?.sameStudent[0]).filter((id) => id !== undefined))
  const named = [...once].map((id) => {
    const student = ledger.student(id)?.student
    return { id, name: `${student?.last ?? ''} ${student?.first ?? ''} ${id}` }
  })
  return named.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ id }) => id)
}
