/** What goes into an audit packet: the sessions asked for, the students in them, and everything on which their totals rest. */
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import type { StudentId } from '../../../shared/ids.ts'
import type { Packet, PacketStudent, PacketSubject } from '../../../shared/report/packet.ts'
import { cutOff } from '../../../shared/rules/california/periods.ts'
import { SOURCES } from '../../../shared/rules/law.ts'
import { RULES_VERSION } from '../../../shared/rules/version.ts'
import { totalsDigest } from '../../../shared/sync/digest.ts'
import { fiscalYear, type SchoolDate } from '../../../shared/time.ts'
import type { Context } from '../../context.ts'
import { openPacketParts, type PacketParts } from '../../log/packetParts.ts'
import { openPacketScope } from '../../log/packetScope.ts'
import { openStudentLedger } from '../../log/studentLedger.ts'
import type { Pace } from '../pace.ts'

/** More sessions than a person would look through are a packet of their own each. */
export const MOST_SESSIONS = 2000

export type GatherFault = { readonly fault: 'nothing' | 'tooMany' }

interface Read {
  readonly ledger: Ledger
  readonly sessions: readonly SessionState[]
  readonly subjects: readonly StudentId[]
  readonly parts: PacketParts
  readonly through: Packet['through']
}

type Progress = (done: number, of: number) => void

/** Gathers a packet and seals it. For a command, that nobody waits behind. */
export async function gatherPacket(context: Context, subject: PacketSubject, by: string, today: SchoolDate): Promise<Packet | GatherFault> {
  const packet = await gatherFacts(context, subject, by, today, async () => undefined)
  return 'fault' in packet ? packet : context.sealPacket(packet)
}

/** Gathers a packet, in turns; it is still to be sealed. `by` is the name of who asked. */
export async function gatherFacts(
  { log, receiptKey }: Pick<Context, 'log' | 'receiptKey'>,
  subject: PacketSubject,
  by: string,
  today: SchoolDate,
  pace: Pace,
  progress: Progress = () => undefined,
): Promise<Packet | GatherFault> {
  const asOf = asOfDate(subject, today)
  // What is shown, its totals and the place in the log are of one moment: nothing is read that came later.
  const read = log.read((): GatherFault | Read => {
    const wanted = openPacketScope(log)(subject, MOST_SESSIONS + 1)
    if ((wanted.sessions?.length ?? 0) > MOST_SESSIONS) return { fault: 'tooMany' }
    const ledger = openStudentLedger(log)(wanted)
    const sessions = sessionsOf(ledger, subject, asOf)
    if (sessions.length === 0) return { fault: 'nothing' }
    if (sessions.length > MOST_SESSIONS) return { fault: 'tooMany' }
    const subjects = studentsOf(ledger, subject, sessions)
    const entries = [...new Set(subjects.flatMap((id) => ledger.student(id)?.sameStudent ?? [id]))]
    const all = new Set(sessions.map(({ id }) => id))
    for (const id of entries) for (const session of ledger.sessionsOf(id)) all.add(session.id)
    const parts = openPacketParts(log)([...all], entries)
    return { ledger, sessions, subjects, parts, through: { epoch: log.epoch, seq: log.head() } }
  })
  if ('fault' in read) return read
  const { ledger, sessions, subjects, parts, through } = read
  for (const [i, id] of subjects.entries()) {
    ledger.judge(id, asOf)
    progress(i + 1, subjects.length)
    await pace()
  }
  const district = ledger.district()
  return {
    kind: 'recoup-audit-packet',
    version: 1,
    district: { name: district?.name ?? '', lea: district?.lea ?? null, zone: district?.zone ?? '' },
    made: { at: log.sources.now(), by },
    through,
    subject,
    asOf,
    rules: RULES_VERSION,
    sessions: sessions.map(({ id }) => id),
    ...parts,
    receiptKey: receiptKey.publicKey,
    students: subjects.map((id) => studentIn(ledger, id, asOf)),
    law: Object.entries(SOURCES).map(([key, { pin, says, link, read: readOn }]) => ({ key, cite: pin, says, link, read: readOn })),
    checkpoint: null,
  }
}

function asOfDate(subject: PacketSubject, today: SchoolDate): SchoolDate {
  if (subject.kind !== 'period') return today
  const { period, year, last = cutOff(period, year) } = subject
  return today < last ? today : last
}

function sessionsOf(ledger: Ledger, subject: PacketSubject, asOf: SchoolDate): readonly SessionState[] {
  const wanted = subject.kind === 'sessions' ? new Set(subject.sessions) : undefined
  const isIn = (session: SessionState): boolean => {
    switch (subject.kind) {
      case 'period':
        return (
          session.on >= fiscalYear(subject.year).first && session.on <= asOf && (subject.site === null || session.site === subject.site)
        )
      case 'site':
        return session.site === subject.site && session.on >= subject.from && session.on <= subject.until
      case 'student':
        return (ledger.student(subject.student as StudentId)?.sameStudent ?? []).some((id) => session.students.has(id))
      case 'sessions':
        return wanted?.has(session.id) ?? false
    }
  }
  return [...ledger.sessions()]
    .filter((session) => session.started && isIn(session))
    .sort((a, b) => a.window.from - b.window.from || (a.id < b.id ? -1 : 1))
}

/** The students whose figures the packet states, each once, by name. */
function studentsOf(ledger: Ledger, subject: PacketSubject, sessions: readonly SessionState[]): readonly StudentId[] {
  const marked =
    subject.kind === 'student'
      ? [subject.student as StudentId]
      : sessions.flatMap((session) => [...session.students.values()].flatMap(({ student, marks }) => (marks.length > 0 ? [student] : [])))
  const once = new Set(marked.map((id) => ledger.student(id)?.sameStudent[0]).filter((id) => id !== undefined))
  const name = (id: StudentId): string => {
    const student = ledger.student(id)?.student
    return `${student?.last ?? ''} ${student?.first ?? ''} ${id}`
  }
  return [...once].sort((a, b) => (name(a) < name(b) ? -1 : 1))
}

function studentIn(ledger: Ledger, id: StudentId, asOf: SchoolDate): PacketStudent {
  const totals = ledger.judge(id, asOf)
  const student = ledger.student(id)?.student
  return {
    student: id,
    last: student?.last ?? '',
    first: student?.first ?? '',
    localId: student?.localId ?? '',
    ssid: student?.ssid ?? null,
    digest: totalsDigest(totals),
    minutes: totals.minutes,
    earnedDays: totals.earnedDays,
    eligibleAbsences: totals.eligibleAbsences,
    claimableDays: totals.claimableDays,
    bankedDays: totals.bankedDays,
    days: totals.days.map(({ earnedOn, path, recovers, school }) => ({ earnedOn, path, recovers, school })),
  }
}
