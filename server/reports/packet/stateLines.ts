/** What of the packet's students stands in STAS 13.24 and in PADC line B-8: the end of the way that begins with minutes. */
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import { schoolFacts } from '../../../shared/attendance/studentFacts.ts'
import { hundredths, twoDecimals } from '../../../shared/report/fraction.ts'
import type { Packet } from '../../../shared/report/packet.ts'
import { gradeAt, groupBy, recoveredStudents } from '../../../shared/report/recovered.ts'
import { stasRows } from '../../../shared/report/stas.ts'
import { divisor, gradeSpan, type Period } from '../../../shared/rules/california/periods.ts'
import { fiscalYearOf, type SchoolDate } from '../../../shared/time.ts'
import type { Paper } from './paper.ts'

/** Writes both tables, of the packet's own students only. */
export function stateLines(paper: Paper, ledger: Ledger, packet: Pick<Packet, 'students' | 'subject' | 'asOf' | 'district'>): void {
  const own = new Set(packet.students.map(({ student }) => student))
  const { subject, asOf } = packet
  const [period, year, last]: readonly [Period, number, SchoolDate | undefined] =
    subject.kind === 'period' ? [subject.period, subject.year, subject.last] : ['Annual', fiscalYearOf(asOf), undefined]

  paper.heading('STAS 13.24, Attendance Recovery Days')
  const entries = new Set([...own].flatMap((id) => ledger.student(id as never)?.sameStudent ?? []))
  paper.table(
    [
      { head: 'SSID', share: 0.14 },
      { head: 'Student', share: 0.26 },
      { head: 'School', share: 0.3 },
      { head: 'School code', share: 0.12 },
      { head: 'Absences', share: 0.09, right: true },
      { head: 'Days', share: 0.09, right: true },
    ],
    stasRows(ledger, asOf)
      .filter((row) => entries.has(row.student))
      .map((row) => [
        row.ssid ?? 'none',
        `${row.last}, ${row.first}`,
        row.siteName,
        row.school ?? 'none',
        String(row.absences),
        String(row.days),
      ]),
  )

  paper.heading(`PADC line B-8, ${period}: the share of these students`)
  const shares = recoveredStudents(ledger, asOf)
    .filter(({ view }) => own.has(view.student.id))
    .flatMap((recovered) =>
      recovered.days.flatMap(({ site, recovers }) => {
        const grade = gradeAt(recovered, site, recovers)
        return grade === null ? [] : [{ site, span: gradeSpan(grade) }]
      }),
    )
  const groups = [...groupBy(shares, ({ site, span }) => `${span} ${site}`)].sort(([a], [b]) => (a < b ? -1 : 1))
  paper.table(
    [
      { head: 'Grade span', share: 0.16 },
      { head: 'School', share: 0.42 },
      { head: 'Days', share: 0.14, right: true },
      { head: 'Days taught', share: 0.14, right: true },
      { head: 'ADA', share: 0.14, right: true },
    ],
    groups.map(([, all]) => {
      const { site, span } = all[0] as (typeof shares)[number]
      const by = divisor(schoolFacts(site, ledger.site(site), packet.district.zone), period, year, last)
      const ada = by === 0 ? 'no calendar' : twoDecimals(hundredths({ over: all.length, by }))
      return [span, ledger.site(site)?.name ?? site, String(all.length), String(by), ada]
    }),
  )
  paper.say('The line is informational: these days are also inside the regular attendance, and are not added to it.')
}
