import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { SignedIn } from '../../../shared/api/people.ts'
import { recordStart } from '../../log/commands.ts'
import { useAccount, useDevice, useLedger, useMinute, usePhase } from '../../log/useAttendance.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState, Loading } from '../../ui/States.tsx'
import { useWords } from '../../words/index.ts'
import { usePinOffer } from '../lock/usePinOffer.tsx'
import { Frame } from './Frame.tsx'
import { Readiness, useHasPulled, useKeeping } from './Readiness.tsx'
import { FirstRun } from '../help/FirstRun.tsx'
import { SessionCard, StageLabel } from './SessionCard.tsx'
import { todayView } from './sessions.ts'
import type { TodayView } from './sessions.ts'
import styles from './Today.module.css'

/** Nobody waits longer than this for what may come late, ms. */
const PATIENCE = 1_000

/** What a teacher does today: go on, start, finish; and whether the device is ready for a day without a network. */
export function Today() {
  const account = useAccount()
  return account ? <TodayOf me={account.me} /> : null
}

function TodayOf({ me }: { readonly me: SignedIn['me'] }) {
  const words = useWords()
  const { store } = useDevice()
  const keeping = useKeeping()
  const pinOffer = usePinOffer()
  const isLong = useLater(PATIENCE)
  const phase = usePhase()
  // What stands above the sessions is all there before they are: no button moves away from under the finger.
  const isSaid = (keeping.storage !== null && keeping.isKept !== null && pinOffer !== undefined) || isLong
  return (
    <Frame>
      <PageHeader title={words.format.longDate(store.today())} sub={me.name} />
      <FirstRun then={pinOffer} />
      <Readiness {...keeping} />
      {isSaid && phase !== 'session' ? <Sessions me={me} /> : <Loading />}
    </Frame>
  )
}

/** False until so many milliseconds have gone by. */
function useLater(ms: number): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return isOver
}

function Sessions({ me }: { readonly me: SignedIn['me'] }) {
  const words = useWords()
  const { store } = useDevice()
  const ledger = useLedger()
  const phase = usePhase()
  const view = todayView(ledger, me, store.today(), useMinute())
  // Before the first download nobody knows what is planned.
  const hasPulled = useHasPulled()
  const isEmpty = view.running.length + view.planned.length === 0 && phase === 'ready' && hasPulled
  return (
    <>
      <Part title={words.teacher.running} sessions={view.running} />
      {view.planned.length > 0 && <Planned planned={view.planned} />}
      {isEmpty && (
        <div className={styles.part}>
          <EmptyState title={words.teacher.nothingPlanned}>
            {[...ledger.sections()].length === 0 ? words.teacher.noSections : words.teacher.nothingPlannedText}
          </EmptyState>
        </div>
      )}
      <div className={styles.others}>
        <Link href="/session/new" className={buttonClass({ large: true })}>
          {words.teacher.unplanned}
        </Link>
        <Link href="/session/past" className={buttonClass({ large: true, look: 'quiet' })}>
          {words.teacher.pastSession}
        </Link>
        <Link href="/help" className={buttonClass({ large: true, look: 'quiet' })}>
          {words.common.help}
        </Link>
      </div>
      <Part title={words.teacher.toFinish} sessions={view.toFinish} />
      <Part title={words.teacher.recent} sessions={view.recent} />
    </>
  )
}

function OpenLink({ id, title }: { readonly id: string; readonly title: string }) {
  const words = useWords()
  return (
    <Link href={`/session/${id}`} className={buttonClass({ large: true })} aria-label={words.teacher.openOf(title)}>
      {words.teacher.open}
    </Link>
  )
}

function Part({ title, sessions }: { readonly title: string; readonly sessions: readonly SessionState[] }) {
  if (sessions.length === 0) return null
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      <ul role="list" className={styles.cards}>
        {sessions.map((session) => (
          <SessionCard
            key={session.id}
            session={session}
            name={session.title}
            state={<StageLabel session={session} />}
            act={<OpenLink id={session.id} title={session.title} />}
          />
        ))}
      </ul>
    </section>
  )
}

function Planned({ planned }: { readonly planned: TodayView['planned'] }) {
  const words = useWords()
  const { store, newId } = useDevice()
  const [, navigate] = useLocation()
  return (
    <section className={styles.part}>
      <h2>{words.teacher.planned}</h2>
      <ul role="list" className={styles.cards}>
        {planned.map(({ section, plan, notHeld }) => (
          <SessionCard
            key={section.id}
            session={plan}
            name={section.name}
            state={<span className="quiet">{notHeld ? words.teacher.notHeld : words.teacher.invited(section.students.length)}</span>}
            act={
              notHeld ? (
                <OpenLink id={notHeld} title={section.name} />
              ) : (
                <Button
                  look="primary"
                  large
                  aria-label={words.teacher.startOf(section.name)}
                  onClick={() => {
                    const { session, isRecorded } = recordStart(store, newId, plan)
                    if (isRecorded) navigate(`/session/${session}`)
                  }}
                >
                  {words.teacher.start}
                </Button>
              )
            }
          />
        ))}
      </ul>
    </section>
  )
}
