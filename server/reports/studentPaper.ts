/** One student's whole record on paper, for the family that asks: no other student is named in it. */
import type { Ledger } from '../../shared/attendance/ledger.ts'
import { as, type StudentId } from '../../shared/ids.ts'
import { instant, localTimeOf, type SchoolDate, schoolDateOf } from '../../shared/time.ts'
import type { openStudentExport } from '../people/studentExport.ts'
import { type Paper, paperBytes, stretchText } from './packet/paper.ts'

type Export = ReturnType<ReturnType<typeof openStudentExport>>

/** What was done with the record, as a family reads it; what has no words here is shown by its own name. */
const WHAT: Readonly<Record<string, string>> = {
  studentFile: 'Looked at the record',
  studentExport: 'Took this record as a file',
  roster: 'Looked at a list of students',
  rosterFile: 'Took a list of students as a file',
  device: 'A tablet was given the lists of its school',
  day: 'Looked at the day of a school',
  classes: 'Looked at class lists',
  stas: 'Looked at the state report',
  stasFile: 'Took the state report as a file',
  auditPacket: 'Took an audit packet',
  writeBackFile: 'Took a file for the information system',
  followUps: 'Looked at the follow-up list',
  setAside: 'Looked at entries set aside',
  classPage: 'Took the page of a session',
  checklist: 'Looked at the checklist of a period',
  periodStudents: 'Looked at the students behind a figure',
}

/** The PDF of an export, with the figures that a ledger of the whole district gives for it. */
export async function studentPaper(held: Export, ledger: Ledger, today: SchoolDate): Promise<Buffer> {
  const student = as<StudentId>(held.student)
  const view = ledger.student(student)
  const zone = ledger.district()?.zone ?? 'America/Los_Angeles'
  const when = (at: number): string => `${schoolDateOf(instant(at), zone)} ${localTimeOf(instant(at), zone)}`
  const school = (site: string): string => ledger.site(as(site))?.name ?? site
  const person = (staff: string): string => ledger.staff(as(staff))?.name ?? staff
  const name = view ? `${view.student.first} ${view.student.last}`.trim() : held.student
  const totals = ledger.judge(student, today)
  const explained = ledger.explain(student, today)

  const write = (paper: Paper): void => {
    paper.title(`Record of ${name}`)
    paper.say(`${held.district}. Everything that Recoup keeps of this student, made on ${when(held.madeAt)}. Times are those of ${zone}.`)
    paper.facts([
      ['Local number', view?.student.localId ?? ''],
      ['Statewide identifier', view?.student.ssid ?? 'none'],
      ['Setting', view?.student.setting ?? ''],
      ['Minutes by an IEP', view?.student.iepMinutes === null ? 'none' : String(view?.student.iepMinutes ?? '')],
      ['Days earned', String(totals.earnedDays)],
      ['Days claimed', String(totals.claimableDays)],
    ])
    paper.heading('Enrollments')
    paper.table(
      [
        { head: 'School', share: 0.5 },
        { head: 'Grade', share: 0.1 },
        { head: 'From', share: 0.2 },
        { head: 'Until', share: 0.2 },
      ],
      (view?.enrollments ?? []).map(({ site, grade, from, until }) => [school(site), grade, from, until ?? '']),
    )
    paper.heading('Absences')
    paper.table(
      [
        { head: 'Date', share: 0.2 },
        { head: 'School', share: 0.4 },
        { head: 'Kind', share: 0.2 },
        { head: 'Code', share: 0.2 },
      ],
      (view?.absences ?? []).map(({ on, site, kind, code }) => [on, school(site), kind, code]),
    )
    paper.heading('Sessions attended')
    paper.table(
      [
        { head: 'Date', share: 0.12 },
        { head: 'School', share: 0.24 },
        { head: 'In and out', share: 0.34, wrap: true },
        { head: 'Present', share: 0.1, right: true },
        { head: 'Counted', share: 0.1, right: true },
        { head: 'Certified', share: 0.1 },
      ],
      ledger.sessionsOf(student).map((session) => {
        const spans = [...session.students.values()]
          .filter((one) => view?.sameStudent.includes(one.student))
          .flatMap(({ intervals }) => intervals)
          .map((stretch) => stretchText(stretch, zone))
        const { minutesPresent, minutesCounted } = ledger.sessionCredit(session.id, student)
        const { state } = session.certification
        return [session.on, school(session.site), spans.join(', '), String(minutesPresent), String(minutesCounted), state]
      }),
    )
    paper.heading('Days earned, and the absences they recover')
    paper.table(
      [
        { head: 'Earned on', share: 0.3 },
        { head: 'Recovers the absence of', share: 0.7 },
      ],
      explained.days.map((day) => [day.earnedOn, day.recovers ?? '']),
    )
    paper.heading('Written while following up')
    paper.table(
      [
        { head: 'When', share: 0.2 },
        { head: 'By', share: 0.2 },
        { head: 'Kind', share: 0.12 },
        { head: 'What', share: 0.48, wrap: true },
      ],
      held.followUps.map((one) => [when(one.at), person(one.by), one.kind, one.text]),
    )
    paper.heading('Who was shown this record, or took it away')
    paper.table(
      [
        { head: 'When', share: 0.22 },
        { head: 'Who', share: 0.3 },
        { head: 'What', share: 0.48 },
      ],
      held.disclosures.map((one) => [when(one.at), one.name || one.person, WHAT[one.what] ?? one.what]),
    )
    paper.say(
      `Corrections (${held.events.filter(isVoid).length}), earlier versions of each record (${held.versions.length}) and entries set aside (${held.setAside.length}) are in the file for machines, with their reasons.`,
    )
  }
  const foot = `${held.district} · record of one student · log position ${held.through.seq}`
  return paperBytes(`Record of ${name}`, instant(held.madeAt), foot, write)
}

const isVoid = (event: unknown): boolean => typeof event === 'object' && event !== null && 'type' in event && event.type === 'EventVoided'
