import type { ReactNode } from 'react'
import { Suspense, useEffect, useState } from 'react'
import type { SignedIn } from '../../../shared/api/people.ts'
import { Link, useLocation, useSearch } from 'wouter'
import { useDevice } from '../../log/useAttendance.ts'
import { Button } from '../../ui/Button.tsx'
import { LanguageSwitch } from '../../ui/LanguageSwitch.tsx'
import { Shell } from '../../ui/Shell.tsx'
import { Loading } from '../../ui/States.tsx'
import type { Words } from '../../words/index.ts'
import { useWords } from '../../words/index.ts'
import { PageBoundary } from '../Broken.tsx'
import { FirstRun } from '../help/FirstRun.tsx'
import { SaidAbove, SignInAgain } from '../setup/SignInAgain.tsx'
import { SyncLine } from '../teacher/SyncLine.tsx'
import { useFreshAlerts } from './alerts/useAlerts.ts'
import styles from './DeskShell.module.css'
import type { DeskPage } from './may.ts'
import { GROUP_OF, PAGE_GROUPS, PAGES_OF } from './may.ts'
import { leaveFrom } from './whereFrom.ts'

const PATH: Readonly<Record<DeskPage, string>> = {
  dashboard: '/overview',
  periods: '/periods',
  stas: '/state-file',
  sisFiles: '/sis-files',
  rates: '/rates',
  packets: '/packets',
  followUp: '/site/follow-up',
  calendar: '/calendar',
  site: '/site',
  checklist: '/site/checklist',
  students: '/site/students',
  walkIns: '/site/walk-ins',
  devices: '/site/devices',
  setAside: '/site/set-aside',
  sections: '/sections',
  district: '/district',
  registry: '/registry',
  import: '/import',
  people: '/people',
  planner: '/planner',
  policy: '/policy',
  evidence: '/checkpoints',
  rulebook: '/rulebook',
}

const nameOf = ({ coordinator, district, rules, desk, evidence, periods, reports }: Words): Readonly<Record<DeskPage, string>> => ({
  dashboard: desk.nav.dashboard,
  periods: periods.nav,
  stas: reports.nav.stas,
  sisFiles: reports.nav.sis,
  rates: reports.nav.rates,
  packets: reports.nav.packets,
  followUp: desk.nav.followUp,
  calendar: desk.nav.calendar,
  site: coordinator.nav.today,
  checklist: periods.ofSite.nav,
  students: coordinator.nav.students,
  walkIns: coordinator.nav.walkIns,
  devices: coordinator.nav.devices,
  setAside: coordinator.nav.setAside,
  sections: coordinator.nav.sections,
  district: district.nav.roster,
  registry: district.nav.overview,
  import: district.nav.imports,
  people: district.nav.people,
  planner: rules.nav.planner,
  policy: rules.nav.policy,
  evidence: evidence.nav,
  rulebook: rules.nav.rulebook,
})

/** The link that is lit: the page itself, or the one its address begins with. */
function isCurrent(page: DeskPage, path: string): boolean {
  if (page === 'site') return path === PATH.site
  return path === PATH[page] || path.startsWith(`${PATH[page]}/`)
}

/** The desk's frame: the pages of the role, who is signed in, how sync stands, the language, the way out. */
export function DeskShell({ account, children }: { readonly account: SignedIn; readonly children: ReactNode }) {
  const words = useWords()
  const { session, locker } = useDevice()
  const [path, navigate] = useLocation()
  const names = nameOf(words)
  const { me } = account
  const search = useSearch()
  useEffect(() => leaveFrom(search === '' ? path : `${path}?${search}`), [path, search])
  const [leaving, setLeaving] = useState(false)
  const fresh = useFreshAlerts(me.role !== 'auditor')
  // Whatever was recorded here and not sent stays on the device, and is sent by whoever signs in next. (S9)
  const signOut = async () => {
    setLeaving(true)
    await session.signOut()
    navigate('/sign-in', { replace: true })
  }
  return (
    <Shell
      navLabel={me.districtWide ? words.district.nav.label : words.coordinator.nav.label}
      groups={PAGE_GROUPS.map((group) => ({
        key: group,
        head: words.desk.nav.groups[group],
        links: PAGES_OF[me.role]
          .filter((page) => GROUP_OF[page] === group)
          .map((page) => ({
            key: page,
            link: (
              <Link href={PATH[page]} aria-current={isCurrent(page, path) ? 'page' : undefined}>
                {names[page]}
              </Link>
            ),
          })),
      })).filter(({ links }) => links.length > 0)}
      top={
        <>
          {account.sample && <span className={styles.sample}>{words.common.sampleMark}</span>}
          <span className={styles.space} />
          <div className={styles.sync}>
            <SyncLine />
          </div>
          <span className={styles.who}>
            {me.name}
            <span>{words.common.roles[me.role]}</span>
          </span>
          {me.role !== 'auditor' && (
            <Link href="/alerts" className={styles.alerts}>
              {words.alerts.title}
              {fresh > 0 && <span className={styles.fresh}>{words.alerts.news(fresh)}</span>}
            </Link>
          )}
          <Link href="/help" className={styles.alerts}>
            {words.common.help}
          </Link>
          <div className={styles.tools}>
            <LanguageSwitch />
            {locker && (
              <Button look="quiet" onClick={locker.lock}>
                {words.teacher.lock}
              </Button>
            )}
            <Button look="quiet" busy={leaving} onClick={signOut}>
              {words.common.signOut}
            </Button>
          </div>
        </>
      }
    >
      <div className={styles.first}>
        <SignInAgain />
        {path !== '/help' && <FirstRun />}
      </div>
      <SaidAbove value={true}>
        <PageBoundary>
          <Suspense fallback={<Loading />}>{children}</Suspense>
        </PageBoundary>
      </SaidAbove>
    </Shell>
  )
}
