/** A session as its class page: who taught, who was there and when, what was corrected, the ratio, and lines for signing by hand. */
import type { SessionState, TrailEntry } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import { as, type StaffId } from '../../../shared/ids.ts'
import { ratioTrail } from '../../../shared/report/ratioTrail.ts'
import { type Instant, localTimeOf, schoolDateOf } from '../../../shared/time.ts'
import { type Paper, stretchText } from './paper.ts'

/** Which receipt acknowledged an event, and its place in the log. */
export type Receipts = ReadonlyMap<string, { readonly receipt: string; readonly seq: number }>

export function sessionPage(paper: Paper, ledger: Ledger, session: SessionState, receipts: Receipts): void {
  const site = ledger.site(session.site)
  const zone = site?.zone ?? ledger.district()?.zone ?? 'America/Los_Angeles'
  const time = (at: Instant | null): string => (at === null ? '' : localTimeOf(at, zone))
  const staffName = (id: StaffId): string => ledger.staff(id)?.name ?? id
  paper.title(`${session.title || 'Session'}, ${session.on}`)
  const { certification } = session
  paper.facts([
    ['School', site?.name ?? session.site],
    ['Room', session.room],
    ['Window', `${time(session.window.from)} to ${time(session.window.until)}`],
    ['Recorded', `${time(session.startedAt)} to ${time(session.endedAt) || 'not ended'}`],
    ['Certified', certification.state === 'none' ? 'no' : `${certification.state}: ${certification.name}`],
    ['At', certification.state === 'none' ? '' : `${schoolDateOf(certification.at, zone)} ${time(certification.at)}`],
    ...(session.reason === undefined ? [] : [['Recorded later because', session.reason] as const]),
  ])

  paper.heading('Supervision')
  paper.table(
    [
      { head: 'Employee', share: 0.36 },
      { head: 'Certificated', share: 0.16 },
      { head: 'Employee of the LEA', share: 0.2 },
      { head: 'From', share: 0.14 },
      { head: 'Until', share: 0.14 },
    ],
    session.supervision.map(({ staff, from, until }) => {
      const person = ledger.staff(staff)
      return [
        staffName(staff),
        person?.certificated ? 'yes' : 'no',
        person?.employee ? 'yes' : 'no',
        time(from),
        time(until) || 'not ended',
      ]
    }),
  )

  paper.heading('Students')
  paper.table(
    [
      { head: 'Student', share: 0.28 },
      { head: 'Number', share: 0.12 },
      { head: 'Grade', share: 0.07 },
      { head: 'In and out', share: 0.33 },
      { head: 'Present', share: 0.1, right: true },
      { head: 'Counted', share: 0.1, right: true },
    ],
    [...session.students.values()]
      .filter(({ marks }) => marks.length > 0)
      .map((present) => {
        const view = ledger.student(present.student)
        const credit = ledger.sessionCredit(session.id, present.student)
        const name = view
          ? `${view.student.last}, ${view.student.first}`
          : (session.walkIns.find((one) => one.student === present.student)?.name ?? '')
        const grade = (ledger.enrollmentOn(present.student, session.on) ?? view?.enrollments.at(-1))?.grade ?? ''
        const spans = present.intervals.map((stretch) => stretchText(stretch, zone)).join(', ')
        return [name, view?.student.localId ?? '', grade, spans, String(credit.minutesPresent), String(credit.minutesCounted)]
      })
      .sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
  )

  paper.heading('Students for each certificated teacher, by the minute')
  paper.table(
    [
      { head: 'From', share: 0.14 },
      { head: 'Until', share: 0.14 },
      { head: 'Students', share: 0.14, right: true },
      { head: 'Teachers', share: 0.14, right: true },
      { head: 'Most', share: 0.14, right: true },
      { head: '', share: 0.3 },
    ],
    ratioTrail(ledger, session).map((part) => [
      time(part.from),
      time(part.until),
      String(part.students),
      String(part.teachers),
      Number.isFinite(part.most) ? String(part.most) : '',
      part.breached ? '   exceeded' : '',
    ]),
  )

  paper.heading('Everything that was recorded')
  // The class page is made of the records alone: it has no places in the log and no receipts to show.
  const isProved = receipts.size > 0
  const all = [
    { head: 'Place', share: 0.08, right: true },
    { head: 'What', share: isProved ? 0.14 : 0.2 },
    { head: 'Whom', share: isProved ? 0.22 : 0.26, wrap: true },
    { head: 'At', share: 0.07 },
    { head: 'Entered', share: 0.14 },
    { head: 'By', share: isProved ? 0.15 : 0.2 },
    { head: 'Device', share: isProved ? 0.09 : 0.13 },
    { head: 'Receipt', share: 0.11 },
  ]
  const shown = (_: unknown, i: number): boolean => isProved || (i > 0 && i < all.length - 1)
  paper.table(
    all.filter(shown),
    session.events.map((entry) => trailRow(ledger, entry, receipts, zone).filter(shown)),
  )
  const corrections = session.events.flatMap(({ event, voidedBy }) => (voidedBy ? [{ event, voidedBy }] : []))
  if (corrections.length > 0) {
    paper.heading('Corrections')
    paper.table(
      [
        { head: 'Taken back', share: 0.3 },
        { head: 'Reason', share: 0.35 },
        { head: 'Document', share: 0.2 },
        { head: 'By', share: 0.15 },
      ],
      corrections.map(({ event, voidedBy }) => [
        `${nameOf(event.type)} ${time(event.at)}`,
        voidedBy.reason,
        voidedBy.documentation ?? '',
        staffName(voidedBy.actor),
      ]),
    )
  }
  paper.signatures(['Certificated teacher: I certify that these students were here under my supervision.', 'Administrator'])
}

/** What an auditor calls it; the name that the file has, for what this build does not know. */
const NAMES: Readonly<Record<string, string>> = {
  SessionStarted: 'Session started',
  SupervisionStarted: 'Teacher came',
  SupervisionEnded: 'Teacher left',
  StudentCheckedIn: 'Check-in',
  StudentCheckedOut: 'Check-out',
  StudentNoted: 'Note',
  EventVoided: 'Taken back',
  SessionEnded: 'Session ended',
  SessionCertified: 'Certified',
  WalkInAdded: 'Walk-in added',
  WalkInMatched: 'Walk-in matched',
  ReviewDecided: 'Review decided',
}
const nameOf = (type: string): string => NAMES[type] ?? type

function trailRow(ledger: Ledger, { event, voidedBy }: TrailEntry, receipts: Receipts, zone: string): string[] {
  const student = 'student' in event && typeof event.student === 'string' ? ledger.student(as(event.student))?.student : undefined
  const staff = 'staff' in event && typeof event.staff === 'string' ? ledger.staff(as(event.staff))?.name : undefined
  const { receipt, seq } = receipts.get(event.id) ?? { receipt: '', seq: 0 }
  const entered = `${schoolDateOf(event.recordedAt, zone)} ${localTimeOf(event.recordedAt, zone)}`
  return [
    seq === 0 ? '' : String(seq),
    ` ${nameOf(event.type)}${voidedBy ? ' (taken back)' : ''}`,
    student ? `${student.last}, ${student.first}` : (staff ?? ''),
    localTimeOf(event.at, zone),
    entered,
    ledger.staff(event.actor)?.name ?? event.actor,
    event.device.slice(-8),
    receipt.slice(-12),
  ]
}
