/** The packet as an auditor reads it: first what it is and how to check it, then each session, then each student, then the law. */
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import type { Checkpoint } from '../../../shared/evidence/checkpoint.ts'
import { as, type StudentId } from '../../../shared/ids.ts'
import type { Packet } from '../../../shared/report/packet.ts'
import { groupBy } from '../../../shared/report/recovered.ts'
import { academicYear } from '../../../shared/report/stas.ts'
import type { SourceKey } from '../../../shared/rules/law.ts'
import { SOURCES } from '../../../shared/rules/law.ts'
import { fiscalYearOf, instant, localTimeOf, schoolDateOf } from '../../../shared/time.ts'
import type { Pace } from '../pace.ts'
import { openPaper, type Paper } from './paper.ts'
import type { Out } from './pdfPages.ts'
import { sessionPage } from './sessionPage.ts'
import { stateLines } from './stateLines.ts'

/** What the paper is made of, beside the ledger of the packet's own facts. */
export interface PaperFacts extends Omit<Packet, 'events' | 'receipts' | 'records' | 'checkpoint'> {
  readonly checkpoint: Checkpoint
  /** How many there are in the file. */
  readonly events: number
  readonly receipts: number
  /** Of the events of the sessions shown: which receipt acknowledged each, and its place in the log. */
  readonly receiptOf: Map<string, { readonly receipt: string; readonly seq: number }>
}

/** Hands out the pages as they are filled. The same facts give the same bytes.
 *  @param progress how many of the pages' parts are done */
export async function packetPdf(
  packet: PaperFacts,
  ledger: Ledger,
  out: Out,
  pace: Pace,
  progress: (done: number, of: number) => void = () => undefined,
): Promise<void> {
  const sessions = packet.sessions.map((id) => ledger.session(as(id))).filter((session) => session !== undefined)
  const students = packet.students.map(({ student }) => as<StudentId>(student))
  const { zone, name } = packet.district
  const at = instant(packet.made.at)
  const foot = `${name} · audit packet · log position ${packet.through.seq} · made ${schoolDateOf(at, zone)} ${localTimeOf(at, zone)}`
  const paper = openPaper(`Audit packet, ${name}`, at, foot, out)
  cover(paper, ledger, packet, sessions)
  const of = sessions.length + students.length
  for (const [i, session] of sessions.entries()) {
    paper.newPage()
    sessionPage(paper, ledger, session, packet.receiptOf)
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
  await paper.done()
}

function subjectOf(ledger: Ledger, { subject }: PaperFacts): string {
  const siteName = (id: string | null): string => (id === null ? 'all schools' : (ledger.site(as(id))?.name ?? id))
  switch (subject.kind) {
    case 'period':
      return `${subject.period} of ${subject.year}-${subject.year + 1}, ${siteName(subject.site)}`
    case 'site':
      return `${siteName(subject.site)}, ${subject.from} to ${subject.until}`
    case 'student': {
      const student = ledger.student(as(subject.student))?.student
      const name = student ? `${student.last}, ${student.first} (${student.localId})` : subject.student
      return subject.year === undefined ? name : `${name}, ${subject.year}-${subject.year + 1}`
    }
    case 'sessions':
      return `${subject.sessions.length} sessions chosen one by one`
  }
}

function cover(paper: Paper, ledger: Ledger, packet: PaperFacts, sessions: readonly SessionState[]): void {
  const { zone } = packet.district
  const made = instant(packet.made.at)
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
    ['Events', String(packet.events)],
    ['Receipts', String(packet.receipts)],
  ])
  if (new Set(sessions.map(({ on }) => fiscalYearOf(on))).size > 1)
    paper.say(
      `These sessions are of several school years. The figures are those of ${academicYear(packet.asOf)} alone: no minute, day or absence crosses a year.`,
    )
  paper.say(
    'This paper is for reading. The file beside it (.json) holds the same facts as they were recorded: every event as the tablet wrote it, the receipts the server signed, and a signed checkpoint of the whole log. The command "recoup verify FILE" checks, without the district’s server, that none of it was changed, that every event follows from the one its tablet recorded before, and that the totals are those the events give.',
  )
  paper.say(`Key of the receipts and of the checkpoint (Ed25519): ${packet.receiptKey}`)
  paper.say(`Signed checkpoint of the log: ${packet.checkpoint.body} Signature: ${packet.checkpoint.signature}`)
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

function studentPart(paper: Paper, ledger: Ledger, { asOf }: PaperFacts, id: StudentId): void {
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
        { head: 'Minimum day', share: 0.13, right: true },
        { head: 'Made of (date and minutes)', share: 0.34, wrap: true },
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
  const byReason = groupBy(
    [...why.notCounted].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
    ({ reason, cites }) => `${reason} ${cites.join(' ')}`,
  )
  if (byReason.size > 0)
    paper.table(
      [
        { head: 'Not counted', share: 0.16 },
        { head: 'On the word of', share: 0.26, wrap: true },
        { head: 'Minutes', share: 0.08, right: true },
        { head: 'Of them (date and minutes)', share: 0.5, wrap: true },
      ],
      [...byReason.values()].map((each) => [
        spaced(each[0]?.reason ?? ''),
        (each[0]?.cites ?? []).map((cite) => SOURCES[cite].pin).join('; '),
        String(each.reduce((sum, { minutes }) => sum + minutes, 0)),
        each.map(({ on, minutes }) => `${on} ${minutes}`).join(', '),
      ]),
    )
}

/** `missingCheckOut` as words. */
const spaced = (word: string): string => word.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

function lawPart(paper: Paper, ledger: Ledger, packet: PaperFacts): void {
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
