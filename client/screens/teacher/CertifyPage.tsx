import { useState } from 'react'
import type { FormEvent } from 'react'
import { Link, Redirect, useLocation } from 'wouter'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { SessionId } from '../../../shared/ids.ts'
import { as } from '../../../shared/ids.ts'
import { recordCertification } from '../../log/commands.ts'
import { topic } from '../../log/topics.ts'
import { useAccount, useDevice, useLedger, usePhase } from '../../log/useAttendance.ts'
import { useHalfTyped } from '../../trust/useHalfTyped.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Loading } from '../../ui/States.tsx'
import { useWords } from '../../words/index.ts'
import styles from './End.module.css'
import { Frame } from './Frame.tsx'
import { SessionTakeBack } from './SessionTakeBack.tsx'

/** The teacher signs the session as it stands: what is signed, the statement, a typed name. */
export function CertifyPage({ id }: { readonly id: string }) {
  const session = useLedger(topic.session(id)).session(as<SessionId>(id))
  const phase = usePhase()
  if (session?.started) return <CertifyOf session={session} />
  return phase === 'ready' ? <Redirect to={`/session/${id}`} replace /> : <Loading />
}

function CertifyOf({ session }: { readonly session: SessionState }) {
  const words = useWords()
  const { store } = useDevice()
  const [, navigate] = useLocation()
  const me = useAccount()?.me.staff
  const isStranger = me !== undefined && session.supervision.every(({ staff }) => staff !== me)
  const { fields, set, done } = useHalfTyped(`certify.${session.id}`, { name: '' })
  const name = fields.name.trim()
  const [tried, setTried] = useState(false)
  const students = [...session.students.values()].filter((each) => each.intervals.length > 0)
  const missing = students.filter((each) => each.missingCheckOut).length
  const counted = students.reduce((sum, each) => sum + store.ledger.sessionCredit(session.id, each.student).minutesCounted, 0)
  const sign = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (name === '' || session.endedAt === null) return
    recordCertification(store, session, words.teacher.statement, name)
    done()
    navigate(`/session/${session.id}`, { replace: true })
  }
  return (
    <Frame>
      <PageHeader title={words.teacher.certifyTitle} sub={words.teacher.join([session.title, words.format.longDate(session.on)])} />
      <form className={styles.sign} onSubmit={sign}>
        {session.endedAt === null && <Banner tone="warn">{words.teacher.certifyNot}</Banner>}
        {isStranger && <Banner tone="warn">{words.teacher.certifyStranger}</Banner>}
        <p>{words.teacher.certifyWhat(students.length, words.format.duration(counted))}</p>
        {session.endedAt !== null && missing > 0 && <Banner tone="warn">{words.teacher.missingOuts(missing)}</Banner>}
        <blockquote className={styles.statement}>{words.teacher.statement}</blockquote>
        <TextField
          label={words.teacher.yourName}
          value={fields.name}
          onValue={(next) => set({ name: next })}
          maxLength={120}
          autoComplete="name"
          error={tried && name === '' ? words.teacher.needYourName : undefined}
        />
        <div className={styles.all}>
          <Button type="submit" look="primary" large cannot={session.endedAt === null ? words.teacher.certifyNot : undefined}>
            {words.teacher.certifyButton}
          </Button>
          <Link href={`/session/${session.id}`} onClick={done} className={buttonClass({ large: true })}>
            {words.teacher.back}
          </Link>
        </div>
      </form>
      {session.endedAt !== null && <SessionTakeBack session={session} isSigning />}
    </Frame>
  )
}
