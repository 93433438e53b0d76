import { lazy, Suspense, useSyncExternalStore } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import type { Role, SignedIn } from '../shared/api/people.ts'
import { isReserveSpent, onReserve } from './log/reserve.ts'
import { useAccount, useDevice, usePhase } from './log/useAttendance.ts'
import { CertifyPage } from './screens/teacher/CertifyPage.tsx'
import { EndPage } from './screens/teacher/EndPage.tsx'
import { FaultNotice } from './screens/teacher/FaultNotice.tsx'
import { Roster } from './screens/teacher/Roster.tsx'
import { Today } from './screens/teacher/Today.tsx'
import { UpdateNotice } from './screens/teacher/UpdateNotice.tsx'
import { readMarker } from './trust/marker.ts'
import { Loading } from './ui/States.tsx'

// The teacher's way from opening to a tap is in the first load; everything else comes when it is asked for, from the device itself.
const SetupRoutes = lazy(() => import('./screens/setup/SetupRoutes.tsx').then((m) => ({ default: m.SetupRoutes })))
const DeskRoutes = lazy(() => import('./screens/desk/DeskRoutes.tsx').then((m) => ({ default: m.DeskRoutes })))
const InviteTaken = lazy(() => import('./screens/setup/InviteTaken.tsx').then((m) => ({ default: m.InviteTaken })))
const NewSession = lazy(() => import('./screens/teacher/NewSession.tsx').then((m) => ({ default: m.NewSession })))
const OutboxPage = lazy(() => import('./screens/teacher/OutboxPage.tsx').then((m) => ({ default: m.OutboxPage })))
const DevicePage = lazy(() => import('./screens/teacher/DevicePage.tsx').then((m) => ({ default: m.DevicePage })))
const SecondFactorPage = lazy(() => import('./screens/setup/SecondFactorPage.tsx').then((m) => ({ default: m.SecondFactorPage })))
const SsoAgain = lazy(() => import('./screens/setup/SsoAgain.tsx').then((m) => ({ default: m.SsoAgain })))
const LocalStudent = lazy(() => import('./screens/student/LocalStudent.tsx').then((m) => ({ default: m.LocalStudent })))

const PinPage = lazy(() => import('./screens/lock/PinPage.tsx').then((m) => ({ default: m.PinPage })))
const SafeNotices = lazy(() => import('./screens/teacher/SafeNotices.tsx').then((m) => ({ default: m.SafeNotices })))

/** Where each role begins. */
const HOME: Readonly<Record<Role, string>> = {
  teacher: '/today',
  substitute: '/today',
  coordinator: '/site',
  district: '/district',
  data: '/import',
  auditor: '/district',
  administrator: '/district',
}

export function App() {
  const phase = usePhase()
  const account = useAccount()
  const { db } = useDevice()
  const isReserved = useSyncExternalStore(onReserve, isReserveSpent)
  if (phase === 'starting') return <Loading />
  if (account?.pinNeeded && !db.seal) return <Suspense fallback={<Loading />}>{<PinPage isNeeded />}</Suspense>
  return (
    <Suspense fallback={<Loading />}>
      <FaultNotice />
      <Suspense>{(isReserved || readMarker()?.emptied) && <SafeNotices />}</Suspense>
      {phase === 'ready' && <UpdateNotice />}
      {account ? <Screens account={account} /> : <Entrance />}
    </Suspense>
  )
}

function Entrance() {
  const { session } = useDevice()
  const [, navigate] = useLocation()
  return (
    <SetupRoutes
      onSignedIn={async (reply, next) => {
        // Until the account is kept this is still the entrance, which may lead back to the page that is due there.
        await session.signedIn(reply)
        const due = reply.secondFactorNeeded ? '/second-factor' : next
        if (due) navigate(due, { replace: true })
      }}
    />
  )
}

const BEFORE_SIGN_IN = /^\/(sign-in|setup)?$/
const RECORDING = /^\/(today|session\/.*)$/

function Screens({ account }: { readonly account: SignedIn }) {
  const [path] = useLocation()
  const home = HOME[account.me.role]
  if (BEFORE_SIGN_IN.test(path)) return <Redirect to={home} replace />
  // Whoever only reads is shown nothing that records.
  if (account.me.role === 'auditor' && RECORDING.test(path)) return <Redirect to={home} replace />
  return (
    <Switch>
      <Route path="/invite/:token">{({ token }) => <InviteTaken token={token} account={account} home={home} />}</Route>
      <Route path="/sso/return" component={SsoAgain} />
      <Route path="/today" component={Today} />
      <Route path="/session/new">{() => <NewSession past={false} />}</Route>
      <Route path="/session/past">{() => <NewSession past />}</Route>
      <Route path="/session/:id">{({ id }) => <Roster key={id} id={id} />}</Route>
      <Route path="/session/:id/end">{({ id }) => <EndPage id={id} />}</Route>
      <Route path="/session/:id/certify">{({ id }) => <CertifyPage id={id} />}</Route>
      <Route path="/student/:id">{({ id }) => <LocalStudent id={id} />}</Route>
      <Route path="/outbox" component={OutboxPage} />
      <Route path="/device" component={DevicePage} />
      <Route path="/pin">{() => <PinPage />}</Route>
      <Route path="/second-factor" component={SecondFactorPage} />
      <Route>
        <DeskRoutes />
      </Route>
    </Switch>
  )
}
