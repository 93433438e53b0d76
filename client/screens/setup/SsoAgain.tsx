import '../../words/late.ts'
import { useLocation } from 'wouter'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { SsoReturn } from './SsoReturn.tsx'
import { takeWhereFrom } from './signIn.ts'

/** Somebody who is signed in showed at the district's own sign-in again who it is, and goes back to where that was asked. */
export function SsoAgain() {
  const account = useAccount()
  const { session } = useDevice()
  const [, navigate] = useLocation()
  return (
    <SsoReturn
      onSignedIn={async (reply) => {
        if (reply.me.account !== account?.me.account) {
          // Somebody else: what was downloaded for the one before goes first, and nobody is signed in.
          await session.signOut()
          return navigate('/sign-in', { replace: true })
        }
        await session.signedIn(reply)
        navigate(takeWhereFrom(), { replace: true })
      }}
    />
  )
}
