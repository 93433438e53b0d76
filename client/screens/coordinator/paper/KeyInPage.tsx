import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { isInForce } from '../../../../shared/rules/california/policy.ts'
import { parseSchoolDate } from '../../../../shared/time.ts'
import type { SiteId } from '../../../../shared/ids.ts'
import { topic } from '../../../log/topics.ts'
import { useDevice, useLedger } from '../../../log/useAttendance.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { buttonClass } from '../../../ui/Button.tsx'
import { Stack } from '../../../ui/Card.tsx'
import { DateField, Select } from '../../../ui/Field.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { useWords } from '../../../words/index.ts'
import { Tools } from '../../desk/Tools.tsx'
import { AtSite, SitePicker } from '../SitePicker.tsx'
import { KeyInForm } from './KeyInForm.tsx'
import { sectionsAt } from './lists.ts'

/** Keys in a paper roster: which section and day, then its rows. */
export function KeyInPage() {
  const words = useWords()
  const w = words.day.keyIn
  return (
    <>
      <PageHeader title={w.title} sub={w.sub} actions={<SitePicker />} />
      <AtSite>{(site) => <Choose site={site.id} />}</AtSite>
    </>
  )
}

function Choose({ site }: { readonly site: SiteId }) {
  const words = useWords()
  const w = words.day
  const { store } = useDevice()
  const ledger = useLedger(topic.sessions)
  const [params, setParams] = useSearchParams()
  const [recorded, setRecorded] = useState<string>()
  const sections = sectionsAt(ledger, site)
  const section = sections.find(({ id }) => id === params.get('section')) ?? sections[0]
  // What is typed stays as it is typed, also while it is no date yet: a sheet is never recorded on another day than the one shown.
  const typed = params.get('on') ?? store.today()
  const date = parseSchoolDate(typed)
  const on = date && isInForce(date) && date <= store.today() ? date : undefined
  if (!section) return <EmptyState title={w.sheet.noSections}>{w.sheet.noSectionsText}</EmptyState>
  const held = on && [...ledger.sessions()].find((session) => session.section === section.id && session.on === on && session.started)
  const open = (id: string) => (
    <Link className={buttonClass()} href={`/session/${id}`}>
      {w.keyIn.openIt}
    </Link>
  )
  return (
    <Stack>
      <Tools>
        <Select
          label={w.sheet.section}
          hideLabel
          value={section.id as string}
          onValue={(id) => setParams({ section: id, on: typed }, { replace: true })}
          options={sections.map(({ id, name }) => ({ value: id as string, label: name }))}
        />
        <DateField
          label={w.sheet.date}
          hideLabel
          value={typed}
          error={on ? undefined : w.keyIn.needDate}
          max={store.today()}
          onValue={(date) => setParams({ section: section.id, on: date }, { replace: true })}
        />
      </Tools>
      {held && recorded === held.id && (
        <Banner tone="good" live="polite" title={w.keyIn.recorded} actions={open(held.id)}>
          {w.keyIn.certify}
        </Banner>
      )}
      {held && recorded !== held.id && (
        <Banner tone="warn" actions={open(held.id)}>
          {w.keyIn.already}
        </Banner>
      )}
      {on && !held && <KeyInForm key={`${section.id} ${on}`} section={section} on={on} onRecorded={setRecorded} />}
    </Stack>
  )
}
