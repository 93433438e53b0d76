import { type ReactNode, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { meetsOn } from '../../../../shared/attendance/planned.ts'
import type { SiteId } from '../../../../shared/ids.ts'
import type { Section } from '../../../../shared/registry.ts'
import { placesLeft, plan, planWarnings } from '../../../../shared/report/planner.ts'
import { cutOff, type Period } from '../../../../shared/rules/california/periods.ts'
import { fiscalYearOf, parseSchoolDate, type SchoolDate } from '../../../../shared/time.ts'
import { topic } from '../../../log/topics.ts'
import { useDevice, useLedger } from '../../../log/useAttendance.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { buttonClass } from '../../../ui/Button.tsx'
import { Chip, Chips } from '../../../ui/Chip.tsx'
import { DateField, Select } from '../../../ui/Field.tsx'
import { Figures } from '../../../ui/Figures.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { Table } from '../../../ui/Table.tsx'
import { useWords } from '../../../words/index.ts'
import { AtSite, SitePicker } from '../../coordinator/SitePicker.tsx'
import styles from '../../desk/Tools.module.css'
import { planColumns } from './planColumns.tsx'
import { daysRecovered, helps, nextMeeting, othersHelped, sectionsAt } from './planView.ts'
import { PrintButton } from '../../desk/PrintButton.tsx'
import { type PeriodEndsHeard, usePeriodEnds } from './usePeriodEnds.ts'

/** Before a session: whom it would recover something for, from this device's own log, so also without a network. */
export function PlannerPage() {
  const words = useWords()
  const w = words.rules.planner
  return (
    <>
      <PageHeader
        title={w.title}
        sub={w.sub}
        actions={
          <>
            <SitePicker />
            <PrintButton />
          </>
        }
      />
      <AtSite>{(site) => <Planner key={site.id} site={site.id} />}</AtSite>
    </>
  )
}

function Planner({ site }: { readonly site: SiteId }) {
  const words = useWords()
  const w = words.rules.planner
  const ledger = useLedger(topic.sessions)
  const { store } = useDevice()
  const sections = sectionsAt(ledger, site, store.today())
  // The calendar leads here with a section and a date.
  const [params] = useSearchParams()
  const [chosen, setChosen] = useState<string | undefined>(params.get('section') ?? undefined)
  const section = sections.find((each) => each.id === chosen) ?? sections[0]
  if (!section) {
    return (
      <EmptyState
        title={w.noSections}
        action={
          <Link className={buttonClass({ look: 'primary' })} href="/sections/new">
            {w.makeSection}
          </Link>
        }
      >
        {w.noSectionsText}
      </EmptyState>
    )
  }
  return (
    <div className={styles.stack}>
      <Meeting
        key={section.id}
        section={section}
        picker={
          <Select
            label={w.section}
            value={section.id as string}
            onValue={setChosen}
            options={sections.map(({ id, name }) => ({ value: id as string, label: name }))}
          />
        }
      />
    </div>
  )
}

function Meeting({ section, picker }: { readonly section: Section; readonly picker: ReactNode }) {
  const words = useWords()
  const w = words.rules.planner
  const { store } = useDevice()
  const ledger = useLedger(topic.students)
  const [params] = useSearchParams()
  const next = () => nextMeeting(section, store.today(), ledger.site(section.site))
  const [typed, setTyped] = useState<string>(() => (params.get('section') === section.id ? (params.get('on') ?? next()) : next()))
  const [who, setWho] = useState<'invited' | 'others'>('invited')
  const on = parseSchoolDate(typed)
  const ends = usePeriodEnds()
  const invited = on ? plan(ledger, section, on, section.students, ends.months) : []
  const others = on ? othersHelped(ledger, section, on, ends.months) : []
  const rows = who === 'invited' ? invited : others
  return (
    <>
      <div className={styles.pair}>
        {picker}
        <DateField label={w.date} value={typed} onValue={setTyped} error={on ? undefined : w.badDate} required />
      </div>
      {on && <Warnings section={section} on={on} />}
      <Figures
        figures={[
          { label: w.recovers, value: words.format.number(daysRecovered(rows)), note: w.recoversNote },
          { label: w.helped, value: words.format.number(rows.filter(helps).length), note: w.helpedNote(rows.length) },
          {
            label: w.none,
            value: words.format.number(rows.filter((row) => row.gain.kind === 'nothing').length),
            note: w.noneNote,
          },
        ]}
      />
      <Chips label={w.who}>
        <Chip on={who === 'invited'} count={invited.length} onToggle={() => setWho('invited')}>
          {w.invited}
        </Chip>
        <Chip on={who === 'others'} count={others.length} onToggle={() => setWho('others')}>
          {w.others}
        </Chip>
      </Chips>
      {on && who === 'others' && others.length > 0 && (
        <Banner>
          {w.room(
            placesLeft(
              ledger,
              section,
              on,
              others.map((row) => row.student),
            ),
          )}
        </Banner>
      )}
      <Table
        label={w.tableLabel}
        columns={planColumns(words, rows)}
        rows={rows}
        rowKey={(row) => row.student}
        empty={<EmptyState title={who === 'invited' ? w.emptyInvited : w.emptyOthers} />}
      />
      <p className={styles.small}>
        {w.beginByNote} {on && <PeriodEnds on={on} ends={ends} />}
      </p>
    </>
  )
}

/** Which days the columns count to, and whether they are known or only those of the law. */
function PeriodEnds({ on, ends: { months, isKnown } }: { readonly on: SchoolDate; readonly ends: PeriodEndsHeard }) {
  const words = useWords()
  const w = words.rules.planner
  const day = (period: Period): string => words.format.dateWithYear(cutOff(period, fiscalYearOf(on), months))
  const ends = w.ends(day('P-1'), day('P-2'))
  return isKnown ? ends : `${ends} ${w.endsUnknown}`
}

function Warnings({ section, on }: { readonly section: Section; readonly on: NonNullable<ReturnType<typeof parseSchoolDate>> }) {
  const words = useWords()
  const w = words.rules.planner
  const ledger = useLedger(topic.sessions)
  return (
    <>
      {!meetsOn(section, on, ledger.site(section.site)) && <Banner>{w.noMeeting}</Banner>}
      {planWarnings(ledger, section, on).map((warning) => (
        <Banner key={warning.kind} tone="warn">
          {warning.kind === 'ratioBreached' ? w.ratio(warning.students, warning.teachers, warning.most) : w.noTeacher}
        </Banner>
      ))}
    </>
  )
}
