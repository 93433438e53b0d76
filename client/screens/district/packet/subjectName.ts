import type { PacketJob } from '../../../../shared/api/packets.ts'
import { useWords } from '../../../words/index.ts'
import { useSchools } from '../useSchools.ts'

/** What a packet is for, in words. */
export function useSubjectName(): (job: PacketJob) => string {
  const words = useWords()
  const w = words.reports.packets
  const schools = useSchools()
  const site = (id: string | null): string => (id === null ? w.allSites : (schools.find((school) => school.id === id)?.name ?? id))
  return ({ subject, student }) => {
    switch (subject.kind) {
      case 'period':
        return w.names.period(words.periods.periodNames[subject.period], words.periods.yearName(subject.year), site(subject.site))
      case 'site':
        return w.names.site(site(subject.site), words.format.dateWithYear(subject.from), words.format.dateWithYear(subject.until))
      case 'student':
        return subject.year === undefined ? student : `${student}, ${words.periods.yearName(subject.year)}`
      case 'sessions':
        return w.names.sessions(subject.sessions.length)
    }
  }
}
