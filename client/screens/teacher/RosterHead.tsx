import type { SessionState } from '../../../shared/attendance/fold.ts'
import { recordSupervision } from '../../log/commands.ts'
import { topic } from '../../log/topics.ts'
import { useAccount, useDevice, useLedger } from '../../log/useAttendance.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import styles from './Roster.module.css'
import { SessionPaper } from './SessionPaper.tsx'

/** What, when and where a session is, who teaches, and what is wrong with it while it can be mended. */
export function RosterHead({ session }: { readonly session: SessionState }) {
  const words = useWords()
  const { store } = useDevice()
  const ledger = useLedger(topic.session(session.id))
  const account = useAccount()
  const zone = ledger.site(session.site)?.zone ?? store.zone()
  const time = (at: SessionState['window']['from']) => words.format.time(at, zone)
  const teachers = session.supervision
    .filter((shift) => shift.until === null || session.endedAt !== null)
    .map((shift) => ledger.staff(shift.staff)?.name ?? '')
  const amTeaching = session.supervision.some((shift) => shift.staff === account?.me.staff && shift.until === null)
  const facts = [
    words.format.date(session.on),
    session.room,
    words.teacher.windowOf(time(session.window.from), time(session.window.until)),
    words.format.list([...new Set(teachers)]),
  ]
  const { certification } = session
  return (
    <div className={styles.head}>
      <PageHeader title={session.title} sub={words.teacher.join(facts.filter((fact) => fact !== ''))} />
      <div className={styles.warnings}>
        <Warnings session={session} />
        {session.reason && <Banner>{words.teacher.recordedLater(session.reason)}</Banner>}
        {session.endedAt === null && account && !amTeaching && (
          <Banner
            actions={
              <Button onClick={() => recordSupervision(store, session, account.me.staff, 'SupervisionStarted')}>
                {words.teacher.takeOver}
              </Button>
            }
          >
            {words.teacher.takeOverText}
          </Banner>
        )}
        {session.endedAt !== null && certification.state === 'none' && <Banner>{words.teacher.reopenNote}</Banner>}
        {certification.state === 'certified' && (
          <Banner tone="good">{words.teacher.certifiedBy(certification.name, words.format.dateTime(certification.at, zone))}</Banner>
        )}
        {certification.state === 'stale' && <Banner tone="warn">{words.teacher.staleNote}</Banner>}
      </div>
      <SessionPaper session={session} />
    </div>
  )
}

function Warnings({ session }: { readonly session: SessionState }) {
  const words = useWords()
  const { store } = useDevice()
  const w = words.reasons.warnings
  const sentences = store.ledger.sessionWarnings(session.id).map((warning): string => {
    switch (warning.kind) {
      case 'ratioBreached':
        return w.ratioBreached(warning.pupils, warning.teachers, warning.most)
      case 'noCertificatedTeacher':
        return w.noCertificatedTeacher
      case 'insideSchoolDay':
        return w.insideSchoolDay
    }
  })
  if (session.needsUpdate > 0) sentences.push(w.needsUpdate(session.needsUpdate))
  return sentences.map((sentence) => (
    <Banner key={sentence} tone="warn" live="polite">
      {sentence}
    </Banner>
  ))
}
