import '../../words/late.ts'
import { type ReactNode, Suspense, useCallback, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import { isSignedByOther } from '../../../shared/attendance/signed.ts'
import { recordVoid } from '../../log/commands.ts'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { UndoBar } from '../../ui/UndoBar.tsx'
import { part } from '../../ui/part.ts'
import { useWords } from '../../words/index.ts'
import { SettledList } from '../coordinator/SettledList.tsx'
import { settledIn } from '../coordinator/settledWalkIns.ts'
import { endingsOf } from './endings.ts'
import { NotHeld } from './NotHeld.tsx'
import { NotHeldDialog } from './NotHeldDialog.tsx'
import { OpenAgainDialog } from './OpenAgainDialog.tsx'
import styles from './Sheet.module.css'
import { takenBack } from './takenBack.ts'

/** Comes only where somebody else signed. */
const SignatureBack = part(() => import('./SignatureBack.tsx').then((m) => m.SignatureBack))

/** What may be taken back of a session as a whole: its end right after it, its end later, its beginning; and what was taken back already. */
export function TakeBack({
  session,
  isSigning = false,
  otherwise,
}: {
  readonly session: SessionState
  readonly isSigning?: boolean
  readonly otherwise: ReactNode
}) {
  if (isSigning) return <UndoEnd session={session} />
  if (session.started)
    return (
      <div className={styles.part}>
        {session.certification.state === 'certified' ? <Signed session={session} /> : <Whole session={session} />}
        <SettledList settled={settledIn(session)} />
      </div>
    )
  const taken = takenBack(session)
  return taken ? <NotHeld session={session} taken={taken} /> : otherwise
}

/** How long after the end it is offered to be undone, ms. */
const AT_ONCE = 8_000

/** Offers whoever has just ended the session to undo it. */
function UndoEnd({ session }: { readonly session: SessionState }) {
  const words = useWords()
  const { store } = useDevice()
  const me = useAccount()?.me.staff
  const [, navigate] = useLocation()
  const [isGone, setGone] = useState(false)
  const gone = useCallback(() => setGone(true), [])
  const last = endingsOf(session).findLast(({ end }) => end.actor === me && store.now() - end.recordedAt < AT_ONCE)
  if (isGone || !last) return null
  return (
    <UndoBar
      message={words.takeBack.ended}
      action={words.teacher.undo}
      onAction={() => {
        recordVoid(store, session, [last.end.id, ...last.checkOuts.map(({ id }) => id)], words.teacher.undone)
        navigate(`/session/${session.id}`, { replace: true })
      }}
      onGone={gone}
    />
  )
}

/** Of a session that somebody certified who did not supervise it: says so; whoever did may certify it too, or the signature is taken back. */
function Signed({ session }: { readonly session: SessionState }) {
  const words = useWords()
  const me = useAccount()?.me.staff
  if (!isSignedByOther(session)) return null
  const mayCertify = session.supervision.some(({ staff }) => staff === me)
  return (
    <Banner
      tone="warn"
      actions={
        <>
          {mayCertify && (
            <Link href={`/session/${session.id}/certify`} role="button" className={buttonClass()}>
              {words.teacher.certify}
            </Link>
          )}
          <Suspense>
            <SignatureBack session={session} />
          </Suspense>
        </>
      }
    >
      {words.takeBack.signedByOther}
    </Banner>
  )
}

/** The acts under a roster, while the session is not certified. */
function Whole({ session }: { readonly session: SessionState }) {
  const w = useWords().takeBack
  const [asking, setAsking] = useState<'openAgain' | 'notHeld' | null>(null)
  const isEmpty = [...session.students.values()].every(({ marks }) => marks.length === 0)
  return (
    <>
      <div className={styles.acts}>
        {session.endedAt !== null && (
          <Button large onClick={() => setAsking('openAgain')}>
            {w.openAgain}
          </Button>
        )}
        {isEmpty && (
          <Button large look="quiet" onClick={() => setAsking('notHeld')}>
            {w.notHeld}
          </Button>
        )}
      </div>
      {asking === 'openAgain' && <OpenAgainDialog session={session} onClose={() => setAsking(null)} />}
      {asking === 'notHeld' && <NotHeldDialog session={session} onClose={() => setAsking(null)} />}
    </>
  )
}
