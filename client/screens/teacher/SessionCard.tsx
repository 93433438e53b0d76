import type { ReactNode } from 'react'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import { useDevice, useLedger, useMinute, useTopic } from '../../log/useAttendance.ts'
import type { SessionPlan } from '../../log/commands.ts'
import { topic } from '../../log/topics.ts'
import { StatusPill } from '../../ui/StatusPill.tsx'
import type { Tone } from '../../ui/tone.ts'
import { useWords } from '../../words/index.ts'
import type { SessionStage } from './sessions.ts'
import { stageOf } from './sessions.ts'
import styles from './Today.module.css'

/** A session or a planned one: what, when, where, how it stands, and the one thing to do with it. */
export function SessionCard({
  session,
  name,
  state,
  act,
}: {
  readonly session: Pick<SessionPlan, 'on' | 'window' | 'room' | 'site'>
  readonly name: string
  readonly state: ReactNode
  readonly act: ReactNode
}) {
  const words = useWords()
  const { store } = useDevice()
  const ledger = useLedger()
  const site = ledger.site(session.site)
  const zone = site?.zone ?? store.zone()
  const time = (at: SessionPlan['window']['from']) => words.format.time(at, zone)
  return (
    <li className={styles.card}>
      <div>
        <h3>{name}</h3>
        <p className={styles.facts}>
          {session.on !== store.today() && <span>{words.format.date(session.on)}</span>}
          <span>{words.teacher.windowOf(time(session.window.from), time(session.window.until))}</span>
          {session.room && <span>{session.room}</span>}
          {site && <span>{site.name}</span>}
        </p>
        <p className={styles.facts}>{state}</p>
      </div>
      {act}
    </li>
  )
}

const TONES: Readonly<Record<SessionStage, Tone>> = {
  running: 'accent',
  toEnd: 'warn',
  toCertify: 'warn',
  stale: 'warn',
  certified: 'good',
}

/** How a started session stands, in a word, with how many are or were there. */
export function StageLabel({ session }: { readonly session: SessionState }) {
  const words = useWords()
  useTopic(topic.session(session.id))
  const stage = stageOf(session, useMinute())
  const here = [...session.students.values()].filter((student) => student.since !== null).length
  const label = {
    running: words.teacher.hereCount(here),
    toEnd: words.teacher.notEnded,
    toCertify: words.teacher.notCertified,
    stale: words.teacher.certifyAgain,
    certified: words.teacher.certified,
  }[stage]
  return (
    <>
      <StatusPill tone={TONES[stage]}>{label}</StatusPill>
      {stage !== 'running' && <span>{words.teacher.attended(session.students.size)}</span>}
    </>
  )
}
