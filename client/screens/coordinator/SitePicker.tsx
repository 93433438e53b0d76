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

/** Shows a page of one school once its records are on this device. */
export function AtSite({ children }: { readonly children: (site: { readonly id: SiteId; readonly name: string }) => ReactNode }) {
  const words = useWords()
  const { site } = useSite()
  const phase = usePhase()
  const account = useAccount()
  const sync = useSyncState()
  // In the middle of the first download sections may be here and their sessions not: they would look as if nobody had held them.
  const isFirst = sync.busy && sync.lastPulledAt === null
  if (phase !== 'ready' || isFirst) return <Loading>{words.coordinator.preparing}</Loading>
  if (!site) return <EmptyState title={account?.me.districtWide ? words.coordinator.noSchoolYet : words.coordinator.noSite} />
  return <>{children(site)}</>
}
