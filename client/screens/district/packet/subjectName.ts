import { as, type SiteId, type StudentId } from '../../../../shared/ids.ts'
import type { PacketSubject } from '../../../../shared/report/packet.ts'
import { topic } from '../../../log/topics.ts'
import { useLedger } from '../../../log/useAttendance.ts'
import { useWords } from '../../../words/index.ts'

/** What a packet is for, in words. */
export function useSubjectName(): (subject: PacketSubject) => string {
  const words = useWords()
  const w = words.reports.packets
  const ledger = useLedger(topic.sessions)
  const site = (id: string | null): string => (id === null ? w.allSites : (ledger.site(as<SiteId>(id))?.name ?? id))
  return (subject) => {
    switch (subject.kind) {
      case 'period':
        return w.names.period(words.periods.periodNames[subject.period], words.periods.yearName(subject.year), site(subject.site))
      case 'site':
        return w.names.site(site(subject.site), words.format.dateWithYear(subject.from), words.format.dateWithYear(subject.until))
      case 'student': {
        const student = ledger.student(as<StudentId>(subject.student))?.student
        return student ? `${student.last}, ${student.first}` : subject.student
      }
      case 'sessions':
        return w.names.sessions(subject.sessions.length)
    }
  }
}
