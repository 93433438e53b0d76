import type { SiteId } from '../../../shared/ids.ts'
import { as } from '../../../shared/ids.ts'
import { writeFact } from '../../log/db.ts'
import { topic } from '../../log/topics.ts'
import { useAccount, useDevice, useLedger, useSyncState } from '../../log/useAttendance.ts'
import { signal } from '../../signal.ts'
import { useSignal } from '../../ui/useSignal.ts'

/** The school last looked at; it stays while one goes from page to page. */
const chosen = signal<SiteId | undefined>(undefined)

/** Goes to a school. Whoever may see all of them has one at a time on the device: its attendance is fetched. */
export function useChooseSite(): (site: string) => void {
  const { db, sync } = useDevice()
  const account = useAccount()
  return (site) => {
    chosen.set(as(site))
    if (account?.me.districtWide) void writeFact(db, 'wantedSite', site).then(() => sync.now())
  }
}

/** The schools that the board of devices is about: all, for whoever sees all of them; else the one that is looked at. */
export function useShownSites(): readonly SiteId[] {
  const isWide = useAccount()?.me.districtWide === true
  const { site, sites } = useSite()
  if (isWide) return sites.map(({ id }) => id)
  return site ? [site.id] : []
}

/** The schools this person may look at, the one that is looked at, and whether its attendance is on this device. */
export function useSite() {
  const account = useAccount()
  const ledger = useLedger(topic.sessions)
  const sync = useSyncState()
  const last = useSignal(chosen)
  const choose = useChooseSite()
  const isWide = account?.me.districtWide === true
  // Schools may have been imported since somebody of the district signed in; the ledger knows them.
  const ids = isWide ? [...ledger.sites()].map((each) => each.id) : (account?.me.sites ?? [])
  const sites = ids.map((id) => ({ id, name: ledger.site(id)?.name ?? id })).sort((a, b) => (a.name < b.name ? -1 : 1))
  const site = sites.find((each) => each.id === (last ?? sync.site)) ?? sites[0]
  const isHere = !isWide || (site !== undefined && sync.site === site.id)
  return { site, sites, choose, isHere }
}
