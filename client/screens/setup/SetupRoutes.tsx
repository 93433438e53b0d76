import '../../words/late.ts'
import { SetupState, type SignedIn } from '../../../shared/api/people.ts'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { Loading } from '../../ui/States.tsx'
import { useReply } from '../desk/useReply.ts'
import { Front } from './Front.tsx'
import { InvitePage } from './InvitePage.tsx'
import { SetupPage } from './SetupPage.tsx'
import { SignInPage } from './SignInPage.tsx'
import { SsoReturn } from './SsoReturn.tsx'

/**
 * Everything before somebody has signed in: /setup, /sign-in, /sso/return and /invite/:token; any other address leads to whichever is due.
 * `onSignedIn` keeps the sign-in on the device; `next` is where that person should go first, when one page knows better.
 */
export function SetupRoutes({ onSignedIn }: { readonly onSignedIn: (signedIn: SignedIn, next?: string) => void }) {
  return (
    <Switch>
      <Route path="/invite/:token">
        {({ token }) => <InvitePage token={token} onSignedIn={(signedIn) => onSignedIn(signedIn, '/')} />}
      </Route>
      <Route path="/sso/return">
        <SsoReturn onSignedIn={(signedIn) => onSignedIn(signedIn, '/')} />
      </Route>
      <Route>
        <Entrance onSignedIn={onSignedIn} />
      </Route>
    </Switch>
  )
}

function Entrance({ onSignedIn }: { readonly onSignedIn: (signedIn: SignedIn, next?: string) => void }) {
  const { asked, reload } = useReply(SetupState, '/api/setup')
  const [path] = useLocation()
  if (asked.kind === 'waiting') {
    return (
      <Front>
        <Loading />
      </Front>
    )
  }
  const state = asked.kind === 'ok' ? asked.value : undefined
  if (state?.needed) {
    if (path !== '/setup') return <Redirect to="/setup" replace />
    return (
      // Asked again, the server says that nothing is needed any more: that leads to the sign-in page.
      <SetupPage state={state} onSample={reload} onDistrict={(signedIn) => onSignedIn(signedIn, '/import')} />
    )
  }
  if (path === '/setup') return <Redirect to="/sign-in" replace />
  return (
    <SignInPage
      district={state?.district ?? null}
      accounts={state?.accounts ?? []}
      sso={state?.sso ?? null}
      onRetry={asked.kind === 'ok' ? undefined : reload}
      onSignedIn={(signedIn) => onSignedIn(signedIn)}
    />
  )
}
