import { useState } from 'react'
import { ClassesReply, type SectionRow, SectionsReply } from '../../../../shared/api/registry.ts'
import { SESSION_LIMITS } from '../../../../shared/eventTypes.ts'
import type { SectionId } from '../../../../shared/ids.ts'
import { as } from '../../../../shared/ids.ts'
import type { Section } from '../../../../shared/registry.ts'
import { useLocation } from 'wouter'
import { useAccount, useDevice } from '../../../log/useAttendance.ts'
import { useHalfDone } from '../../../trust/useHalfDone.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card, Stack } from '../../../ui/Card.tsx'
import { Select, TextField } from '../../../ui/Field.tsx'
import { HalfDoneNote } from '../../../ui/HalfDoneNote.tsx'
import { focusFault } from '../../../ui/focusFault.ts'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import { mayEditSections } from '../../desk/may.ts'
import tools from '../../desk/Tools.module.css'
import { useOrder } from '../../desk/useOrder.ts'
import { useReply } from '../../desk/useReply.ts'
import { AtSite } from '../SitePicker.tsx'
import { useSite } from '../useSite.ts'
import type { DraftFault, SectionDraft } from './draft.ts'
import { draftOf, fromClass, newDraft, sectionOf } from './draft.ts'
import { Meanwhile } from './Meanwhile.tsx'
import { saveSection } from './saveSection.ts'
import { WhenFields } from './WhenFields.tsx'
import { WhoFields } from './WhoFields.tsx'

/** A new section of the school that is looked at. */
export function NewSectionPage() {
  const words = useWords()
  const { store, newId } = useDevice()
  const [id] = useState(() => as<SectionId>(newId()))
  return (
    <>
      <PageHeader title={words.coordinator.editor.newTitle} />
      <AtSite>{(site) => <Editor id={id} site={site.id} initial={newDraft(store.today(), store.ledger.site(site.id))} />}</AtSite>
    </>
  )
}

/** An existing section. What was held so far is not changed by it. */
export function SectionPage({ id }: { readonly id: string }) {
  const words = useWords()
  const w = words.coordinator.editor
  const { store } = useDevice()
  const { site } = useSite()
  const { asked, reload } = useReply(SectionsReply, '/api/sections')
  if (!site) return <EmptyState title={words.coordinator.noSite} />
  return (
    <Asking asked={asked} onRetry={reload}>
      {(reply) => {
        const found = reply.sections.find((row) => row.id === id)
        if (!found) {
          return (
            <>
              <PageHeader title={w.unknownTitle} />
              <p>{w.unknown}</p>
            </>
          )
        }
        return (
          <>
            <PageHeader title={w.editTitle(found.section.name)} />
            <Editor key={id} id={found.id} site={found.section.site} row={found} initial={draftOf(found.section, store.today())} />
          </>
        )
      }}
    </Asking>
  )
}

function Editor({
  id,
  site,
  row,
  initial,
}: {
  readonly id: SectionId
  readonly site: Section['site']
  /** The section as it is held; none when it is new. */
  readonly row?: SectionRow
  readonly initial: SectionDraft
}) {
  const words = useWords()
  const w = words.coordinator.editor
  const account = useAccount()
  const { store, sync } = useDevice()
  const [, navigate] = useLocation()
  const isNew = row === undefined
  /** What is typed stands on this version, whatever is asked again meanwhile; and who changed it since, once saving said so. */
  const [{ shown, moved }, setStand] = useState<{ readonly shown: SectionRow | undefined; readonly moved?: SectionRow }>({ shown: row })
  const half = useHalfDone(isNew ? `section.new.${site}` : `section.${id}`, initial)
  const { draft, change } = half
  /** Nobody is scolded before saving; from then on a fault goes as soon as it is corrected. */
  const [tried, setTried] = useState(false)
  const { busy, problem, send } = useOrder()
  const ended = shown?.ended ?? false
  const made = sectionOf(draft, id, site)
  const faults: readonly DraftFault[] = tried && 'faults' in made ? made.faults : []
  const error = (fault: DraftFault) => (faults.includes(fault) ? w.faults[fault] : undefined)
  const save = async (end: boolean) => {
    setTried(true)
    if ('faults' in made) return focusFault()
    const reply = await send(() => saveSection({ section: made.section, ended: end, shown: shown?.seq ?? 0 }))
    if (!reply) return
    if (reply !== 'saved') return setStand({ shown: reply, moved: reply })
    half.done()
    // The section reaches this device like every other one: by the next pull.
    void sync.now()
    navigate('/sections')
  }
  const takeTheirs = (theirs: SectionRow) => {
    change(draftOf(theirs.section, store.today()))
    half.done()
    setStand({ shown: theirs })
  }
  const cannot = account && !mayEditSections(account.me.role) ? words.coordinator.mayNot(account.me.role) : undefined
  return (
    <Stack>
      <HalfDoneNote of={half} />
      {isNew && <ClassPicker site={site} onClass={(row) => change(fromClass(draft, row))} />}
      <Card title={w.what}>
        <div className={tools.pair}>
          <TextField
            label={w.name}
            hint={w.nameHint}
            error={error('name')}
            value={draft.name}
            onValue={(name) => change({ name })}
            maxLength={SESSION_LIMITS.title}
            required
          />
          <TextField label={w.room} value={draft.room} onValue={(room) => change({ room })} maxLength={SESSION_LIMITS.room} />
        </div>
      </Card>
      <WhenFields draft={draft} site={site} error={error} onChange={change} />
      <WhoFields draft={draft} site={site} onChange={change} />
      {faults.length > 0 && (
        <Banner tone="stop" live="assertive">
          {w.check}
        </Banner>
      )}
      {problem && (
        <Banner tone="stop" live="assertive">
          {problem}
        </Banner>
      )}
      {moved && <Meanwhile key={moved.seq} theirs={moved} wasEnded={row?.ended ?? false} yours={draft} onTake={() => takeTheirs(moved)} />}
      <div className={tools.inline}>
        <Button look="primary" large busy={busy} cannot={cannot} onClick={() => save(ended)}>
          {w.save}
        </Button>
        <Button
          large
          onClick={() => {
            half.done()
            navigate('/sections')
          }}
        >
          {words.common.cancel}
        </Button>
        {!isNew && (
          <Button
            large
            look={ended ? 'plain' : 'danger'}
            busy={busy}
            cannot={cannot}
            title={ended ? undefined : w.endText}
            onClick={() => save(!ended)}
          >
            {ended ? w.reopen : w.end}
          </Button>
        )}
      </div>
    </Stack>
  )
}

function ClassPicker({ site, onClass }: { readonly site: string; readonly onClass: (row: ClassesReply['classes'][number]) => void }) {
  const words = useWords()
  const w = words.coordinator.editor
  const { asked } = useReply(ClassesReply, `/api/classes?site=${encodeURIComponent(site)}`)
  const [chosen, setChosen] = useState('')
  if (asked.kind !== 'ok' || asked.value.classes.length === 0) return null
  const { classes } = asked.value
  return (
    <Card title={w.fromClass}>
      <Select
        label={w.fromClass}
        hideLabel
        hint={w.fromClassHint}
        value={chosen}
        options={[
          { value: '', label: w.noClass },
          ...classes.map((row) => ({ value: row.id, label: `${row.title} (${row.students.length})` })),
        ]}
        onValue={(id) => {
          setChosen(id)
          const row = classes.find((each) => each.id === id)
          if (row) onClass(row)
        }}
      />
    </Card>
  )
}
