import { useState } from 'react'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import { recordVoid } from '../../log/commands.ts'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'
import { mayMatch } from '../desk/may.ts'
import { ReasonDialog } from './ReasonDialog.tsx'

/** Takes back the signature of somebody who did not supervise: for whoever signed, and for those who run the school. */
export function SignatureBack({ session }: { readonly session: SessionState }) {
  const w = useWords().takeBack
  const { store } = useDevice()
  const me = useAccount()?.me
  const [isAsking, setAsking] = useState(false)
  const { certification, id } = session
  if (certification.state === 'none' || !me || (certification.by !== me.staff && !mayMatch(me.role))) return null
  const takeBack = (reason: string): void => {
    recordVoid(store, session, [certification.event], reason)
    setAsking(false)
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>{w.signature}</Button>
      {isAsking && (
        <ReasonDialog
          title={w.signatureTitle}
          button={w.signature}
          hint={w.signatureHint}
          typedAs={`signature.${id}`}
          large
          onReason={takeBack}
          onClose={() => setAsking(false)}
        >
          <p>{w.signatureText}</p>
        </ReasonDialog>
      )}
    </>
  )
}
