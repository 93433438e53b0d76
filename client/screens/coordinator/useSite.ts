import { useSyncExternalStore } from 'react'
import type { SiteId } from '../../../shared/ids.ts'
import { as } from '../../../shared/ids.ts'
import { topic } from '../../log/topics.ts'
import { useAccount, useLedger } from '../../log/useAttendance.ts'

/** The school last looked at; it stays while one goes from page to page. */
let chosen: SiteId | undefined
const listeners = new Set<() => void>()
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function choose(site: string): void {
  chosen = as(site)
  for (const listener of listeners) listener()
}

/** The schools this person may look at, and the one that is looked at. */
export function useSite() {
  const account = useAccount()
  const ledger = useLedger(topic.sessions)
  const last = useSyncExternalStore(subscribe, () => chosen)
  // Schools may have been imported since somebody of the district signed in; the ledger knows them.
  const ids = account?.me.districtWide ? [...ledger.sites()].map((each) => each.id) : (account?.me.sites ?? [])
  const sites = ids.map((id) => ({ id, name: ledger.site(id)?.name ?? id })).sort((a, b) => (a.name < b.name ? -1 : 1))
  const site = sites.find((each) => each.id === last) ?? sites[0]
  return { site, sites, choose }
}
