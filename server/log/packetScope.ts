/** Which students and sessions an audit packet rests on, found without folding the log. */
import type { PacketSubject } from '../../shared/report/packet.ts'
import { cutOff } from '../../shared/rules/california/periods.ts'
import { fiscalYear } from '../../shared/time.ts'
import type { Log } from './log.ts'
import { openStudentSessions } from './studentLedger.ts'

interface Between {
  readonly site: string | null
  readonly from: string
  readonly until: string
  readonly limit: number
}

/** Gives the sessions of a subject, up to a limit. Some may turn out to be of another day, or without a mark. */
export function openPacketScope({ db }: Pick<Log, 'db'>): (subject: PacketSubject, limit: number) => readonly string[] {
  const started = db
    .prepare<Between, string>(
      `SELECT id FROM session s WHERE (@site IS NULL OR site = @site) AND EXISTS (
         SELECT 1 FROM event e WHERE e.session = s.id AND json_extract(e.body, '$.type') = 'SessionStarted'
           AND json_extract(e.body, '$.on') BETWEEN @from AND @until)
       LIMIT @limit`,
    )
    .pluck()
  const ofStudents = openStudentSessions({ db })

  return (subject, limit) => {
    switch (subject.kind) {
      case 'student':
        return ofStudents([subject.student])
      case 'sessions':
        return subject.sessions
      case 'site':
        return started.all({ site: subject.site, from: subject.from, until: subject.until, limit })
      case 'period': {
        const { period, site, year, last = cutOff(period, year) } = subject
        return started.all({ site, from: fiscalYear(year).first, until: last, limit })
      }
    }
  }
}
