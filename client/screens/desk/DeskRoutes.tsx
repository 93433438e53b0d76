import '../../words/late.ts'
import type { ReactNode } from 'react'
import { Link, Route, Switch } from 'wouter'
import { useAccount } from '../../log/useAttendance.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { part } from '../../ui/part.ts'
import { useWords } from '../../words/index.ts'
import { DevicesPage } from '../coordinator/DevicesPage.tsx'
import { FollowUpPage } from '../coordinator/followUp/FollowUpPage.tsx'
import { LettersPage } from '../coordinator/letters/LettersPage.tsx'
import { KeyInPage } from '../coordinator/paper/KeyInPage.tsx'
import { PaperPage } from '../coordinator/paper/PaperPage.tsx'
import { NewSectionPage, SectionPage } from '../coordinator/sections/SectionEditor.tsx'
import { SectionsPage } from '../coordinator/sections/SectionsPage.tsx'
import { SetAsidePage } from '../coordinator/setAside/SetAsidePage.tsx'
import { SitePage } from '../coordinator/SitePage.tsx'
import { StudentsPage } from '../coordinator/StudentsPage.tsx'
import { WalkInsPage } from '../coordinator/WalkInsPage.tsx'
import { EvidencePage } from '../district/evidence/EvidencePage.tsx'
import { ImportPage } from '../district/import/ImportPage.tsx'
import { OverviewPage } from '../district/OverviewPage.tsx'
import { PeoplePage } from '../district/people/PeoplePage.tsx'
import { PlannerPage } from '../district/planner/PlannerPage.tsx'
import { PolicyPage } from '../district/policy/PolicyPage.tsx'
import { ReasonsPage } from '../district/ReasonsPage.tsx'
import { RosterPage } from '../district/RosterPage.tsx'
import { Frame } from '../teacher/Frame.tsx'
import { DeskShell } from './DeskShell.tsx'
import type { DeskPage } from './may.ts'
import { isTeaching, mayImport, mayMatch, maySend, maySign, PAGES_OF } from './may.ts'

const HelpPage = part(() => import('../help/HelpPage.tsx').then((m) => m.HelpPage))
const AlertsPage = part(() => import('./alerts/AlertsPage.tsx').then((m) => m.AlertsPage))
const CalendarPage = part(() => import('../coordinator/calendar/CalendarPage.tsx').then((m) => m.CalendarPage))
const DashboardPage = part(() => import('../district/dashboard/DashboardPage.tsx').then((m) => m.DashboardPage))
const BehindPage = part(() => import('../district/dashboard/BehindPage.tsx').then((m) => m.BehindPage))
const DisclosuresPage = part(() => import('../district/DisclosuresPage.tsx').then((m) => m.DisclosuresPage))
const ChecklistPage = part(() => import('../coordinator/ChecklistPage.tsx').then((m) => m.ChecklistPage))
const PeriodPage = part(() => import('../district/periods/PeriodPage.tsx').then((m) => m.PeriodPage))
const StasPage = part(() => import('../district/reports/StasPage.tsx').then((m) => m.StasPage))
const RatesPage = part(() => import('../district/reports/RatesPage.tsx').then((m) => m.RatesPage))
const SisPage = part(() => import('../district/mapping/SisPage.tsx').then((m) => m.SisPage))
const PacketsPage = part(() => import('../district/packet/PacketsPage.tsx').then((m) => m.PacketsPage))
const RulebookPage = part(() => import('../district/rulebook/RulebookPage.tsx').then((m) => m.RulebookPage))

/** The screens of the site's and the district's desks, each for the roles whose work it is. */
export function DeskRoutes() {
  const account = useAccount()
  if (!account) return null
  const { me } = account
  const may = (page: DeskPage, screen: ReactNode) => (PAGES_OF[me.role].includes(page) ? screen : <Nothing />)
  // A teacher has no desk: the rulebook stands in the frame the teacher knows.
  if (isTeaching(me.role)) {
    return (
      <Frame>
        <Switch>
          <Route path="/rulebook">{may('rulebook', <RulebookPage />)}</Route>
          <Route path="/help">
            <HelpPage role={me.role} />
          </Route>
          <Route>
            <Nothing />
          </Route>
        </Switch>
      </Frame>
    )
  }
  return (
    <DeskShell account={account}>
      <Switch>
        <Route path="/help">
          <HelpPage role={me.role} />
        </Route>
        <Route path="/alerts">{me.role === 'auditor' ? <Nothing /> : <AlertsPage />}</Route>
        <Route path="/site">{may('site', <SitePage />)}</Route>
        <Route path="/site/students">{may('students', <StudentsPage />)}</Route>
        <Route path="/site/follow-up">{may('followUp', <FollowUpPage />)}</Route>
        <Route path="/site/letters">{may('followUp', <LettersPage />)}</Route>
        <Route path="/site/paper">{may('site', <PaperPage />)}</Route>
        <Route path="/site/paper/key">{mayMatch(me.role) ? <KeyInPage /> : <Nothing />}</Route>
        <Route path="/site/walk-ins">{may('walkIns', <WalkInsPage />)}</Route>
        <Route path="/site/devices">{may('devices', <DevicesPage />)}</Route>
        <Route path="/site/set-aside">{may('setAside', <SetAsidePage />)}</Route>
        <Route path="/site/checklist">{may('checklist', <ChecklistPage />)}</Route>
        <Route path="/calendar">{may('calendar', <CalendarPage />)}</Route>
        <Route path="/sections">{may('sections', <SectionsPage />)}</Route>
        <Route path="/sections/new">{may('sections', <NewSectionPage />)}</Route>
        <Route path="/sections/:id">{({ id }) => may('sections', <SectionPage id={id} />)}</Route>
        <Route path="/overview">{may('dashboard', <DashboardPage role={me.role} />)}</Route>
        <Route path="/overview/behind">{may('dashboard', <BehindPage />)}</Route>
        <Route path="/district">{may('district', <RosterPage />)}</Route>
        <Route path="/district/student/:id">{({ id }) => may('district', <ReasonsPage key={id} id={id} />)}</Route>
        <Route path="/district/student/:id/seen">
          {({ id }) => may('district', <DisclosuresPage key={id} id={id} mayTake={me.role !== 'auditor'} />)}
        </Route>
        <Route path="/periods">{may('periods', <PeriodPage maySign={maySign(me.role)} />)}</Route>
        <Route path="/state-file">{may('stas', <StasPage mayMerge={maySend(me.role)} />)}</Route>
        <Route path="/sis-files">{may('sisFiles', <SisPage />)}</Route>
        <Route path="/rates">{may('rates', <RatesPage />)}</Route>
        <Route path="/packets">{may('packets', <PacketsPage />)}</Route>
        <Route path="/registry">{may('registry', <OverviewPage mayImport={mayImport(me.role)} />)}</Route>
        <Route path="/import">{may('import', <ImportPage />)}</Route>
        <Route path="/people">{may('people', <PeoplePage me={me} />)}</Route>
        <Route path="/planner">{may('planner', <PlannerPage />)}</Route>
        <Route path="/policy">{may('policy', <PolicyPage me={me} />)}</Route>
        <Route path="/checkpoints">{may('evidence', <EvidencePage />)}</Route>
        <Route path="/rulebook">{may('rulebook', <RulebookPage />)}</Route>
        <Route>
          <Nothing />
        </Route>
      </Switch>
    </DeskShell>
  )
}

/** An address that is nobody's, or another role's. */
function Nothing() {
  const words = useWords()
  return (
    <>
      <PageHeader title={words.common.notFoundTitle} />
      <EmptyState
        title={words.common.notFound}
        action={
          <Link className={buttonClass({ look: 'primary' })} href="/">
            {words.common.toStart}
          </Link>
        }
      />
    </>
  )
}
