import '../../words/late.ts'
import { useLocation } from 'wouter'
import { useDevice } from '../../log/useAttendance.ts'
import { SsoReturn } from './SsoReturn.tsx'
import { takeWhereFrom } from './signIn.ts'

/** Somebody who is signed in showed at the district's own sign-in again who it is, and goes back to where that was asked. */
export function SsoAgain() {
  const { session } = useDevice()
  const [, navigate] = useLocation()
  return (
    <SsoReturn
      onSignedIn={async (reply) => {
        await session.signedIn(reply)
        navigate(takeWhereFrom(), { replace: true })
      }}
    />
  )
}
