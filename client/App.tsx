import { Suspense } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import type { Role, SignedIn } from '../shared/api/people.ts'
import { reserveSpent } from './log/reserve.ts'
import { useAccount, useDevice, usePhase } from './log/useAttendance.ts'
import { PageBoundary } from './screens/Broken.tsx'
import { AppNotices } from './screens/teacher/AppNotices.tsx'
import { CertifyPage } from './screens/teacher/CertifyPage.tsx'
import { EndPage } from './screens/teacher/EndPage.tsx'
import { FaultNotice } from './screens/teacher/FaultNotice.tsx'
import { Roster } from './screens/teacher/Roster.tsx'
import { Today } from './screens/teacher/Today.tsx'
import { UpdateNotice } from './screens/teacher/UpdateNotice.tsx'
import { readMarker } from './trust/marker.ts'
import { Boundary } from './ui/Boundary.tsx'
import { Loading } from './ui/States.tsx'
import { part } from './ui/part.ts'
import { useSignal } from './ui/useSignal.ts'

// The teacher's way from opening to a tap is in the first load; everything else comes when it is asked for, from the device itself.
const SetupRoutes = part(() => import('./screens/setup/SetupRoutes.tsx').then((m) => m.SetupRoutes))
const DeskRoutes = part(() => import('./screens/desk/DeskRoutes.tsx').then((m) => m.DeskRoutes))
const InviteTaken = part(() => import('./screens/setup/InviteTaken.tsx').then((m) => m.InviteTaken))
const NewSession = part(() => import('./screens/teacher/NewSession.tsx').then((m) => m.NewSession))
const OutboxPage = part(() => import('./screens/teacher/OutboxPage.tsx').then((m) => m.OutboxPage))
const DevicePage = part(() => import('./screens/teacher/DevicePage.tsx').then((m) => m.DevicePage))
const SecondFactorPage = part(() => import('./screens/setup/SecondFactorPage.tsx').then((m) => m.SecondFactorPage))
const SsoAgain = part(() => import('./screens/setup/SsoAgain.tsx').then((m) => m.SsoAgain))
const LocalStudent = part(() => import('./screens/student/LocalStudent.tsx').then((m) => m.LocalStudent))

const PinPage = part(() => import('./screens/lock/PinPage.tsx').then((m) => m.PinPage))
const SafeNotices = part(() => import('./screens/teacher/SafeNotices.tsx').then((m) => m.SafeNotices))

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
  const isReserved = useSignal(reserveSpent)
  if (phase === 'starting') return <Loading />
  if (account?.pinNeeded && !db.seal) return <Suspense fallback={<Loading />}>{<PinPage isNeeded />}</Suspense>
  return (
    <Suspense fallback={<Loading />}>
      <FaultNotice />
      <AppNotices />
      <Boundary instead={() => null}>
        <Suspense>{(isReserved || readMarker()?.emptied) && <SafeNotices />}</Suspense>
      </Boundary>
      {phase === 'ready' && <UpdateNotice />}
      <PageBoundary isWhole>{account ? <Screens account={account} /> : <Entrance />}</PageBoundary>
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
