/** The packet as an auditor reads it: first what it is and how to check it, then each session, then each student, then the law. */
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import { PacketEvidence } from '../../../shared/evidence/packet.ts'
import { as, type StudentId } from '../../../shared/ids.ts'
import { type Packet, packetLedger } from '../../../shared/report/packet.ts'
import type { SourceKey } from '../../../shared/rules/law.ts'
import { SOURCES } from '../../../shared/rules/law.ts'
import { localTimeOf, schoolDateOf } from '../../../shared/time.ts'
import type { Pace } from '../pace.ts'
import { openPaper, type Paper } from './paper.ts'
import { sessionPage } from './sessionPage.ts'
import { stateLines } from './stateLines.ts'

/** The pages, made from the packet alone: the same packet gives the same bytes.
 *  @param progress how many of the pages' parts are done */
export async function packetPdf(
  packet: Packet,
  pace: Pace,
  progress: (done: number, of: number) => void = () => undefined,
): Promise<Buffer> {
  const ledger = packetLedger(packet)
  const sessions = packet.sessions.map((id) => ledger.session(as(id))).filter((session) => session !== undefined)
  const students = packet.students.map(({ student }) => as<StudentId>(student))
  const paper = openPaper(`Audit packet, ${packet.district.name}`, packet.made.at as Parameters<typeof openPaper>[1])
  cover(paper, ledger, packet, sessions)
  const of = sessions.length + students.length
  const receipts = new Map(packet.events.map(({ text, receipt, seq }) => [(JSON.parse(text) as { id: string }).id, { receipt, seq }]))
  for (const [i, session] of sessions.entries()) {
    paper.newPage()
    sessionPage(paper, ledger, session, receipts)
    progress(i + 1, of)
    await pace()
  }
  paper.newPage()
  paper.title('From minutes to days')
  for (const [i, student] of students.entries()) {
    studentPart(paper, ledger, packet, student)
    progress(sessions.length + i + 1, of)
    await pace()
  }
  paper.newPage()
  stateLines(paper, ledger, packet)
  lawPart(paper, ledger, packet)
  const { zone } = packet.district
  const at = packet.made.at as Parameters<typeof openPaper>[1]
  return paper.done(
    `${packet.district.name} · audit packet · log position ${packet.through.seq} · made ${schoolDateOf(at, zone)} ${localTimeOf(at, zone)}`,
  )
}

function subjectOf(ledger: Ledger, { subject }: Packet): string {
  const siteName = (id: string | null): string => (id === null ? 'all schools' : (ledger.site(as(id))?.name ?? id))
  switch (subject.kind) {
    case 'period':
      return `${subject.period} of ${subject.year}-${subject.year + 1}, ${siteName(subject.site)}`
    case 'site':
      return `${siteName(subject.site)}, ${subject.from} to ${subject.until}`
    case 'student': {
      const student = ledger.student(as(subject.student))?.student
      return student ? `${student.last}, ${student.first} (${student.localId})` : subject.student
    }
    case 'sessions':
      return `${subject.sessions.length} sessions chosen one by one`
  }
}

function cover(paper: Paper, ledger: Ledger, packet: Packet, sessions: readonly SessionState[]): void {
  const { zone } = packet.district
  const made = packet.made.at as Parameters<typeof schoolDateOf>[0]
  paper.title(`Audit packet: ${subjectOf(ledger, packet)}`)
  paper.facts([
    ['District', packet.district.name],
    ['Reporting LEA', packet.district.lea ?? 'not set'],
    ['Made', `${schoolDateOf(made, zone)} ${localTimeOf(made, zone)}`],
    ['By', packet.made.by],
    ['Figures as of', packet.asOf],
    ['Rules', packet.rules],
    ['Log position', String(packet.through.seq)],
    ['Epoch', packet.through.epoch],
    ['Sessions', String(sessions.length)],
    ['Students', String(packet.students.length)],
    ['Events', String(packet.events.length)],
    ['Receipts', String(packet.receipts.length)],
  ])
  paper.say(
    'This paper is for reading. The file beside it (.json) holds the same facts as they were recorded: every event as the tablet wrote it, the receipts the server signed, and a signed checkpoint of the whole log. The command "recoup verify FILE" checks, without the district’s server, that none of it was changed, that every event follows from the one its tablet recorded before, and that the totals are those the events give.',
  )
  paper.say(`Key of the receipts and of the checkpoint (Ed25519): ${packet.receiptKey}`)
  const evidence = PacketEvidence.safeParse(packet.checkpoint)
  if (evidence.success)
    paper.say(`Signed checkpoint of the log: ${evidence.data.checkpoint.body} Signature: ${evidence.data.checkpoint.signature}`)
  paper.heading('Days of attendance')
  paper.table(
    [
      { head: 'Student', share: 0.24 },
      { head: 'Number', share: 0.11 },
      { head: 'SSID', share: 0.13 },
      { head: 'Minutes left', share: 0.16, right: true },
      { head: 'Absences', share: 0.1, right: true },
      { head: 'Earned', share: 0.09, right: true },
      { head: 'Claimed', share: 0.09, right: true },
      { head: 'Banked', share: 0.08, right: true },
    ],
    packet.students.map((one) => [
      `${one.last}, ${one.first}`,
      one.localId,
      one.ssid ?? '',
      ...[one.minutes, one.eligibleAbsences, one.earnedDays, one.claimableDays, one.bankedDays].map(String),
    ]),
  )
  const sum = (of: 'earnedDays' | 'claimableDays' | 'bankedDays'): number => packet.students.reduce((total, one) => total + one[of], 0)
  paper.say(
    `Together: ${sum('earnedDays')} days earned, ${sum('claimableDays')} claimed, ${sum('bankedDays')} banked. The claimed days are those that stand in STAS 13.24 and, divided by the days taught, in PADC line B-8.`,
  )
}

function studentPart(paper: Paper, ledger: Ledger, { asOf }: Packet, id: StudentId): void {
  const student = ledger.student(id)?.student
  if (!student) return
  const why = ledger.explain(id, asOf)
  const siteOf = (site: string | null): string => (site === null ? '' : (ledger.site(as(site))?.name ?? site))
  paper.heading(`${student.last}, ${student.first} (${student.localId})`)
  paper.say(`${why.minutesPresent} minutes present, ${why.minutesCounted} counted, ${why.minutesNotCounted} not counted. As of ${asOf}.`)
  if (why.days.length > 0)
    paper.table(
      [
        { head: 'Earned on', share: 0.12 },
        { head: 'Minimum day', share: 0.11, right: true },
        { head: 'Made of (date and minutes)', share: 0.36, wrap: true },
        { head: 'Recovers', share: 0.14 },
        { head: 'At school', share: 0.27 },
      ],
      why.days.map((day) => [
        day.earnedOn,
        String(day.minimumMinutes),
        day.made.map((part) => `${part.on} ${part.minutes}`).join(', '),
        day.recovers ?? 'none yet: banked',
        siteOf(day.school),
      ]),
    )
  if (why.notCounted.length > 0)
    paper.table(
      [
        { head: 'Not counted on', share: 0.14 },
        { head: 'Minutes', share: 0.1, right: true },
        { head: 'Reason', share: 0.2 },
        { head: 'On the word of', share: 0.56 },
      ],
      [...why.notCounted]
        .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
        .map((each) => [each.on, String(each.minutes), spaced(each.reason), each.cites.map((cite) => SOURCES[cite].pin).join('; ')]),
    )
}

/** `missingCheckOut` as words. */
const spaced = (word: string): string => word.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

function lawPart(paper: Paper, ledger: Ledger, packet: Packet): void {
  paper.heading('Policy and law in force')
  const policy = ledger.policyOn(packet.asOf)
  paper.facts(
    Object.entries(policy)
      .filter(([name, value]) => typeof value !== 'object' && name !== 'why')
      .map(([name, value]) => [
        spaced(name),
        typeof value === 'boolean' ? (value ? 'yes' : 'no') : /^[a-z]+[A-Z]/.test(String(value)) ? spaced(String(value)) : String(value),
      ]),
  )
  if ('why' in policy && typeof policy.why === 'string') paper.say(`Decided because: ${policy.why}`)
  paper.table(
    [
      { head: 'Source', share: 0.32, wrap: true },
      { head: 'Read on', share: 0.1 },
      { head: 'Link', share: 0.58, wrap: true },
    ],
    packet.law.map((each) => [each.cite, each.read, each.link]),
  )
  for (const key of [
    'EC 46211 yearly most',
    'EC 46211 ratio',
    'EC 46211 supervision',
    'CDE FAQ hours',
    'CDE FAQ daily',
  ] satisfies SourceKey[])
    paper.say(`${SOURCES[key].pin}: ${SOURCES[key].says}`)
}
