/** Which students and sessions an audit packet rests on, found without folding the log. */
import type { PacketSubject } from '../../shared/report/packet.ts'
import { cutOff } from '../../shared/rules/california/periods.ts'
import { fiscalYear } from '../../shared/time.ts'
import type { Log } from './log.ts'
import type { Wanted } from './studentLedger.ts'

interface Between {
  readonly site: string | null
  readonly from: string
  readonly until: string
  readonly limit: number
}

/** Gives the sessions of a subject, up to a limit, with everybody who was in them. Some may turn out to be of another day. */
export function openPacketScope({ db }: Pick<Log, 'db'>): (subject: PacketSubject, limit: number) => Wanted {
  const started = db
    .prepare<Between, string>(
      `SELECT id FROM session s WHERE (@site IS NULL OR site = @site) AND EXISTS (
         SELECT 1 FROM event e WHERE e.session = s.id AND json_extract(e.body, '$.type') = 'SessionStarted'
           AND json_extract(e.body, '$.on') BETWEEN @from AND @until)
       LIMIT @limit`,
    )
    .pluck()
  const studentsIn = db
    .prepare<[string], string>('SELECT DISTINCT student FROM session_student WHERE session IN (SELECT value FROM json_each(?))')
    .pluck()

  function sessionsOf(subject: PacketSubject, limit: number): readonly string[] {
    switch (subject.kind) {
      case 'student':
        return []
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
  return (subject, limit) => {
    const sessions = sessionsOf(subject, limit)
    return { sessions, students: subject.kind === 'student' ? [subject.student] : studentsIn.all(JSON.stringify(sessions)) }
  }
}
