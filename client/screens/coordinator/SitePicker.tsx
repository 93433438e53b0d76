import type { ReactNode } from 'react'
import type { SiteId } from '../../../shared/ids.ts'
import { useAccount, usePhase, useSyncState } from '../../log/useAttendance.ts'
import { Select } from '../../ui/Field.tsx'
import { EmptyState, Loading } from '../../ui/States.tsx'
import { useWords } from '../../words/index.ts'
import { useSite } from './useSite.ts'

/** Chooses among several schools; with one there is nothing to choose. */
export function SitePicker() {
  const words = useWords()
  const { site, sites, choose } = useSite()
  if (!site || sites.length < 2) return null
  const options = sites.map(({ id, name }) => ({ value: id as string, label: name }))
  return <Select label={words.coordinator.site} hideLabel value={site.id as string} options={options} onValue={choose} />
}

/** A school that was chosen and is not on this device yet. The choice is kept: it comes as soon as the server is reached. */
function OnItsWay({ name }: { readonly name: string }) {
  const words = useWords()
  const { busy, network } = useSyncState()
  if (busy || network === 'online' || network === 'unknown') return <Loading>{words.coordinator.fetching(name)}</Loading>
  return <EmptyState title={words.coordinator.notHere(name)}>{words.coordinator.notHereText}</EmptyState>
}

/** Shows a page of one school once its records are on this device. */
export function AtSite({ children }: { readonly children: (site: { readonly id: SiteId; readonly name: string }) => ReactNode }) {
  const words = useWords()
  const { site, isHere } = useSite()
  const phase = usePhase()
  const account = useAccount()
  const sync = useSyncState()
  // In the middle of the first download sections may be here and their sessions not: they would look as if nobody had held them.
  const isFirst = sync.busy && sync.lastPulledAt === null
  if (phase !== 'ready' || isFirst) return <Loading>{words.coordinator.preparing}</Loading>
  if (site && !isHere) return <OnItsWay name={site.name} />
  if (!site) return <EmptyState title={account?.me.districtWide ? words.coordinator.noSchoolYet : words.coordinator.noSite} />
  return <>{children(site)}</>
}
